"""Schemas to begin with: for the arguments of a tool, and for the shape of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def _object(required: list[str], **fields: Any) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def _text(says: str) -> Schema:
    return {"type": "string", "description": says}


ARGUMENTS: Mapping[str, Schema] = {
    "One text": _object(["city"], city=_text("The city, for example Oslo")),
    "Text and a choice": _object(
        ["city"],
        city=_text("The city, for example Oslo"),
        unit={"type": "string", "enum": ["celsius", "fahrenheit"]},
    ),
    "Nothing": _object([]),
}
"""For a tool, by what the model has to give."""

ANSWERS: Mapping[str, Schema] = {
    "List of things": _object(
        ["items"],
        items={
            "type": "array",
            "items": _object(
                ["name", "price"], name=_text("What it is called"), price={"type": "number"}
            ),
        },
    ),
    "Contact card": _object(
        ["name", "email", "phone"],
        name=_text("Full name"),
        email={"type": ["string", "null"]},
        phone={"type": ["string", "null"]},
    ),
    "Yes or no with a reason": _object(
        ["answer", "reason"],
        answer={"type": "boolean"},
        reason=_text("Why, in one sentence"),
    ),
}
"""For an answer, by what it is to be."""
