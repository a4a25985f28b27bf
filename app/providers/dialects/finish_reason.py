"""How a reply ended: a finish reason in plain form, and the state it leaves the answer in."""

from __future__ import annotations

from app.core.conversations.conversation import MessageState

_USUAL = {
    "eos": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "completed": "stop",
    "complete": "stop",
    "eos_token": "stop",
    "max_tokens": "length",
    "max_output_tokens": "length",
    "model_length": "length",
    "model_context_window_exceeded": "length",
    "content_filtered": "content_filter",
    "safety": "content_filter",
    "refusal": "content_filter",
    "recitation": "content_filter",
    "prohibited_content": "content_filter",
    "tool_use": "tool_calls",
    "function_call": "tool_calls",
}
_STATES = {
    "length": MessageState.CUT_OFF,
    "insufficient_system_resource": MessageState.CUT_OFF,
    "cancelled": MessageState.CUT_OFF,
    "pause_turn": MessageState.CUT_OFF,
    "content_filter": MessageState.REFUSED,
}
_STRONGER = ("error", "content_filter")


def normalized(reason: str) -> str:
    """The usual word for a finish reason; an unknown one comes back as it is, in lower case."""
    word = reason.strip().lower()[:60]
    return _USUAL.get(word, word)


def combined(known: str, later: str) -> str:
    """The reason that counts when a second one arrives: the first, unless the second is graver."""
    return later if not known or later in _STRONGER else known


def final(reason: str, *, has_calls: bool, calls_are_whole: bool) -> str:
    """The reason at the end, put right by whether tool calls came."""
    if has_calls and reason in ("stop", "unknown") and calls_are_whole:
        return "tool_calls"
    if reason == "tool_calls" and not has_calls:
        return "stop"
    return reason


def state_of(reason: str) -> MessageState:
    """The state of an answer that ended for this reason. A limit that was reached is a cut."""
    return _STATES.get(reason, MessageState.DONE)
