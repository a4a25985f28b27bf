"""What a refusal teaches about a route, so that the question can be put once more, differently."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import replace
from typing import Any

from app.core.conversations.conversation import Fault
from app.core.conversations.events import Noticed
from app.core.errors import ProviderError, RefusedError
from app.core.models.lesson import RENAMED, STREAM_OPTIONS, SYSTEM
from app.providers.dialects.body import Habits
from app.providers.dialects.chat_delta import THOUGHT_FIELDS
from app.providers.parameters.declarations import PARAMETERS, WIRE_NAMES, canonical
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
_INSTEAD = re.compile(
    r"instead|replaced|renamed|deprecated|did you mean|in favou?r|no longer|rather than", re.I
)
_NEW_NAME = re.compile(
    r"\b(?:use|using|try|pass|set|send|specify|prefer|mean|by|with|to|of)\s+(?:the\s+|a\s+)?"
    r"(?:parameter\s+|field\s+|argument\s+)?[\"'`“‘]?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b(?![.\[]\w)",
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


def taught_by(code: str) -> str:
    """The name of the lesson that a notice stands for, "" for a notice that teaches nothing."""
    return code if code.startswith(RENAMED) else TAUGHT_BY.get(code, "")


def is_habit(name: str) -> bool:
    """Whether a lesson of this name says how to ask, rather than what a route does not take."""
    return name.startswith(RENAMED) or name in TAUGHT_BY.values()


def habits_of(names: Collection[str]) -> Habits:
    """The habits that lessons of these names make up."""
    pairs = (name.split()[1:] for name in sorted(names) if name.startswith(RENAMED))
    return Habits(
        takes_system=SYSTEM not in names,
        takes_stream_options=STREAM_OPTIONS not in names,
        renamed=tuple((old, new) for old, new in pairs),
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
    if (pair := _other_name(words, body, habits)) is not None:
        old, new = pair
        return replace(habits, renamed=(*habits.renamed, pair)), Noticed(
            f"{RENAMED}{old} {new}",
            f"This route wants {old} under the name {new}; asked again so.",
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


def _other_name(words: str, body: dict[str, Any], habits: Habits) -> tuple[str, str] | None:
    """A field of a body and the name that a refusal asks to use in its place.

    Only where both mean the same: a value is never moved to a parameter of another meaning.
    """
    if not _INSTEAD.search(words):
        return None
    for found in _NEW_NAME.finditer(words):
        new = found[1]
        if new in body or any(new in pair for pair in habits.renamed):
            continue
        for old, value in body.items():
            if type(value) not in (int, float, str, bool) or old in ("model", "stream"):
                continue
            is_same = canonical(new) == canonical(old)
            is_named = re.search(rf"(?<![\w.]){re.escape(old)}(?!\w)", words) is not None
            is_alike = bool({*new.split("_")} & {*old.split("_")}) and new not in WIRE_NAMES
            if is_same or (is_named and is_alike):
                return old, new
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
