"""How a reply ended: a finish reason in plain form, and the state it leaves the answer in.

Only the words here mean that an answer is whole. A word that nobody knows means a cut.
"""

from __future__ import annotations

import re
from typing import Any

from app.core.conversations.conversation import MessageState

STOP, LENGTH, CALLS, FILTER, ERROR = "stop", "length", "tool_calls", "content_filter", "error"
UNKNOWN = "unknown"
"""The reason of a reply that was marked as ended without naming any."""

_USUAL = {
    **dict.fromkeys(
        (
            "stop",
            "eos",
            "eos_token",
            "eot",
            "end",
            "end_turn",
            "end_of_turn",
            "end_of_text",
            "end_of_sequence",
            "im_end",
            "eot_id",
            "eom_id",
            "endoftext",
            "stop_sequence",
            "stop_sequences",
            "stop_token",
            "stop_word",
            "stop_str",
            "stopped",
            "complete",
            "completed",
            "done",
            "finished",
            "finish",
            "success",
            "succeeded",
            "normal",
            "natural",
        ),
        STOP,
    ),
    **dict.fromkeys(
        (
            "length",
            "max_tokens",
            "max_token",
            "max_new_tokens",
            "max_output_tokens",
            "max_completion_tokens",
            "max_length",
            "model_length",
            "token_limit",
            "length_limit",
            "length_capped",
            "context_length",
            "context_window",
            "model_context_window_exceeded",
            "context_length_exceeded",
        ),
        LENGTH,
    ),
    **dict.fromkeys(
        (
            "content_filter",
            "content_filtered",
            "content_blocked",
            "content_policy",
            "content_policy_violation",
            "safety",
            "image_safety",
            "refusal",
            "refused",
            "recitation",
            "prohibited_content",
            "blocklist",
            "blocked",
            "spii",
            "sensitive",
            "moderation",
            "flagged",
            "guardrail",
            "guardrail_intervened",
            "guardrails",
        ),
        FILTER,
    ),
    **dict.fromkeys(
        ("tool_calls", "tool_call", "tool_use", "function_call", "function_calls", "tools"), CALLS
    ),
    "error": ERROR,
}
_LEAD = re.compile(r"^(?:finish|stop|done|end)_?reason[._]+")
_WHOLE = (STOP, CALLS, UNKNOWN)


def word_of(value: Any) -> str:
    """A reason as a word, whatever kind of value it came as; "" for none."""
    if type(value) is dict:
        named = (value.get(name) for name in ("reason", "type", "name", "value", "kind"))
        return next((word for word in named if type(word) is str), str(value) if value else "")
    return value if type(value) is str else "" if value is None or value is False else str(value)


def normalized(reason: Any) -> str:
    """The usual word for a finish reason; an unknown one comes back as it is, in lower case."""
    word = word_of(reason).strip().lower()[:60]
    plain = re.sub(r"[\s-]+", "_", word).strip("<|>/.!\"'")
    return _USUAL.get(_LEAD.sub("", plain), word)


def combined(known: str, later: str) -> str:
    """The reason that counts when a second one arrives: the first, unless the second is graver."""
    if not later:
        return known
    return later if not known or _gravity(later) > _gravity(known) else known


def final(reason: str, *, has_calls: bool, calls_are_whole: bool) -> str:
    """The reason at the end, put right by whether tool calls came."""
    if has_calls and reason in ("stop", "unknown") and calls_are_whole:
        return "tool_calls"
    if reason == "tool_calls" and not has_calls:
        return "stop"
    return reason


def _gravity(reason: str) -> int:
    return 2 if reason in (FILTER, ERROR) else 0 if reason in _WHOLE else 1


def is_known(reason: str) -> bool:
    """Whether a plain reason is one that people are told of in other words."""
    return reason == UNKNOWN or reason in _USUAL.values()


def state_of(reason: str) -> MessageState:
    """The state of an answer that ended for this reason. A limit that was reached is a cut."""
    if reason == FILTER:
        return MessageState.REFUSED
    return MessageState.DONE if reason in _WHOLE else MessageState.CUT_OFF
