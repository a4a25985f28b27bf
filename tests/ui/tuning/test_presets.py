"""The row of presets."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from app.core.models.preset import BUNDLED_PRESETS, Preset
from app.ui.tuning.presets import PresetBar

OWN = Preset("own1", "House style", {"temperature": 0.4})


@pytest.fixture
def bar(qtbot, theme):
    made = PresetBar(theme)
    qtbot.addWidget(made)
    made.resize(332, 80)
    with qtbot.waitActive(made):
        made.show()
    made.set_presets([*BUNDLED_PRESETS, OWN], "balanced")
    return made


def pill(bar, name):
    return next(one for one in bar.pills if one.preset.name == name)


def open_menu(qtbot, bar):
    target = pill(bar, "House style")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(5, 5), target.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(target, event)
    menu = bar.menu
    qtbot.waitUntil(menu.isVisible)
    return menu


def test_a_press_chooses_and_the_current_one_is_filled(qtbot, bar):
    assert pill(bar, "Balanced").isChecked()
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(pill(bar, "Creative"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["creative"]
    assert pill(bar, "Balanced").isChecked()


def test_a_dot_marks_changed_dials(bar):
    bar.set_changed(True)
    assert pill(bar, "Balanced").shown_text() == "Balanced •"
    assert pill(bar, "Creative").shown_text() == "Creative"
    bar.set_changed(False)
    assert pill(bar, "Balanced").shown_text() == "Balanced"
    assert bar.current().id == "balanced"


def test_plus_saves_under_a_typed_name(qtbot, bar):
    qtbot.mouseClick(bar.add, Qt.MouseButton.LeftButton)
    assert bar.field.isVisible()
    qtbot.keyClicks(bar.field, "  Dry   humour ")
    with qtbot.waitSignal(bar.saved) as saved:
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert saved.args == ["Dry humour"]
    assert not bar.field.isVisible()
    assert bar.add.isVisible()


def test_escape_and_leaving_give_up(qtbot, bar):
    for leave in (
        lambda: qtbot.keyClick(bar.field, Qt.Key.Key_Escape),
        lambda: qtbot.keyClick(bar.field, Qt.Key.Key_Return),
        lambda: pill(bar, "Precise").setFocus(),
    ):
        qtbot.mouseClick(bar.add, Qt.MouseButton.LeftButton)
        with qtbot.assertNotEmitted(bar.saved):
            leave()
        assert not bar.field.isVisible()


def test_built_in_names_are_taken(qtbot, bar):
    qtbot.mouseClick(bar.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(bar.field, "balanced")
    with qtbot.assertNotEmitted(bar.saved):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert "built in" in bar.note.text()
    assert bar.field.isVisible()
    qtbot.keyClicks(bar.field, " 2")
    with qtbot.waitSignal(bar.saved) as saved:
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert saved.args == ["balanced 2"]


def test_own_presets_have_a_menu(qtbot, bar):
    menu = open_menu(qtbot, bar)
    rename, remove = menu.actions()
    assert (rename.text(), remove.text()) == ("Rename", "Remove")
    with qtbot.waitSignal(bar.removed) as removed:
        remove.trigger()
    assert removed.args == ["own1"]
    menu.close()


def test_renaming_by_menu(qtbot, bar):
    menu = open_menu(qtbot, bar)
    menu.actions()[0].trigger()
    menu.close()
    assert bar.field.text() == "House style"
    bar.field.selectAll()
    qtbot.keyClicks(bar.field, "Our style")
    with qtbot.waitSignal(bar.renamed) as renamed:
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert renamed.args == ["own1", "Our style"]


def test_a_preset_is_not_renamed_to_another_one(qtbot, bar):
    bar.set_presets([*BUNDLED_PRESETS, OWN, Preset("own2", "Dry")], "")
    qtbot.keyClick(pill(bar, "Dry"), Qt.Key.Key_F2)
    bar.field.selectAll()
    qtbot.keyClicks(bar.field, "house style")
    with qtbot.assertNotEmitted(bar.renamed):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert "there already" in bar.note.text()


def test_own_presets_answer_keys_and_built_in_ones_do_not(qtbot, bar):
    with qtbot.waitSignal(bar.removed):
        qtbot.keyClick(pill(bar, "House style"), Qt.Key.Key_Delete)
    qtbot.keyClick(pill(bar, "House style"), Qt.Key.Key_F2)
    assert bar.field.isVisible()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(bar.removed):
        qtbot.keyClick(pill(bar, "Precise"), Qt.Key.Key_Delete)
    qtbot.keyClick(pill(bar, "Precise"), Qt.Key.Key_F2)
    assert not bar.field.isVisible()
    with qtbot.waitSignal(bar.chosen):
        qtbot.keyClick(pill(bar, "Precise"), Qt.Key.Key_Space)


def test_long_names_are_shortened(bar):
    bar.set_presets([Preset("l", "n" * 40)], "")
    assert bar.pills[0].text() == "n" * 24 + "…"
    assert bar.current() is None
