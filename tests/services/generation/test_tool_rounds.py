from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.conversations.conversation import (
    Message,
    MessageState,
    Part,
    Role,
    TextPart,
    ToolCallPart,
)
from app.services.generation.tool_rounds import rounds, waiting_message

CALL = ToolCallPart("c1", "get_weather", "{}")


def message(role: Role, *parts: Part) -> Message:
    return Message("m", "c", None, role, parts, 1, datetime.now(UTC))


QUESTION = message(Role.USER, TextPart("Q"))
ASKING = message(Role.ASSISTANT, CALL)
RESULT = message(Role.TOOL)
ANSWER = message(Role.ASSISTANT, TextPart("A"))


def test_only_calls_at_the_end_of_the_branch_wait() -> None:
    assert waiting_message([]) is None
    assert waiting_message([QUESTION]) is None
    assert waiting_message([QUESTION, ANSWER]) is None
    assert waiting_message([QUESTION, ASKING]) is ASKING
    assert waiting_message([QUESTION, ASKING, RESULT]) is None


@pytest.mark.parametrize("state", [s for s in MessageState if s is not MessageState.DONE])
def test_a_call_of_an_answer_that_did_not_end_never_waits(state: MessageState) -> None:
    assert waiting_message([QUESTION, replace(ASKING, state=state)]) is None


def test_rounds_are_counted_since_the_last_question() -> None:
    once = [QUESTION, ASKING, RESULT]
    assert rounds([]) == 0
    assert rounds(once) == 1
    assert rounds([*once, ASKING, RESULT, ASKING]) == 3
    assert rounds([*once, ANSWER, QUESTION, ASKING]) == 1
