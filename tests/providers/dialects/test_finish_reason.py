import pytest

from app.core.conversations.conversation import MessageState
from app.providers.dialects import finish_reason


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("stop", "stop"),
        ("END_TURN", "stop"),
        ("eos", "stop"),
        ("max_tokens", "length"),
        ("SAFETY", "content_filter"),
        ("tool_use", "tool_calls"),
        ("by_magic", "by_magic"),
        ("", ""),
    ],
)
def test_reasons_in_plain_form(given: str, word: str) -> None:
    assert finish_reason.normalized(given) == word


def test_the_first_reason_counts_unless_a_graver_one_follows() -> None:
    assert finish_reason.combined("", "stop") == "stop"
    assert finish_reason.combined("tool_calls", "stop") == "tool_calls"
    assert finish_reason.combined("stop", "content_filter") == "content_filter"
    assert finish_reason.combined("stop", "by_magic") == "by_magic"
    assert finish_reason.combined("length", "stop") == "length"
    assert finish_reason.combined("content_filter", "by_magic") == "content_filter"


@pytest.mark.parametrize(
    ("reason", "has_calls", "whole", "settled"),
    [
        ("stop", True, True, "tool_calls"),
        ("stop", True, False, "stop"),
        ("unknown", True, True, "tool_calls"),
        ("tool_calls", False, True, "stop"),
        ("length", True, True, "length"),
    ],
)
def test_tool_calls_put_the_reason_right(
    reason: str, has_calls: bool, whole: bool, settled: str
) -> None:
    assert finish_reason.final(reason, has_calls=has_calls, calls_are_whole=whole) == settled


def test_states() -> None:
    assert finish_reason.state_of("stop") is MessageState.DONE
    assert finish_reason.state_of("length") is MessageState.CUT_OFF
    assert finish_reason.state_of("content_filter") is MessageState.REFUSED
    assert finish_reason.state_of("by_magic") is MessageState.CUT_OFF
