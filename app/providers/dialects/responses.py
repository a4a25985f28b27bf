"""The Responses dialect (`/responses`): a request to its body. ResponsesReader reads replies."""

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
from app.providers.dialects.kept_members import with_members
from app.providers.dialects.tool_shapes import flat_tools
from app.providers.dialects.turns import Turn
from app.providers.parameters.encoding import encode_by, reasoning_map, shape_of, web_search_field

ENDPOINT = "/responses"
BLANK = {"model": "", "input": []}
_SEALED = ("encrypted_content", "signature", "content")
_SAME = ("temperature", "top_p", "top_logprobs")


def prepare(
    request: Request, profile: ProviderProfile, habits: Habits
) -> tuple[dict[str, Any], list[Noticed]]:
    """The body, and notices about what was left out or added; RefusedError as in `chat.prepare`.

    Nothing is kept at the provider (`store` is false), so the whole branch goes along.
    """
    fields, notices = encode_by(
        _written, request.parameters, request.model, profile, dialect="Responses"
    )
    include = _included(fields)
    turns, system = said_turns(request, profile, habits)
    items: list[dict[str, Any]] = []
    for turn in turns:
        items.extend(_items(turn, len(items), request, profile))
    content: dict[str, Any] = {"model": request.model.id}
    if system:
        content["instructions"] = system
    content.update({"input": items, "stream": True, "store": False})
    if include:
        content["include"] = include
    content.update(fields)
    return flat_tools(finished_body(content, request, profile)), notices


def _written(name: str, value: Any, profile: ProviderProfile) -> dict[str, Any] | None:
    if name in _SAME:
        return {name: value}
    match name:
        case "max_tokens":
            return {"max_output_tokens": value}
        case "logprobs":
            return {"logprobs": value}
        case "reasoning":
            fields = reasoning_map(value)
            if fields.pop("enabled", False) and not fields.keys() & {"effort", "max_tokens"}:
                fields["effort"] = "medium"
            return {"reasoning": fields}
        case "response_format":
            return {"text": {"format": _flat_shape(shape_of(value))}}
    if name not in profile.extras.get("responses", ()):
        return None
    return web_search_field(value, profile) if name == "web_search" else {name: value}


def _included(fields: dict[str, Any]) -> list[str]:
    """What has to be asked for by name: scored words, and thoughts that can be sent back."""
    include = []
    if fields.pop("logprobs", False) or fields.get("top_logprobs"):
        include.append("message.output_text.logprobs")
    if fields.get("reasoning", {}).get("effort", "none") != "none":
        include.append("reasoning.encrypted_content")
    return include


def _flat_shape(shape: dict[str, Any]) -> dict[str, Any]:
    inner = shape.get("json_schema")
    return {"type": shape["type"], **inner} if isinstance(inner, dict) else shape


def _items(
    turn: Turn, place: int, request: Request, profile: ProviderProfile
) -> Iterator[dict[str, Any]]:
    for result in turn.results:
        yield {"type": "function_call_output", "call_id": result.call_id, "output": result.text}
    if turn.role is Role.TOOL:
        return
    if turn.role is not Role.ASSISTANT:
        parts = [_part(file, request, profile) for file in turn.attachments]
        head = [{"type": "input_text", "text": turn.text}] if turn.text.strip() else []
        yield {"role": str(turn.role), "content": [*head, *parts]}
        return
    for detail in turn.details:
        # A thought without its content cannot be looked up by its id: nothing is stored there.
        if detail.get("type") == "reasoning" and any(detail.get(name) for name in _SEALED):
            yield dict(detail)
    if turn.text.strip():
        message = {
            "type": "message",
            "role": "assistant",
            "id": f"msg_{place}",
            "status": "completed",
            "content": [{"type": "output_text", "text": turn.text, "annotations": []}],
        }
        yield with_members(message, turn.members_for("responses"))
    for number, call in enumerate(turn.calls):
        written = {
            "type": "function_call",
            "id": f"fc_{place}_{number}",
            "call_id": call.call_id,
            "name": call.name,
            "arguments": call.arguments or "{}",
        }
        yield with_members(written, turn.call_members_for("responses", call))


def _part(file: Attachment, request: Request, profile: ProviderProfile) -> dict[str, Any]:
    data = file_bytes(file, request, profile)
    if file.is_image:
        return {"type": "input_image", "image_url": data_url(file, data), "detail": "auto"}
    if file.media_type == "application/pdf":
        return {"type": "input_file", "filename": file.name, "file_data": data_url(file, data)}
    return {"type": "input_text", "text": file_text(file, data)}
