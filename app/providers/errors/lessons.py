"""What a refusal teaches about a route, so that the question can be put once more, differently."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import replace
from typing import Any

from app.core.conversations.conversation import Fault
from app.core.conversations.events import Noticed
from app.core.errors import ProviderError, RefusedError
from app.core.models.lesson import STREAM_OPTIONS, SYSTEM
from app.providers.dialects.body import Habits
from app.providers.dialects.chat_delta import THOUGHT_FIELDS
from app.providers.parameters.declarations import PARAMETERS
from app.providers.transport.json_text import items, table

_ROLE = re.compile(
    r"(system|developer).{0,60}(role|message|instruction|prompt|not (supported|enabled|allowed))"
    r"|role.{0,60}(system|developer)|does not support.{0,5}(system|developer)",
    re.I | re.S,
)
_STREAM_OPTIONS = re.compile(r"stream_options|include_usage", re.I)
_WHOLLY = re.compile(
    r"(unknown|unsupported|unrecogni[sz]ed|unexpected|invalid) (request )?"
    r"(parameter|argument|field|key)"
    r"|(is|are) not (supported|allowed|permitted)|does not (support|take|accept)"
    r"|extra inputs",
    re.I,
)
_TURNS = ("messages", "input")
_THOUGHTS = ("thinking", "redacted_thinking")
_WRITTEN = {
    *("role", "content", "reasoning_details", "tool_calls", "type", "id", "status", "call_id"),
    *("name", "arguments", "function", "output", *THOUGHT_FIELDS),
}
"""Members of a turn that are written here, whatever its answer had."""
_DETAILS = re.compile(r"signature|thinking|reasoning_details", re.I)


TAUGHT_BY = {"role_folded": SYSTEM, "stream_options_left_out": STREAM_OPTIONS}
"""The lesson that each notice stands for. Refused thoughts teach nothing lasting of a route: they
were another host's, and the next conversation has none of them."""


def habits_of(names: Collection[str]) -> Habits:
    """The habits that lessons of these names make up."""
    return Habits(
        takes_system=SYSTEM not in names, takes_stream_options=STREAM_OPTIONS not in names
    )


def refused_dial(fault: Fault, sent: Container[str]) -> bool:
    """Whether a fault says that a parameter which was sent is not taken at all.

    One whose value alone was refused is taken with another value.
    """
    words = fault.details or fault.message
    return (
        fault.status in (400, 422)
        and fault.parameter in PARAMETERS
        and fault.parameter in sent
        and _WHOLLY.search(words) is not None
    )


def lesson(
    error: ProviderError, habits: Habits, body: dict[str, Any]
) -> tuple[Habits, Noticed] | None:
    """New habits and a notice, when the error names something this body holds; else None."""
    if not isinstance(error, RefusedError) or error.status not in (200, 400, 422):
        return None
    words = f"{error.message} {error.details} {error.parameter}"
    if habits.takes_stream_options and "stream_options" in body and _STREAM_OPTIONS.search(words):
        return replace(habits, takes_stream_options=False), Noticed(
            "stream_options_left_out",
            "This route does not report token counts when asked; asked again without.",
        )
    sent = [item for name in _TURNS for item in items(body.get(name)) if type(item) is dict]
    has_system = any(item.get("role") in ("system", "developer") for item in sent)
    has_system = has_system or "system" in body or "instructions" in body
    if habits.takes_system and has_system and _ROLE.search(words):
        return replace(habits, takes_system=False), Noticed(
            "role_folded",
            "This route refuses a system prompt; it was put at the head of your first message.",
        )
    has_details = any(_holds_details(item) for item in sent)
    kept = {name for item in sent for name in _kept_names(item)}
    is_named = any(name in words for name in kept)
    if habits.takes_details and (is_named or (has_details and _DETAILS.search(words))):
        return replace(habits, takes_details=False), Noticed(
            "details_left_out",
            "This route refuses the earlier thoughts of another host; asked again without them."
            if has_details
            else "This route refuses what came with an earlier answer; asked again without it.",
        )
    return None


def _holds_details(item: dict[str, Any]) -> bool:
    """Whether a turn carries a thought of an earlier answer, in any dialect."""
    if "reasoning_details" in item or item.get("type") == "reasoning":
        return True
    return any(table(block).get("type") in _THOUGHTS for block in items(item.get("content")))


def _kept_names(item: dict[str, Any]) -> set[str]:
    """Members of a turn and its calls that are there only because an earlier answer had them."""
    if item.get("role") != "assistant" and "call_id" not in item:
        return set()
    calls = [table(call) for call in items(item.get("tool_calls"))]
    names = {name for call in calls for name in (*call, *table(call.get("function")))}
    return {name for name in {*item, *names} - _WRITTEN if len(name) > 3}
