from datetime import UTC, datetime

import pytest

from app.core.conversations.conversation import Message, Role, ToolCallPart
from app.services.generation.tool_rounds import MOST_ROUNDS
from app.ui.tools.answer_strip import AnswerStrip

OSLO = ToolCallPart("c1", "get_weather", '{"city": "Oslo"}')
ROME = ToolCallPart("c2", "get_weather", '{"city": "Rome"}')


def asking(message_id, *calls):
    return Message(message_id, "c", None, Role.ASSISTANT, calls, 2, datetime.now(UTC))


@pytest.fixture
def strip(qtbot, theme):
    made = AnswerStrip(theme)
    qtbot.addWidget(made)
    return made


def test_nothing_waits_nothing_is_shown(strip):
    strip.show_calls(None)
    assert strip.isHidden()


def test_a_result_is_sent_with_the_id_of_its_call(strip, qtbot):
    strip.show_calls(asking("a", OSLO))
    assert not strip.isHidden()
    assert strip.title.text() == "The model asks you for one result"
    assert not strip.send.isEnabled()
    strip.fields[0].text.setPlainText("8 degrees")
    with qtbot.waitSignal(strip.answered) as sent:
        strip.send.click()
    assert sent.args == ["a", {"c1": "8 degrees"}]
    assert not strip.send.isEnabled()
    assert not strip.decline.isEnabled()


def test_each_of_several_calls_has_its_field_and_an_empty_one_is_left_out(strip, qtbot):
    strip.show_calls(asking("a", OSLO, ROME))
    assert "2 results" in strip.title.text()
    assert len(strip.fields) == 2
    strip.fields[1].text.setPlainText("20")
    with qtbot.waitSignal(strip.answered) as sent:
        strip.fields[1].sent.emit()
    assert sent.args == ["a", {"c2": "20"}]


def test_declining_sends_no_result(strip, qtbot):
    strip.show_calls(asking("a", OSLO))
    with qtbot.waitSignal(strip.answered) as sent:
        strip.decline.click()
    assert sent.args == ["a", {}]


def test_what_was_typed_is_there_again(strip):
    strip.show_calls(asking("a", OSLO))
    strip.fields[0].text.setPlainText("half a res")
    strip.show_calls(asking("b", ROME))
    assert strip.fields[0].text.toPlainText() == ""
    strip.show_calls(None)
    strip.show_calls(asking("a", OSLO))
    assert strip.fields[0].text.toPlainText() == "half a res"
    assert strip.send.isEnabled()


def test_many_rounds_are_said(strip):
    strip.show_calls(asking("a", OSLO), MOST_ROUNDS - 1)
    assert strip.round.isHidden()
    strip.show_calls(asking("b", OSLO), MOST_ROUNDS)
    assert not strip.round.isHidden()
    assert "10 times in a row" in strip.round.text()


def test_the_cursor_goes_to_the_first_empty_field(strip, qtbot):
    strip.show_calls(asking("a", OSLO, ROME))
    strip.fields[0].text.setPlainText("8")
    strip.show()
    with qtbot.waitExposed(strip):
        strip.activateWindow()
    strip.focus_first()
    assert strip.focusWidget() is strip.fields[1].text


def test_many_calls_scroll_and_leave_room_in_a_small_window(strip):
    strip.show_calls(asking("a", *(ToolCallPart(f"c{n}", "f", "{}") for n in range(12))))
    strip.resize(400, 400)
    assert len(strip.fields) == 12
    assert strip._area.height() <= 120
    strip.resize(400, 2000)
    strip.show()
    assert strip._area.height() <= 320
