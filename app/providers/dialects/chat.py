"""The chat dialect (`/chat/completions`): a request to its body. Replies are read by ChatReader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Role
from app.core.conversations.events import Noticed
from app.core.models.provider import Request
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.body import (
    Habits,
    data_url,
    file_bytes,
    file_text,
    finished_body,
    said_turns,
)
from app.providers.dialects.chat_reader import ChatReader
from app.providers.dialects.kept_members import with_members
from app.providers.dialects.turns import Turn
from app.providers.parameters.encoding import encode
from app.providers.transport.heavy_body import base64_of

__all__ = ["BLANK", "ENDPOINT", "ChatReader", "Habits", "body", "prepare"]

ENDPOINT = "/chat/completions"
BLANK = {"model": "", "messages": []}
"""A question that is refused before anything is billed, but after the key was looked at."""
_FORMATS = {"audio/wav": "wav", "audio/flac": "flac", "audio/ogg": "ogg", "audio/mp4": "m4a"}
_OTHERS = ("reasoning", "thinking", "redacted_thinking")
"""Kinds of details that came by the two other dialects and mean nothing here."""


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
    turns, system = said_turns(request, profile, habits)
    messages: list[dict[str, Any]] = []
    if system:
        messages.append({"role": "system", "content": system})
    for turn in turns:
        messages.extend(_messages(turn, request, profile))
    content: dict[str, Any] = {"model": request.model.id, "messages": messages, "stream": True}
    if profile.stream_usage == "ask" and habits.takes_stream_options:
        content["stream_options"] = {"include_usage": True}
    content.update(fields)
    return finished_body(content, request, profile), notices


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
        details = [dict(item) for item in turn.details if item.get("type") not in _OTHERS]
        if details:
            message["reasoning_details"] = details
        if turn.calls:
            message["tool_calls"] = [
                with_members(
                    {
                        "id": call.call_id,
                        "type": "function",
                        "function": {"name": call.name, "arguments": call.arguments or "{}"},
                    },
                    turn.call_members_for("chat", call),
                )
                for call in turn.calls
            ]
            # A thought is asked for again only in the middle of a tool loop; elsewhere it is
            # either unread or refused.
            if turn.thought and turn.thought.text and not details:
                message[turn.thought.field] = turn.thought.text
        message = with_members(message, turn.members_for("chat"))
    yield message


def _part(file: Attachment, request: Request, profile: ProviderProfile) -> dict[str, Any]:
    data = file_bytes(file, request, profile)
    if file.is_image:
        return {"type": "image_url", "image_url": {"url": data_url(file, data)}}
    if file.media_type == "application/pdf":
        return {"type": "file", "file": {"filename": file.name, "file_data": data_url(file, data)}}
    if file.media_type.startswith("video/"):
        return {"type": "video_url", "video_url": {"url": data_url(file, data)}}
    if file.media_type.startswith("audio/"):
        sound = {"data": base64_of(data), "format": _FORMATS.get(file.media_type, "mp3")}
        return {"type": "input_audio", "input_audio": sound}
    return {"type": "text", "text": file_text(file, data)}
