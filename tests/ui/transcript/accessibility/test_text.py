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
from app.ui.transcript.layout.message import Sheet
from app.ui.transcript.painting.style import Style


@pytest.fixture
def sheet(theme):
    return lambda message: (message, Sheet(message, (1, 1), Style(theme)))


def answer_of(words, *parts, state=MessageState.DONE, role=Role.ASSISTANT):
    made = words.answer()
    return Message("a", "c", None, role, parts, 2, made.created_at, state)


def test_who_speaks(words):
    assert speaker(words.question()) == "You"
    assert speaker(words.answer()) == "Gemma 4"
    assert speaker(answer_of(words)) == "The model"
    assert speaker(answer_of(words, role=Role.TOOL)) == "The tools"
    assert speaker(answer_of(words, role=Role.SYSTEM)) == "The instructions"


def test_an_answer_that_asks_for_tools(words, sheet):
    calls = [ToolCallPart(str(i), "weather", "{}") for i in range(2)]
    assert name_of(*sheet(answer_of(words, calls[0]))) == "The model asked for 1 tool"
    assert name_of(*sheet(answer_of(words, *calls))) == "The model asked for 2 tools"


def test_what_tools_answered(words, sheet):
    result = answer_of(words, ToolResultPart("1", "8 degrees"), role=Role.TOOL)
    assert name_of(*sheet(result)) == "The tools said: 8 degrees"


def test_an_empty_answer(words, sheet):
    assert name_of(*sheet(answer_of(words))) == "The model said nothing"


def test_an_answer_that_thinks(words, sheet):
    thinking = sheet(answer_of(words, state=MessageState.WRITING))
    assert name_of(*thinking) == "The model has not begun to answer"
    thinking[1].think("Let me see")
    assert name_of(*thinking) == "The model is thinking"


def test_faults_and_cuts_are_described(words, sheet):
    fault = Fault("UnavailableError", "The provider did not answer.")
    failed = sheet(words.answer(text="", state=MessageState.FAILED, fault=fault))
    assert description(*failed).startswith("The provider did not answer. Gemma 4")
    cut = sheet(words.answer(text="Half", state=MessageState.CUT_OFF))
    assert description(*cut).startswith("The answer was cut off. Gemma 4")


def test_reasoning_is_mentioned(words, sheet):
    assert description(*sheet(words.answer(reasoning="hm"))).startswith(
        "With the model’s reasoning"
    )
    assert "reasoning" not in description(*sheet(answer_of(words, ReasoningPart("hm"))))
