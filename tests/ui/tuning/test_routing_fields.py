"""Editors for wishes: what is shown, what is asked for, and what cannot be read."""

import pytest
from PySide6.QtCore import Qt

from app.ui.tuning.routing_fields import Names, OneOf, OnOff, Prices, SomeOf

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot):
    def show(editor):
        qtbot.addWidget(editor)
        editor.resize(320, 80)
        editor.show()
        return editor

    return show


def test_one_of_a_few(qtbot, theme, shown):
    editor = shown(OneOf(theme, ((None, "any"), ("price", "cheapest")), "Prefer"))
    editor.show_value("unheard of")
    assert editor.value() is None
    with qtbot.waitSignal(editor.changed):
        qtbot.mouseClick(editor.pills["price"], LEFT)
    assert editor.value() == "price"
    assert not editor.pills[None].isChecked()


def test_several_of_a_few(qtbot, theme, shown):
    editor = shown(SomeOf(theme, ("bf16", "fp8"), "Precision"))
    editor.show_value(["fp8", "int3"])
    assert editor.value() == ["fp8"]
    with qtbot.waitSignal(editor.changed):
        qtbot.mouseClick(editor.pills["fp8"], LEFT)
    assert editor.value() is None


@pytest.mark.parametrize("neutral", [True, False])
def test_a_switch_asks_for_nothing_where_it_stands_by_itself(qtbot, theme, shown, neutral):
    editor = shown(OnOff(theme, "Others", neutral=neutral))
    assert editor.switch.isChecked() is neutral
    assert editor.value() is None
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClick(editor.switch, Qt.Key.Key_Space)
    assert editor.value() is (not neutral)
    editor.show_value(None)
    assert editor.value() is None


def test_names_are_told_when_the_field_is_left_and_only_once(qtbot, shown):
    editor = shown(Names("Ask first", "deepinfra"))
    told = []
    editor.changed.connect(lambda: told.append(editor.value()))
    qtbot.keyClicks(editor, " deepinfra, ,novita ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told == [["deepinfra", "novita"]]
    editor.show_value(None)
    assert editor.text() == ""


def test_prices_that_cannot_be_read_are_said_and_not_asked_for(qtbot, theme, shown):
    editor = shown(Prices(theme))
    told = []
    editor.changed.connect(lambda: told.append(editor.value()))
    qtbot.keyClicks(editor.fields["prompt"], "cheap")
    qtbot.keyClick(editor.fields["prompt"], Qt.Key.Key_Return)
    assert "“cheap” is no price" in editor.error.text()
    assert told == []
    editor.fields["prompt"].clear()
    qtbot.keyClicks(editor.fields["prompt"], "0.5")
    qtbot.keyClick(editor.fields["prompt"], Qt.Key.Key_Return)
    assert not editor.error.isVisible()
    assert told == [{"prompt": 0.5}]
    editor.show_value({"completion": 2})
    assert editor.value() == {"completion": 2}
