from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.conversations.conversation import ToolCallPart
from app.ui.tools.call_field import CallField, short_arguments

OSLO = ToolCallPart("c1", "get_weather", '{"city": "Oslo"}')


def test_arguments_are_short_and_on_one_line():
    assert short_arguments(OSLO) == '{ "city": "Oslo" }'
    assert short_arguments(ToolCallPart("c", "now", "")) == ""
    assert short_arguments(ToolCallPart("c", "f", '{"a": ')) == '{"a":  (not valid JSON)'
    long = ToolCallPart("c", "f", '{"a": "' + "x" * 1000 + '"}')
    assert len(short_arguments(long)) == 160


def test_white_space_alone_is_no_result(qtbot, theme):
    field = CallField(theme, OSLO, is_twin=False)
    qtbot.addWidget(field)
    assert field.result() == ""
    field.text.setPlainText(" \n ")
    assert field.result() == ""
    with qtbot.waitSignal(field.changed):
        QTest.keyClicks(field.text, "8")
    assert "8" in field.result()


def test_control_enter_sends_and_enter_alone_is_a_line_break(qtbot, theme):
    field = CallField(theme, OSLO, is_twin=True)
    qtbot.addWidget(field)
    QTest.keyClicks(field.text, "a")
    QTest.keyClick(field.text, Qt.Key.Key_Return)
    with qtbot.waitSignal(field.sent):
        QTest.keyClick(field.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.text.toPlainText() == "a\n"
