"""Messages and conversations as rows: JSON text, UTC times, money as decimal text, a hash each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from app.core.conversations.attachment import Attachment
from app.core.conversations.confidence import Confidence, Doubt
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Fault,
    KeptPart,
    Message,
    MessageState,
    Part,
    Provenance,
    ReasoningPart,
    Role,
    ShapeCheck,
    SourcePart,
    TextPart,
    Timing,
    ToolCallPart,
    ToolResultPart,
)
from app.core.costs.usage import Cost, CostSource, Usage
from app.storage.database.reading import Row

MESSAGE_COLUMNS = (
    "id, conversation_id, parent_id, role, sequence, created_at, state, parts, text, provenance,"
    " hash"
)
CONVERSATION_COLUMNS = (
    "id, title, created_at, updated_at, system, provider_id, model_id, preset_id, parameters,"
    " is_pinned, leaf_id"
)


def plain(text: str) -> str:
    """Text that can be stored: halves of surrogate pairs are joined, lone ones become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def moment(at: datetime) -> str:
    """A time as UTC text that sorts; one without a zone is taken as UTC."""
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")


def packed(value: Any) -> str:
    """A value as JSON text."""
    return plain(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_unusual))


def _unusual(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


def message_row(message: Message) -> Row:
    """A message in the order of MESSAGE_COLUMNS, its hash last."""
    row: Row = (
        message.id,
        message.conversation_id,
        message.parent_id,
        str(message.role),
        message.sequence,
        moment(message.created_at),
        str(message.state),
        packed([part_json(part) for part in message.parts]),
        plain(searched_text(message)),
        None if message.provenance is None else packed(provenance_json(message.provenance)),
    )
    return (*row, row_hash(row))


def searched_text(message: Message) -> str:
    """What search finds a message by: its text, what tools answered, and the pages it cites."""
    found = [message.text, *(result.text for result in message.results)]
    found += [f"{source.title} {source.url}".strip() for source in message.sources]
    return "\n\n".join(text for text in found if text)


def row_hash(row: Row) -> bytes:
    """The blake2b-16 of a message's columns without the hash itself."""
    return blake2b(repr(row).encode(), digest_size=16).digest()


def is_sound(row: Row) -> bool:
    """Whether a row of MESSAGE_COLUMNS is what was written."""
    return bool(row_hash(row[:-1]) == row[-1])


def message_from(row: Row) -> Message:
    """The message of a row; a damaged one still shows its text and says that it is damaged."""
    if not is_sound(row):
        return _damaged(row)
    identity, conversation, parent, role, sequence, at, state, parts, _text, provenance, _ = row
    return Message(
        identity,
        conversation,
        parent,
        Role(role),
        tuple(part_from(part) for part in json.loads(parts)),
        sequence,
        datetime.fromisoformat(at),
        MessageState(state),
        None if provenance is None else provenance_from(json.loads(provenance)),
    )


def role_from(text: object) -> Role:
    """The role a column names; a damaged one counts as the assistant's."""
    return next((role for role in Role if role == text), Role.ASSISTANT)


def doubtful_moment(text: object) -> datetime:
    """The moment a column names; a damaged one counts as 1970."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _damaged(row: Row) -> Message:
    """What can be told of a damaged row: every column is doubted, none is trusted to parse."""
    texts = [v.decode("utf-8", "replace") if isinstance(v, bytes) else v for v in row]
    identity, conversation, parent, role, sequence, at, _state, _parts, text, _provenance, _ = texts
    fault = Fault(
        "damaged",
        "This message is damaged on the disk.",
        "What is left of it is shown. A kept copy of the database may have it whole.",
    )
    return Message(
        str(identity),
        str(conversation),
        None if parent is None else str(parent),
        role_from(role),
        (TextPart(str(text)),),
        sequence if isinstance(sequence, int) else 0,
        doubtful_moment(at),
        MessageState.FAILED,
        Provenance("", "", fault=fault),
    )


def part_json(part: Part) -> dict[str, Any]:
    """A part as a JSON object with its kind."""
    match part:
        case TextPart(text):
            return {"kind": "text", "text": text}
        case ReasoningPart(text, details, field):
            found: dict[str, Any] = {"kind": "reasoning", "text": text, "field": field}
            return found | ({"details": list(details)} if details else {})
        case ToolCallPart(call_id, name, arguments):
            return {"kind": "tool_call", "call_id": call_id, "name": name, "arguments": arguments}
        case ToolResultPart(call_id, text):
            return {"kind": "tool_result", "call_id": call_id, "text": text}
        case AttachmentPart(attachment):
            return {"kind": "attachment"} | attachment_json(attachment)
        case SourcePart(url, title):
            return {"kind": "source", "url": url, "title": title}
        case KeptPart(dialect, message, calls):
            return {"kind": "kept", "dialect": dialect, "message": message, "calls": calls}


def part_from(found: Mapping[str, Any]) -> Part:
    """The part of a JSON object; a kind that is not known shows as its JSON text."""
    match found["kind"]:
        case "text":
            return TextPart(found["text"])
        case "reasoning":
            return ReasoningPart(found["text"], tuple(found.get("details", ())), found["field"])
        case "tool_call":
            return ToolCallPart(found["call_id"], found["name"], found["arguments"])
        case "tool_result":
            return ToolResultPart(found["call_id"], found["text"])
        case "attachment":
            return AttachmentPart(attachment_from(found))
        case "source":
            return SourcePart(found["url"], found["title"])
        case "kept":
            return KeptPart(found["dialect"], found["message"], found["calls"])
    return TextPart(packed(found))


def attachment_json(attachment: Attachment) -> dict[str, Any]:
    """An attachment as a JSON object; what only some files have is left out of others."""
    found = {name: getattr(attachment, name) for name in Attachment.__slots__}
    return {n: v for n, v in found.items() if v is not None or n not in ("seconds", "pages")}


def attachment_from(found: Mapping[str, Any]) -> Attachment:
    """The attachment of a JSON object."""
    values = {"seconds": None, "pages": None, **found}
    return Attachment(**{name: values[name] for name in Attachment.__slots__})


def provenance_json(provenance: Provenance) -> dict[str, Any]:
    """A provenance as a JSON object without what is empty; money as decimal text."""
    found: dict[str, Any] = {
        name: value for name in _TEXTS if (value := getattr(provenance, name)) != ""
    }
    usage = {
        name: value
        for name in Usage.__slots__
        if (value := getattr(provenance.usage, name)) is not None
    }
    cost = provenance.cost
    if cost.amount is not None or cost.source is not CostSource.UNKNOWN:
        found["cost"] = {"amount": cost.amount, "source": cost.source, "currency": cost.currency}
    if provenance.timing != Timing():
        found["timing"] = [provenance.timing.first_text, provenance.timing.total]
    if provenance.timing.thought is not None:
        found["thought"] = provenance.timing.thought
    if provenance.fault is not None:
        fault = provenance.fault
        found["fault"] = {name: getattr(fault, name) for name in Fault.__slots__}
    if provenance.shape is not None:
        found["shape"] = [provenance.shape.kind, provenance.shape.text]
    if provenance.confidence is not None:
        sure = provenance.confidence
        doubts = [[d.before, d.word, d.logprob, d.rivals] for d in sure.doubts]
        found["confidence"] = [sure.count, sure.mean, doubts]
    if provenance.notices:
        found["notices"] = list(provenance.notices)
    for name, mapping in (
        ("usage", usage),
        ("parameters", provenance.parameters),
        ("request", provenance.request),
    ):
        if mapping:
            found[name] = mapping
    return found


def provenance_from(found: Mapping[str, Any]) -> Provenance:
    """The provenance of a JSON object; fields of a later Facet are left out."""
    usage = Usage(**{n: v for n, v in found.get("usage", {}).items() if n in Usage.__slots__})
    if usage.reported_cost is not None:
        usage = replace(usage, reported_cost=Decimal(usage.reported_cost))
    cost = Cost()
    if "cost" in found:
        kept = found["cost"]
        amount = None if kept["amount"] is None else Decimal(kept["amount"])
        cost = Cost(amount, CostSource(kept["source"]), kept["currency"])
    fault = found.get("fault")
    return Provenance(
        **{name: found.get(name, "") for name in _TEXTS},
        parameters=found.get("parameters", {}),
        usage=usage,
        cost=cost,
        timing=timing_from(found),
        notices=tuple(found.get("notices", ())),
        fault=Fault(**fault) if fault is not None else None,
        request=found.get("request", {}),
        shape=ShapeCheck(*found["shape"]) if "shape" in found else None,
        confidence=confidence_from(found["confidence"]) if "confidence" in found else None,
    )


def timing_from(found: Mapping[str, Any]) -> Timing:
    """The times in the JSON object of a provenance."""
    first, total = found.get("timing", (None, None))
    return Timing(first, total, found.get("thought"))


def confidence_from(found: Any) -> Confidence:
    """The confidence of a JSON array."""
    count, mean, doubts = found
    kept = (Doubt(b, w, p, tuple((r, q) for r, q in rivals)) for b, w, p, rivals in doubts)
    return Confidence(count, mean, tuple(kept))


_TEXTS = (
    "provider_id",
    "model_id",
    "model_name",
    "provider_name",
    "answered_by",
    "upstream",
    "generation_id",
    "finish_reason",
    "preset",
)


def conversation_row(conversation: Conversation) -> Row:
    """A conversation in the order of CONVERSATION_COLUMNS."""
    return tuple(conversation_columns({n: getattr(conversation, n) for n in _FIELDS}).values())


def conversation_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a conversation by name as their columns hold them. KeyError for no such field."""
    return {name: _FIELDS[name](value) for name, value in fields.items()}


def _as_it_is(value: Any) -> Any:
    return value


_FIELDS: dict[str, Callable[[Any], Any]] = dict.fromkeys(
    CONVERSATION_COLUMNS.split(", "), _as_it_is
) | {
    "title": plain,
    "created_at": moment,
    "updated_at": moment,
    "system": plain,
    "parameters": packed,
    "is_pinned": int,
}
"""How each column of a conversation is written, in their order."""


def conversation_from(row: Row) -> Conversation:
    """The conversation of a row."""
    return Conversation(
        row[0],
        row[1],
        datetime.fromisoformat(row[2]),
        datetime.fromisoformat(row[3]),
        row[4],
        row[5],
        row[6],
        row[7],
        json.loads(row[8]),
        bool(row[9]),
        row[10],
    )
