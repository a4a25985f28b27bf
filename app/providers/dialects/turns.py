"""A branch of a conversation as the turns a model is given, before any dialect writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    KeptPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    ToolCallPart,
    ToolResultPart,
)
from app.core.errors import RefusedError
from app.core.models.provider import Request
from app.core.models.tool import DECLINED
from app.providers.catalogue.profile import ProviderProfile

_HEADING = re.compile(r"\s*(?:#{1,6}\s*)?\**Sources:?\**:?\s*")
_ENTRY = re.compile(r"\s*(?:[-*•]\s|\d+[.)]|\[\d+\]|https?://)")
_RULE = re.compile(r"\s*-{3,}\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says at a stretch: text, files, and what only an answer or a tool has."""

    role: Role
    text: str
    attachments: tuple[Attachment, ...] = ()
    details: tuple[Mapping[str, Any], ...] = ()
    thought: ReasoningPart | None = None
    calls: tuple[ToolCallPart, ...] = ()
    results: tuple[ToolResultPart, ...] = ()
    kept: KeptPart | None = None

    def members_for(self, dialect: str) -> Mapping[str, Any]:
        """What the route is given back of the message, where it came in the same dialect."""
        return self.kept.message if self.kept and self.kept.dialect == dialect else {}

    def call_members_for(self, dialect: str, call: ToolCallPart) -> Mapping[str, Any]:
        """What the route is given back of one of its calls."""
        is_same = self.kept is not None and self.kept.dialect == dialect
        return self.kept.calls.get(call.call_id, {}) if self.kept and is_same else {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be said."""
        has_more = self.attachments or self.calls or self.results
        return not (self.text.strip() or has_more)


def turns_of(request: Request, profile: ProviderProfile, *, with_details: bool) -> list[Turn]:
    """The turns to send: empty ones dropped, neighbours of one role merged with a blank line.

    Opaque reasoning details go back only to the model that made them, and only `with_details`.
    """
    turns: list[Turn] = []
    for message in _with_results(request.messages):
        turn = _turn(message, request, profile, with_details)
        if turn.is_empty:
            continue
        last = turns[-1] if turns else None
        if last and last.role is turn.role and not (last.calls or turn.calls or turn.results):
            turns[-1] = Turn(
                turn.role,
                "\n\n".join(text for text in (last.text, turn.text) if text.strip()),
                last.attachments + turn.attachments,
                turn.details or last.details,
                kept=turn.kept or last.kept,
            )
        else:
            turns.append(turn)
    return turns


def _with_results(messages: Sequence[Message]) -> list[Message]:
    """The messages with a result for every call and no result without one, as providers demand.

    A call that nobody answered counts as declined; one of an answer that did not end is left out.
    """
    found: list[Message] = []
    open_calls: tuple[ToolCallPart, ...] = ()
    for message in messages:
        if message.role is Role.TOOL:
            told = {result.call_id: result for result in message.results}
            parts = [told.get(call.call_id) or _declined(call) for call in open_calls]
            open_calls = ()
            found.append(replace(message, parts=tuple(parts)))
            continue
        if open_calls:
            parts = [_declined(call) for call in open_calls]
            found.append(replace(found[-1], role=Role.TOOL, parts=tuple(parts)))
        open_calls = message.calls if message.role is Role.ASSISTANT else ()
        if open_calls and message.state is not MessageState.DONE:
            kept = tuple(part for part in message.parts if not isinstance(part, ToolCallPart))
            message, open_calls = replace(message, parts=kept), ()
        found.append(message)
    if open_calls:
        parts = [_declined(call) for call in open_calls]
        found.append(replace(found[-1], role=Role.TOOL, parts=tuple(parts)))
    return found


def _declined(call: ToolCallPart) -> ToolResultPart:
    return ToolResultPart(call.call_id, DECLINED)


def with_system_folded(turns: Sequence[Turn], system: str) -> list[Turn]:
    """The turns with the system text at the head of the first turn of the user."""
    folded = list(turns)
    for place, turn in enumerate(folded):
        if turn.role is Role.USER:
            text = "\n\n".join(part for part in (system, turn.text) if part)
            folded[place] = Turn(Role.USER, text, turn.attachments)
            return folded
    return [Turn(Role.USER, system), *folded]


def without_sources(text: str) -> str:
    """An answer without the list of sources that its provider put at the end."""
    lines = text.splitlines()
    end = len(lines)
    while end and (not lines[end - 1].strip() or _ENTRY.match(lines[end - 1])):
        end -= 1
    if end < 2 or not _HEADING.fullmatch(lines[end - 1]):
        return text
    end -= 1
    while end and (not lines[end - 1].strip() or _RULE.fullmatch(lines[end - 1])):
        end -= 1
    return "\n".join(lines[:end])


def blob_of(attachment: Attachment, request: Request, profile: ProviderProfile) -> bytes:
    """The bytes of a file; RefusedError when they are gone."""
    data = request.blobs.get(attachment.sha256)
    if data is None:
        raise RefusedError(
            f"The file “{attachment.name[:80]}” is no longer there, so it cannot be sent.",
            "Attach it again, or edit the message and remove it.",
            provider=profile.id,
        )
    return data


def _turn(message: Message, request: Request, profile: ProviderProfile, with_details: bool) -> Turn:
    text = message.text
    made_by = message.provenance
    is_from_here = made_by is not None and made_by.provider_id == request.model.provider_id
    is_own = made_by is not None and is_from_here and made_by.model_id == request.model.id
    searched = made_by is not None and made_by.request.get(profile.web_search_name)
    if profile.appends_sources and is_from_here and searched:
        text = without_sources(text)
    thoughts = [part for part in message.parts if isinstance(part, ReasoningPart)]
    details = tuple(item for part in thoughts for item in part.details)
    kept = [part for part in message.parts if isinstance(part, KeptPart)]
    return Turn(
        message.role,
        text,
        message.attachments,
        details if with_details and is_own else (),
        thoughts[0] if thoughts and is_own else None,
        tuple(part for part in message.parts if isinstance(part, ToolCallPart)),
        tuple(part for part in message.parts if isinstance(part, ToolResultPart)),
        kept[0] if kept and with_details and is_own else None,
    )
