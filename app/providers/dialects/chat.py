"""The chat dialect (`/chat/completions`): a request to its body. Replies are read by ChatReader."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core.attachment import Attachment
from app.core.conversation import Role
from app.core.errors import RefusedError
from app.core.events import Noticed
from app.core.provider import Request
from app.providers.dialects.chat_reader import ChatReader
from app.providers.encoding import RAW, encode
from app.providers.history import Turn, blob_of, turns_of, with_system_folded
from app.providers.profile import ProviderProfile

__all__ = ["ENDPOINT", "ChatReader", "Habits", "body", "prepare"]

ENDPOINT = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Habits:
    """What a route was found to refuse: a system role, `stream_options`, reasoning details."""

    takes_system: bool = True
    takes_stream_options: bool = True
    takes_details: bool = True


def body(request: Request, profile: ProviderProfile) -> dict[str, Any]:
    """Exactly what is sent to a route of which nothing was learnt yet."""
    return prepare(request, profile, Habits())[0]


def prepare(
    request: Request, profile: ProviderProfile, habits: Habits
) -> tuple[dict[str, Any], list[Noticed]]:
    """The body, and notices about what was left out or added.

    Raises RefusedError for what cannot be expressed on this route. Unset parameters are absent.
    """
    fields, notices = encode(request.parameters, request.model, profile)
    turns = turns_of(request, profile, with_details=habits.takes_details)
    if not turns:
        raise RefusedError(
            "There is nothing to send yet.", "Write a message first.", provider=profile.id
        )
    system = request.system.strip()
    messages: list[dict[str, Any]] = []
    if system and habits.takes_system and "system" in request.model.roles:
        messages.append({"role": "system", "content": request.system})
    elif system:
        turns = with_system_folded(turns, request.system)
    for turn in turns:
        messages.extend(_messages(turn, request, profile))
    content: dict[str, Any] = {"model": request.model.id, "messages": messages, "stream": True}
    if profile.stream_usage == "ask" and habits.takes_stream_options:
        content["stream_options"] = {"include_usage": True}
    content.update(fields)
    context = request.model.context
    if profile.small_context and context is not None and context <= profile.small_context:
        content.update(profile.small_context_body)
    raw = request.parameters.get(RAW)
    if isinstance(raw, dict):
        content.update(raw)
    content.update(request.raw)
    return content, notices


def _messages(turn: Turn, request: Request, profile: ProviderProfile) -> Iterator[dict[str, Any]]:
    for result in turn.results:
        yield {"role": "tool", "tool_call_id": result.call_id, "content": result.text}
    if turn.role is Role.TOOL:
        return
    message: dict[str, Any] = {"role": str(turn.role), "content": turn.text}
    if turn.attachments:
        files = [_part(file, request, profile) for file in turn.attachments]
        head = [{"type": "text", "text": turn.text}] if turn.text.strip() else []
        message["content"] = [*head, *files]
    if turn.role is Role.ASSISTANT:
        if turn.details:
            message["reasoning_details"] = [dict(detail) for detail in turn.details]
        if turn.calls:
            message["tool_calls"] = [
                {
                    "id": call.call_id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments or "{}"},
                }
                for call in turn.calls
            ]
            # A thought is asked for again only in the middle of a tool loop; elsewhere it is
            # either unread or refused.
            if turn.thought and turn.thought.text and not turn.details:
                message[turn.thought.field] = turn.thought.text
    yield message


def _part(file: Attachment, request: Request, profile: ProviderProfile) -> dict[str, Any]:
    data = blob_of(file, request, profile)
    model = request.model
    if file.is_image:
        if model.source != "typed" and "image" not in model.inputs:
            raise _not_taken("pictures", file, request, profile)
        return {"type": "image_url", "image_url": {"url": _data_url(file.media_type, data)}}
    if file.media_type == "application/pdf":
        if model.source != "typed" and "file" not in model.inputs:
            raise _not_taken("PDF files", file, request, profile)
        url = _data_url(file.media_type, data)
        return {"type": "file", "file": {"filename": file.name, "file_data": url}}
    name = " ".join(file.name.split())
    return {"type": "text", "text": f"File “{name}”:\n\n{data.decode('utf-8', 'replace')}"}


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def _not_taken(
    what: str, file: Attachment, request: Request, profile: ProviderProfile
) -> RefusedError:
    return RefusedError(
        f"{request.model.name} at {profile.name} does not take {what}, so “{file.name[:80]}” "
        "cannot be sent.",
        "Choose a model that takes them, or remove the file.",
        provider=profile.id,
    )
