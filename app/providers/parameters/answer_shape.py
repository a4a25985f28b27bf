"""Whether an answer has the shape that was asked for: JSON, or JSON that fits a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from app.core.conversations.conversation import ShapeCheck

LONGEST = 2_000_000
"""Characters of an answer that are checked."""
DEEPEST = 100
"""Levels of an answer or a schema that are checked."""
_FENCE = re.compile(r"\A\s*```[A-Za-z0-9]*[ \t]*\n(.*)\n[ \t]*```\s*\Z", re.DOTALL)


def schema_of(value: Any) -> Mapping[str, Any] | None:
    """The schema that a value of `response_format` names; {} for any JSON, None for text."""
    if value == "json":
        return {}
    if not isinstance(value, Mapping):
        return None
    kind = value.get("type")
    if kind == "json_schema":
        named = value.get("json_schema")
        inner = named if isinstance(named, Mapping) else value
        found = inner.get("schema")
        return found if isinstance(found, Mapping) else {}
    if kind == "json_object":
        return {}
    if kind in ("text", "grammar", "python"):
        return None
    found = value.get("schema")
    return found if isinstance(found, Mapping) and "type" not in value else value


def check_answer(text: str, schema: Mapping[str, Any]) -> ShapeCheck:
    """What is to be said of an answer that should fit a schema. Blocks: call it in a thread."""
    if len(text) > LONGEST:
        return ShapeCheck("unchecked", "The answer is too long to be checked against its shape.")
    fenced = _FENCE.match(text)
    inner = fenced.group(1) if fenced else text
    around = " The JSON stood in a code block." if fenced else ""
    try:
        value = json.loads(inner)
    except RecursionError:
        return ShapeCheck("unchecked", "The answer is nested too deeply to be checked.")
    except ValueError as error:
        place = _place(error)
        return ShapeCheck("not_json", f"Not JSON: {place}" + ("" if place[-1] in "”…" else "."))
    if is_too_deep(value) or is_too_deep(schema):
        return ShapeCheck("unchecked", "The answer is nested too deeply to be checked.")
    if not schema:
        return ShapeCheck("fits", f"Is JSON.{around}")
    trouble = misfit(value, schema)
    if trouble:
        kind = "unchecked" if trouble.startswith("The schema") else "misfit"
        return ShapeCheck(kind, trouble if kind == "unchecked" else f"Does not fit: {trouble}.")
    return ShapeCheck("fits", f"Fits the schema.{around}")


def schema_trouble(schema: Any) -> str:
    """What is wrong with a JSON schema itself, as a person would say it; "" when nothing is."""
    if not isinstance(schema, Mapping):
        return 'A schema is an object in braces, like {"type": "object"}.'
    if is_too_deep(schema):
        return "The schema is nested too deeply."
    # The library is heavy, and most conversations never need it.
    from app.providers.parameters.json_schema import trouble_of

    return trouble_of(schema)


def misfit(value: Any, schema: Mapping[str, Any]) -> str:
    """How a value breaks a schema, "" when it fits; begins with "The schema" where that is bad."""
    if trouble := schema_trouble(schema):
        return f"The schema itself is not right: {trouble}"
    from app.providers.parameters.json_schema import breach_of

    return breach_of(value, schema)


def is_too_deep(value: Any) -> bool:
    """Whether a value has more than DEEPEST levels."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inner(outer)]
        if not level:
            return False
    return True


def _inner(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def _place(error: ValueError) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "it cannot be read"
    if not error.doc.strip():
        return "the answer is empty"
    if error.pos >= len(error.doc.rstrip()):
        return "something is missing at the end"
    there = " ".join(error.doc[error.pos : error.pos + 30].split())
    shown = there if len(there) <= 25 else f"{there[:24]}…"
    return f"line {error.lineno}, at “{shown}”"
