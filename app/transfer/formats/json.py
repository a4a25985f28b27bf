"""A conversation as JSON: the whole tree with every message's provenance, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    KeptPart,
    Message,
    Part,
    Provenance,
    ReasoningPart,
    SourcePart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.costs.usage import Cost, Usage
from app.transfer.format import AddressOf, Format, named_only

VERSION = 1


def json_text(
    conversation: Conversation, messages: Sequence[Message], address: AddressOf = named_only
) -> str:
    """All messages of the tree in order. Attachments are named with their hash and address."""
    written = document(conversation, messages, address)
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def document(
    conversation: Conversation, messages: Sequence[Message], address: AddressOf = named_only
) -> dict[str, Any]:
    """The same as an object: what the fields are is listed in the manual under History."""
    return {
        "format": "facet-conversation",
        "version": VERSION,
        "id": conversation.id,
        "title": conversation.title,
        "created_at": conversation.created_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "system": conversation.system,
        "provider": conversation.provider_id,
        "model": conversation.model_id,
        "parameters": dict(conversation.parameters),
        "leaf": conversation.leaf_id,
        "messages": [_message(message, address) for message in messages],
    }


def _message(message: Message, address: AddressOf) -> dict[str, Any]:
    return {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.role.value,
        "state": message.state.value,
        "created_at": message.created_at.isoformat(),
        "parts": [_part(part, address) for part in message.parts],
        "provenance": _provenance(message.provenance) if message.provenance else None,
    }


def _part(part: Part, address: AddressOf) -> dict[str, Any]:
    match part:
        case TextPart(text):
            return {"type": "text", "text": text}
        case ReasoningPart(text, details):
            return {"type": "reasoning", "text": text, "details": list(details)}
        case ToolCallPart(call_id, name, arguments):
            return {"type": "tool_call", "id": call_id, "name": name, "arguments": arguments}
        case ToolResultPart(call_id, text):
            return {"type": "tool_result", "id": call_id, "text": text}
        case AttachmentPart(file):
            return {
                "type": "attachment",
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "file": address(file) or None,
            }
        case SourcePart(url, title):
            return {"type": "source", "url": url, "title": title}
        case KeptPart(dialect, kept, calls):
            return {"type": "kept", "dialect": dialect, "message": kept, "calls": calls}


def usage_object(usage: Usage) -> dict[str, int | None]:
    """Token counts; null is "the provider did not say"."""
    return {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "cached_tokens": usage.cached_tokens,
    }


def cost_object(cost: Cost) -> dict[str, Any]:
    """Money as a number (null when unknown) with its source."""
    amount = None if cost.amount is None else float(cost.amount)
    return {"amount": amount, "currency": cost.currency, "source": cost.source.value}


def _provenance(origin: Provenance) -> dict[str, Any]:
    usage, cost, timing = origin.usage, origin.cost, origin.timing
    return {
        "provider": origin.provider_id,
        "model": origin.model_id,
        "answered_by": origin.answered_by,
        "upstream": origin.upstream,
        "generation_id": origin.generation_id,
        "finish_reason": origin.finish_reason,
        "parameters": dict(origin.parameters),
        "usage": usage_object(usage),
        "cost": cost_object(cost),
        "timing": {"first_text": timing.first_text, "total": timing.total},
        "error": {"message": origin.fault.message, "hint": origin.fault.hint}
        if origin.fault
        else None,
        "shape": {"kind": origin.shape.kind, "text": origin.shape.text} if origin.shape else None,
    }


FORMAT = Format("json", "JSON", ".json", json_text)
