"""The whole panel, as it is used."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from app.core.models.model import Model
from app.core.models.parameter import ParameterRange, Support
from app.core.models.preset import BUNDLED_PRESETS
from app.ui.tuning.panel import TuningPanel

GEMMA = Model(
    "openrouter",
    "google/gemma-4-26b-a4b-it",
    "Gemma 4",
    max_output=32768,
    parameters={
        "temperature": ParameterRange(0, 2, 1.0),
        "top_p": ParameterRange(0, 1, 1.0),
        "max_tokens": ParameterRange(1),
        "reasoning": ParameterRange(),
    },
    unlisted=Support.IGNORED,
)


@pytest.fixture
def panel(qtbot, theme):
    made = TuningPanel(theme)
    qtbot.addWidget(made)
    made.resize(332, 1200)
    with qtbot.waitActive(made):
        made.show()
    made.set_model(GEMMA)
    made.set_presets(BUNDLED_PRESETS, "balanced")
    made.set_parameters({"temperature": 0.7})
    return made


def pill(panel, name):
    return next(one for one in panel.presets.pills if one.preset.name == name)


def test_only_set_parameters_are_announced(qtbot, panel):
    slider = panel.main.dial("top_p").slider
    with qtbot.waitSignal(panel.parameters_changed) as changed:
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 9))
    assert changed.args == [{"temperature": 0.7, "top_p": pytest.approx(0.5, abs=0.02)}]
    with qtbot.waitSignal(panel.parameters_changed) as changed:
        qtbot.mouseClick(panel.main.dial("temperature").reset, Qt.MouseButton.LeftButton)
    assert set(changed.args[0]) == {"top_p"}
    assert panel.parameters() == changed.args[0]


def test_the_picture_follows_a_drag_before_it_ends(qtbot, panel):
    panel.set_reduced_motion(True)
    before = panel.picture.words()
    slider = panel.main.dial("temperature").slider
    with qtbot.assertNotEmitted(panel.parameters_changed):
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, 9))
    assert panel.picture.words() != before
    assert panel.picture.words()[0][1] == pytest.approx(1)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, 9))


def test_a_preset_is_marked_while_the_dials_differ(qtbot, panel):
    assert pill(panel, "Balanced").mark() == ""
    qtbot.keyClick(panel.main.dial("temperature").slider, Qt.Key.Key_Right)
    assert pill(panel, "Balanced").mark() == " •"
    panel.set_parameters({"temperature": 0.7})
    assert pill(panel, "Balanced").mark() == ""
    panel.set_parameters({"temperature": 0.7, "seed": 1})
    assert pill(panel, "Balanced").mark() == " •"


def test_fighting_dials_say_so(panel):
    assert panel.conflict_notice.isHidden()
    panel.set_parameters({"temperature": 0.7, "top_p": 0.9})
    assert "same rope" in panel.conflict_notice.text()
    assert not panel.conflict_notice.isHidden()


def test_thinking_is_on_top_only_where_the_route_has_it(panel):
    assert panel.main.dial("reasoning").isVisible()
    plain = Model("p", "m", "M", parameters={"temperature": ParameterRange()})
    panel.set_model(plain)
    assert not panel.main.dial("reasoning").isVisible()
    panel.more_fold.set_open(True)
    assert panel.more.dial("reasoning").isVisible()
    panel.set_model(GEMMA)
    assert not panel.more.dial("reasoning").isVisible()


def test_more_dials_count_what_was_changed(qtbot, panel):
    note = panel.more_fold.row.note()
    assert note.isdecimal()
    panel.set_parameters({"seed": 7, "top_k": 4})
    assert panel.more_fold.row.note() == f"2 changed · {note}"
    assert panel.more.dials() == []
    qtbot.mouseClick(panel.more_fold.row, Qt.MouseButton.LeftButton)
    assert panel.more.dial("seed").value() == 7
    with qtbot.waitSignal(panel.parameters_changed) as changed:
        qtbot.mouseClick(panel.more.dial("seed").reset, Qt.MouseButton.LeftButton)
    assert changed.args == [{"top_k": 4}]


def test_special_dials_show_only_where_they_work(panel):
    panel.more_fold.set_open(True)
    assert panel.more.dial("web_search").isHidden()
    panel.set_model(Model("e", "m", "M", parameters={"web_search": ParameterRange()}))
    assert not panel.more.dial("web_search").isHidden()
    assert panel.more.dial("disable_formatting").isHidden()


def test_undo_appears_with_the_first_change(qtbot, panel):
    undo = panel.heading.undo_button()
    assert undo.isHidden()
    qtbot.keyClick(panel.main.dial("temperature").slider, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.undo_requested):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    panel.set_undo_available(False)
    assert undo.isHidden()


def test_instructions_are_announced_and_counted(qtbot, panel):
    panel.instructions_fold.set_open(True)
    panel.instructions.field.setFocus()
    with qtbot.waitSignal(panel.system_changed) as changed:
        qtbot.keyClicks(panel.instructions.field, "Be brief.")
        panel.flush()
    assert changed.args == ["Be brief."]
    assert panel.instructions_fold.row.note() == "2 words"
    panel.set_system("")
    assert panel.instructions_fold.row.note() == "system prompt"


def test_what_is_sent_is_asked_for_while_it_shows(qtbot, panel):
    with qtbot.waitSignal(panel.exact_requested):
        qtbot.mouseClick(panel.exact_fold.row, Qt.MouseButton.LeftButton)
    panel.set_exact({"model": "m"})
    assert '"model": "m"' in panel.exact.field.toPlainText()
    with qtbot.waitSignal(panel.exact_requested):
        qtbot.keyClick(panel.main.dial("temperature").slider, Qt.Key.Key_Right)
    panel.instructions_fold.set_open(True)
    with qtbot.waitSignal(panel.exact_requested):
        qtbot.keyClicks(panel.instructions.field, "x")
    panel.exact_fold.set_open(False)
    with qtbot.assertNotEmitted(panel.exact_requested):
        qtbot.keyClick(panel.main.dial("temperature").slider, Qt.Key.Key_Right)


def test_presets_are_passed_on(qtbot, panel):
    with qtbot.waitSignal(panel.preset_chosen) as chosen:
        qtbot.mouseClick(pill(panel, "Precise"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["precise"]
    qtbot.mouseClick(panel.presets.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.presets.field, "Mine")
    with qtbot.waitSignal(panel.preset_saved) as saved:
        qtbot.keyClick(panel.presets.field, Qt.Key.Key_Return)
    assert saved.args == ["Mine"]


def test_it_is_drawn_in_every_theme_and_never_wider_than_it_is(qtbot, theme, panel):
    pictures = []
    for name in ("light", "dark", "contrast"):
        theme.choose(name)
        pictures.append(panel.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
    panel.more_fold.set_open(True)
    assert panel.area.widget().width() == panel.area.viewport().width()
    for dial in panel.more.dials():
        assert dial.minimumSizeHint().width() <= panel.area.viewport().width() - 28


def test_tab_walks_from_top_to_bottom(qtbot, panel):
    panel.more_fold.set_open(True)
    panel.resize(332, 2600)
    qtbot.waitUntil(lambda: panel.area.verticalScrollBar().maximum() == 0)
    panel.presets.pills[0].setFocus(Qt.FocusReason.TabFocusReason)
    tops = []
    for _ in range(80):
        focused = QApplication.focusWidget()
        tops.append(focused.mapTo(panel, QPoint(0, 0)).y())
        if focused is panel.exact_fold.row:
            break
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert focused is panel.exact_fold.row
    assert len(tops) > 20
    steps_back = [before - after for before, after in pairwise(tops) if after < before]
    assert all(step < 60 for step in steps_back)


@pytest.mark.parametrize("zoom", [0.5, 1, 1.5, 3])
@pytest.mark.parametrize("width", [300, 332, 480])
def test_no_name_of_a_dial_is_cut(qtbot, panel, theme, zoom, width):
    theme.zoom(zoom)
    panel.resize(width if zoom < 3 else 2 * width, 1600)
    panel.more_fold.set_open(True)
    QApplication.processEvents()
    for dial in [*panel.main.dials(), *panel.more.dials()]:
        if dial.isHidden():
            continue
        for label in dial.names.findChildren(QLabel):
            assert QFontMetrics(label.font()).horizontalAdvance(label.text()) <= label.width()
    theme.zoom(1)


def test_the_tip_of_the_chart_fits_beside_it(panel):
    lines = panel.picture.toolTip().splitlines()
    assert max(QFontMetrics(panel.font()).horizontalAdvance(line) for line in lines) < 420


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_handle_of_an_unset_dial_can_be_seen(qtbot, panel, theme, look):
    """It contrasts with the panel as a line or an icon must, 3:1."""
    theme.choose(look)
    slider = panel.main.dial("top_p").slider
    picture = slider.grab().toImage()
    ground = theme.colour("panel")
    place = slider._x_of(slider.resting())
    ring = [
        picture.pixelColor(round(place + dx), slider.height() // 2 + dy)
        for dx in range(-7, 8)
        for dy in range(-7, 8)
        if 0 <= place + dx < slider.width()
    ]
    assert max(contrast(colour, ground) for colour in ring) >= 3
    theme.choose("light")


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
