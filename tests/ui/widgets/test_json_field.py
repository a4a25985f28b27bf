"""JSON that is checked while it is typed."""

import pytest
from PySide6.QtWidgets import QLineEdit

from app.ui.widgets.json_field import JsonField


@pytest.fixture
def field(qtbot, theme):
    made = JsonField(theme, "Word bias", "{}")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.text.setFocus()
    return made


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": ', "Not complete"),
        ("{a}", "double quotes"),
        ('{"a" 1}', "a colon"),
        ('{"a": 1 "b": 2}', "a comma"),
        ("{\n!", "Line 2"),
        ("nope", "not valid JSON"),
    ],
)
def test_errors_are_plain_words(qtbot, field, text, words):
    with qtbot.assertNotEmitted(field.entered, wait=350):
        field.text.insertPlainText(text)
    assert words in field.error()


def test_valid_json_is_announced_after_a_pause(qtbot, field):
    with qtbot.waitSignal(field.entered) as entered:
        qtbot.keyClicks(field.text, "[1]")
    assert entered.args == ["[1]"]
    with qtbot.waitSignal(field.cleared):
        field.text.selectAll()
        field.text.insertPlainText("")


def test_leaving_the_field_announces_at_once(qtbot, theme):
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    outer = QWidget()
    qtbot.addWidget(outer)
    layout = QVBoxLayout(outer)
    field, other = JsonField(theme, "Word bias"), QLineEdit()
    layout.addWidget(field)
    layout.addWidget(other)
    with qtbot.waitActive(outer):
        outer.show()
    field.text.setFocus()
    qtbot.keyClicks(field.text, "[1]")
    heard = []
    field.entered.connect(heard.append)
    other.setFocus()
    assert heard == ["[1]"]


def test_a_value_is_shown_once_and_its_echo_disturbs_nobody(qtbot, field):
    field.set_value({"a": 1})
    assert field.text.toPlainText() == '{\n  "a": 1\n}'
    field.text.moveCursor(field.text.textCursor().MoveOperation.End)
    field.set_value({"a": 1})
    assert field.text.textCursor().position() == 12
    field.set_value(("x",))
    assert field.text.toPlainText() == '[\n  "x"\n]'
    field.set_value(None)
    assert field.text.toPlainText() == ""
