"""The Messages dialect (`/messages`): a request to its body. MessagesReader reads replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Role
from app.core.conversations.events import Noticed
from app.core.errors import RefusedError
from app.core.models.model import Model
from app.core.models.provider import Request
from app.providers.catalogue.profile import ProviderProfile
from app.providers.dialects.body import (
    Habits,
    file_bytes,
    file_text,
    finished_body,
    raw_of,
    said_turns,
)
from app.providers.dialects.kept_members import with_members
from app.providers.dialects.tool_shapes import described_tools
from app.providers.dialects.turns import Turn
from app.providers.parameters.encoding import encode_by, reasoning_map, shape_of, web_search_field
from app.providers.transport.heavy_body import base64_of
from app.providers.transport.json_text import DamagedError, read_json

ENDPOINT = "/messages"
VERSION = "2023-06-01"
BLANK = {"model": "", "messages": [], "max_tokens": 1}
DEFAULT_LENGTH = 4096
"""`max_tokens`, which this dialect demands, where neither the user nor the model names one."""
SMALLEST_BUDGET = 1024
LARGEST_BUDGET = 128_000
_EFFORTS = {"minimal": 10, "low": 20, "medium": 50, "high": 80, "xhigh": 95, "max": 95}
"""How many hundredths of the length limit an effort may think: what OpenRouter makes of efforts
for models that take a budget in tokens."""
_LIMITS = {"temperature": 1.0}


def prepare(
    request: Request, profile: ProviderProfile, habits: Habits
) -> tuple[dict[str, Any], list[Noticed]]:
    """The body, and notices about what was left out or added; RefusedError as in `chat.prepare`."""
    fields, notices = encode_by(
        _written, request.parameters, request.model, profile, dialect="Messages", limits=_LIMITS
    )
    if fields.get("output_config") == {}:
        del fields["output_config"]
        notices.append(
            Noticed("not_sent", "JSON was not asked for: Messages needs a schema to ask for it.")
        )
    wanted = fields.pop("thinking", None)
    has_limit = "max_tokens" in fields or "max_tokens" in raw_of(request)
    length = fields.pop("max_tokens", None) or default_length(request.model)
    if wanted is not None:
        thinking, length = _thinking(wanted, length, profile, is_own=has_limit)
        fields["thinking"] = thinking
    if not has_limit:
        text = f"A length limit of {length:,} tokens was sent, because Messages demands one."
        notices.append(Noticed("added", text))
    turns, system = said_turns(request, profile, habits)
    content: dict[str, Any] = {"model": request.model.id, "max_tokens": length}
    if system:
        content["system"] = system
    content["messages"] = _alternating(turns, request, profile)
    content["stream"] = True
    content.update(fields)
    return described_tools(finished_body(content, request, profile)), notices


def default_length(model: Model) -> int:
    """The length to ask for when the user set none; it leaves half of the context to the input."""
    if model.max_output is None:
        return DEFAULT_LENGTH
    return min(model.max_output, model.context // 2) if model.context else model.max_output


def _written(name: str, value: Any, profile: ProviderProfile) -> dict[str, Any] | None:
    match name:
        case "temperature" | "top_p" | "top_k" | "max_tokens":
            return {name: value}
        case "stop":
            return {"stop_sequences": list(value)} if value else {}
        case "reasoning":
            return {"thinking": reasoning_map(value)}
        case "response_format":
            return {"output_config": _output_config(shape_of(value))}
    if name not in profile.extras.get("messages", ()):
        return None
    return web_search_field(value, profile) if name == "web_search" else {name: value}


def _output_config(shape: dict[str, Any]) -> dict[str, Any]:
    inner = shape.get("json_schema")
    if isinstance(inner, dict) and "schema" in inner:
        return {"format": {"type": "json_schema", "schema": inner["schema"]}}
    return {}


def _thinking(
    wanted: Mapping[str, Any], length: int, profile: ProviderProfile, *, is_own: bool
) -> tuple[dict[str, Any], int]:
    """The budget to think with, and the length, which has to be above it."""
    if wanted.get("effort") == "none" or wanted.get("enabled") is False:
        return {"type": "disabled"}, length
    share = _EFFORTS.get(str(wanted.get("effort", "medium")), 50)
    budget = wanted.get("max_tokens") or length * share // 100
    budget = min(max(int(budget), SMALLEST_BUDGET), LARGEST_BUDGET)
    if budget >= length and is_own:
        raise RefusedError(
            f"Thinking with {budget:,} tokens does not fit into a length limit of {length:,}.",
            "Raise Length above it, or ask for less thinking.",
            provider=profile.id,
            parameter="reasoning",
        )
    length = length if budget < length else budget + DEFAULT_LENGTH
    return {"type": "enabled", "budget_tokens": budget}, length


def _alternating(
    turns: list[Turn], request: Request, profile: ProviderProfile
) -> list[dict[str, Any]]:
    """Turns of user and assistant in alternation: results of tools lead what the user says next."""
    messages: list[dict[str, Any]] = []
    for turn in turns:
        role = "assistant" if turn.role is Role.ASSISTANT else "user"
        blocks = list(_blocks(turn, request, profile))
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"] += blocks
        elif blocks:
            messages.append({"role": role, "content": blocks})
    for message in messages:
        blocks = message["content"]
        if len(blocks) == 1 and blocks[0].keys() == {"type", "text"}:
            message["content"] = blocks[0]["text"]
    if messages[-1]["role"] == "assistant" and isinstance(messages[-1]["content"], str):
        # An answer that is to be continued may not end in white space.
        messages[-1]["content"] = messages[-1]["content"].rstrip()
    return messages


def _blocks(turn: Turn, request: Request, profile: ProviderProfile) -> Iterator[dict[str, Any]]:
    for result in turn.results:
        yield {"type": "tool_result", "tool_use_id": result.call_id, "content": result.text}
    if turn.role is Role.TOOL:
        return
    for detail in turn.details:
        is_signed = detail.get("type") == "thinking" and detail.get("signature")
        if is_signed or detail.get("type") == "redacted_thinking":
            yield dict(detail)
    if turn.text.strip():
        yield {"type": "text", "text": turn.text}
    for file in turn.attachments:
        yield _part(file, request, profile)
    for call in turn.calls:
        written = {
            "type": "tool_use",
            "id": call.call_id,
            "name": call.name,
            "input": _input(call.arguments),
        }
        yield with_members(written, turn.call_members_for("messages", call))


def _input(arguments: str) -> dict[str, Any]:
    """The arguments of a call as an object; what cannot be read goes back as text inside one."""
    try:
        found = read_json(arguments or "{}")
    except DamagedError:
        found = None
    return found if isinstance(found, dict) else {"arguments": arguments}


def _part(file: Attachment, request: Request, profile: ProviderProfile) -> dict[str, Any]:
    data = file_bytes(file, request, profile)
    is_pdf = file.media_type == "application/pdf"
    if not (file.is_image or is_pdf):
        return {"type": "text", "text": file_text(file, data)}
    source = {"type": "base64", "media_type": file.media_type, "data": base64_of(data)}
    if is_pdf:
        return {"type": "document", "source": source, "title": file.name}
    return {"type": "image", "source": source}
