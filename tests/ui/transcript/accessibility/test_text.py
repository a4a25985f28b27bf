"""What a screen reader says of a message."""

import pytest

from app.core.conversations.conversation import (
    Fault,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    ToolCallPart,
    ToolResultPart,
)
from app.ui.transcript.accessibility.text import description, name_of, speaker
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style


@pytest.fixture
def layout(theme):
    return lambda message: (message, MessageLayout(message, (1, 1), Style(theme)))


def answer_of(words, *parts, state=MessageState.DONE, role=Role.ASSISTANT):
    made = words.answer()
    return Message("a", "c", None, role, parts, 2, made.created_at, state)


def test_who_speaks(words):
    assert speaker(words.question()) == "You"
    assert speaker(words.answer()) == "Gemma 4"
    assert speaker(answer_of(words)) == "The model"
    assert speaker(answer_of(words, role=Role.TOOL)) == "The tools"
    assert speaker(answer_of(words, role=Role.SYSTEM)) == "The instructions"


def test_an_answer_that_asks_for_tools(words, layout):
    calls = [ToolCallPart(str(i), "weather", "{}") for i in range(2)]
    assert name_of(*layout(answer_of(words, calls[0]))) == "The model asked for 1 tool"
    assert name_of(*layout(answer_of(words, *calls))) == "The model asked for 2 tools"


def test_what_tools_answered(words, layout):
    result = answer_of(words, ToolResultPart("1", "8 degrees"), role=Role.TOOL)
    assert name_of(*layout(result)) == "The tools said: 8 degrees"


def test_an_empty_answer(words, layout):
    assert name_of(*layout(answer_of(words))) == "The model said nothing"


def test_an_answer_that_thinks(words, layout):
    thinking = layout(answer_of(words, state=MessageState.WRITING))
    assert name_of(*thinking) == "The model has not begun to answer"
    thinking[1].think("Let me see")
    assert name_of(*thinking) == "The model is thinking"


def test_faults_and_cuts_are_described(words, layout):
    fault = Fault("UnavailableError", "The provider did not answer.")
    failed = layout(words.answer(text="", state=MessageState.FAILED, fault=fault))
    assert description(*failed).startswith("The provider did not answer. Gemma 4")
    cut = layout(words.answer(text="Half", state=MessageState.CUT_OFF))
    assert description(*cut).startswith("The answer was cut off. Gemma 4")


def test_reasoning_is_mentioned(words, layout):
    assert description(*layout(words.answer(reasoning="hm"))).startswith(
        "With the model’s reasoning"
    )
    assert "reasoning" not in description(*layout(answer_of(words, ReasoningPart("hm"))))
