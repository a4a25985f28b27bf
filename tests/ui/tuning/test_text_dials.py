"""Dials with words, lists and JSON."""

import pytest
from PySide6.QtCore import Qt

from app.core.models.model import Model
from app.core.models.parameter import Kind, ParameterRange
from app.providers.parameters.declarations import PARAMETERS
from app.ui.tools.schema_dialog import SchemaDialog
from app.ui.tuning.text_dials import dial_for, same


@pytest.fixture
def shown(qtbot, theme):
    def show(name):
        dial = dial_for(theme, PARAMETERS[name])
        qtbot.addWidget(dial)
        dial.resize(303, 200)
        dial.show()
        qtbot.waitExposed(dial)
        return dial

    return show


def pill(dial, text):
    return next(one for one in dial.pills.pills() if one.text() == text)


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_every_parameter_has_a_dial_that_shows_and_unsets(qtbot, shown, name):
    dial = shown(name)
    assert dial.value() is None
    kind = PARAMETERS[name].kind
    value = {
        Kind.NUMBER: 0.5,
        Kind.INTEGER: 7,
        Kind.FLAG: True,
        Kind.TEXTS: ["END"],
        Kind.JSON: {"1": -100},
    }.get(kind, PARAMETERS[name].choices[-1] if PARAMETERS[name].choices else None)
    dial.set_value(value)
    assert same(dial.value(), value)
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.mouseClick(dial.reset, Qt.MouseButton.LeftButton)
    assert changed.args == [name, None]


def test_thinking_is_chosen_by_pill(qtbot, shown):
    dial = shown("reasoning")
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.mouseClick(pill(dial, "medium"), Qt.MouseButton.LeftButton)
    assert changed.args == ["reasoning", "medium"]
    assert dial.box.text() == "medium"
    assert pill(dial, "medium").isChecked()
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClick(pill(dial, "medium"), Qt.Key.Key_Delete)
    assert changed.args == ["reasoning", None]
    assert not pill(dial, "medium").isChecked()


def test_thinking_takes_a_budget(qtbot, shown):
    dial = shown("reasoning")
    dial.box.setFocus()
    qtbot.keyClicks(dial.box, "2 000")
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClick(dial.box, Qt.Key.Key_Return)
    assert changed.args == ["reasoning", {"max_tokens": 2000}]
    assert dial.box.text() == "2\u202f000"
    assert not any(one.isChecked() for one in dial.pills.pills())


def test_a_thought_can_be_hidden_and_stays_hidden(qtbot, shown):
    dial = shown("reasoning")
    assert dial.hide_pill.isHidden()
    dial.set_value("high")
    values = []
    dial.changed.connect(lambda _, value: values.append(value))
    qtbot.mouseClick(dial.hide_pill, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(pill(dial, "low"), Qt.MouseButton.LeftButton)
    assert values[-1] == {"effort": "low", "exclude": True}
    qtbot.mouseClick(dial.hide_pill, Qt.MouseButton.LeftButton)
    assert values[0] == {"effort": "high", "exclude": True}
    assert values[-1] == "low"


def test_wrong_levels_are_refused(qtbot, shown):
    dial = shown("reasoning")
    dial.box.setFocus()
    qtbot.keyClicks(dial.box, "deeply")
    with qtbot.assertNotEmitted(dial.changed):
        qtbot.keyClick(dial.box, Qt.Key.Key_Return)
    assert "deeply" in dial.trouble.text()


def test_the_route_may_have_other_levels(shown):
    dial = shown("reasoning")
    dial.set_route(
        Model("p", "m", "M", parameters={"reasoning": ParameterRange(choices=("low", "high"))})
    )
    assert [one.text() for one in dial.pills.pills()] == ["low", "high"]


def test_a_schema_is_checked_while_it_is_typed(qtbot, shown):
    dial = shown("response_format")
    assert dial.field.isHidden()
    qtbot.mouseClick(pill(dial, "schema"), Qt.MouseButton.LeftButton)
    assert not dial.field.isHidden()
    qtbot.keyClicks(dial.field.text, '{"type": ')
    assert dial.field.error()
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClicks(dial.field.text, '"object"}')
    assert changed.args == ["response_format", {"type": "object"}]
    assert pill(dial, "schema").isChecked()
    qtbot.mouseClick(pill(dial, "json"), Qt.MouseButton.LeftButton)
    assert dial.value() == "json"
    assert dial.field.isHidden()


def test_stop_texts_are_added_and_removed(qtbot, shown):
    dial = shown("stop")
    values = []
    dial.changed.connect(lambda _, value: values.append(value))
    dial.texts.field.setFocus()
    qtbot.keyClicks(dial.texts.field, "END")
    qtbot.keyClick(dial.texts.field, Qt.Key.Key_Return)
    qtbot.keyClicks(dial.texts.field, "\\n")
    qtbot.keyClick(dial.texts.field, Qt.Key.Key_Return)
    qtbot.mouseClick(dial.texts.pills()[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dial.texts.pills()[0], Qt.MouseButton.LeftButton)
    assert values == [["END"], ["END", "\n"], ["\n"], None]


def test_more_stop_texts_than_the_route_takes_are_marked(shown):
    dial = shown("stop")
    dial.set_route(Model("p", "m", "M", parameters={"stop": ParameterRange(max_items=1)}))
    dial.set_value(["a", "b"])
    assert "at most 1" in dial.trouble.text()


def test_word_bias_has_a_row_for_each_token(qtbot, shown):
    dial = shown("logit_bias")
    qtbot.keyClicks(dial.rows.field, '{"12": -100}')
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.keyClick(dial.rows.field, Qt.Key.Key_Return)
    assert changed.args == ["logit_bias", {"12": -100}]
    with qtbot.waitSignal(dial.changed) as changed:
        qtbot.mouseClick(dial.rows.rows[0].remove, Qt.MouseButton.LeftButton)
    assert changed.args == ["logit_bias", None]
    dial.set_value({"7": 3})
    assert [row.token for row in dial.rows.rows] == ["7"]


def test_a_shape_is_written_in_a_window_of_its_own(qtbot, shown):
    dial = shown("response_format")
    assert dial.larger.isHidden()
    dial.set_value({"type": "array"})
    assert not dial.larger.isHidden()
    dial.open_editor()
    (dialog,) = dial.window().findChildren(SchemaDialog)
    assert dialog.editor.schema() == {"type": "array"}
    dialog.editor.set_schema({"type": "string"})
    with qtbot.waitSignal(dial.changed) as changed:
        dialog.use.click()
    assert changed.args == ["response_format", {"type": "string"}]


def test_a_switch_says_what_the_route_says_of_it(shown):
    dial = shown("web_search")
    note = "$0.013 for each search."
    dial.set_route(Model("p", "m", "M", parameters={"web_search": ParameterRange(note=note)}))
    assert note in dial.sentence.text()
    dial.set_value(True)
    assert note in dial.sentence.text()


def test_lists_and_tuples_are_the_same():
    assert same(("a",), ["a"])
    assert not same(("a",), ["b"])
    assert same(1, 1.0)
    assert not same(None, 0)
