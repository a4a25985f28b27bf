"""Whether an answer has the shape that was asked for: JSON, or JSON that fits a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.core.conversations.conversation import ShapeCheck

if TYPE_CHECKING:
    from jsonschema import ValidationError

LONGEST = 2_000_000
"""Characters of an answer that are checked."""
DEEPEST = 100
"""Levels of an answer or a schema that are checked."""
LONGEST_MATCHED = 10_000
"""Characters of one text that a pattern is held against."""

_FENCE = re.compile(r"\A\s*```[A-Za-z0-9]*[ \t]*\n(.*)\n[ \t]*```\s*\Z", re.DOTALL)
_RISKY = re.compile(r"\([^)]*[*+{][^)]*\)\s*[*+{]")
"""A repeat inside a repeat, which can take for ever."""


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
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    error = _best(validator.iter_errors(schema))
    return f"{_said(error)}." if error is not None else ""


def misfit(value: Any, schema: Mapping[str, Any]) -> str:
    """How a value breaks a schema, "" when it fits; begins with "The schema" where that is bad."""
    import referencing
    from jsonschema import Draft202012Validator, validators
    from jsonschema.exceptions import UnknownType
    from referencing.exceptions import Unresolvable

    if trouble := schema_trouble(schema):
        return f"The schema itself is not right: {trouble}"
    extend: Any = validators.extend
    checker = extend(Draft202012Validator, {"pattern": _pattern})
    # A registry that fetches nothing: a schema never makes Facet ask an address.
    validator = checker(schema, registry=referencing.Registry())
    try:
        error = _best(validator.iter_errors(value))
    except Unresolvable:
        return "The schema refers to another one, which Facet does not fetch."
    except (UnknownType, re.error, RecursionError):
        return "The schema could not be used to check the answer."
    return _said(error) if error is not None else ""


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


def _pattern(
    _validator: Any, pattern: Any, instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    """`pattern`, but not where holding it against the text could take for ever."""
    from jsonschema import ValidationError

    if not isinstance(instance, str) or len(instance) > LONGEST_MATCHED or _RISKY.search(pattern):
        return
    if not re.search(pattern, instance):
        yield ValidationError(f"{instance!r} does not match", validator="pattern")


def _best(errors: Iterator[ValidationError]) -> ValidationError | None:
    from jsonschema.exceptions import best_match

    found: ValidationError | None = best_match(errors)
    return found


_TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def _said(error: ValidationError) -> str:
    """A sentence without its full stop: where, and what is wrong there."""
    limit: Any = error.validator_value
    instance: Any = error.instance
    place = error.json_path
    place = "the whole" if place == "$" else place
    match error.validator:
        case "anyOf" if error.absolute_path and error.absolute_path[-1] == "type":
            return f"{place}: there is no type {_short(instance)}, only {', '.join(_TYPES)}"
        case "type":
            wanted = limit if isinstance(limit, list) else [limit]
            return f"{place} is not {' or '.join(_TYPES.get(str(n), str(n)) for n in wanted)}"
        case "required":
            names = [n for n in limit if n not in instance] if _is_list(limit) else []
            return f"{place} lacks “{_short(names[0])}”" if names else f"{place} lacks a field"
        case "additionalProperties" | "unevaluatedProperties":
            known = table_names(error.schema)
            more = [name for name in instance if name not in known]
            return f"{place} has “{_short(more[0] if more else '')}”, which the schema has not"
        case "enum":
            named = ", ".join(json.dumps(option, ensure_ascii=False) for option in limit)
            return f"{place} is none of {_short(named, 120)}"
        case "minimum" | "exclusiveMinimum":
            return f"{place} is too small: {_short(str(limit))} is the least"
        case "maximum" | "exclusiveMaximum":
            return f"{place} is too large: {_short(str(limit))} is the most"
        case "minItems" | "maxItems" | "minLength" | "maxLength":
            few = "short" if str(error.validator).startswith("min") else "long"
            return f"{place} is too {few}: {_short(str(limit))} is the limit"
        case "pattern":
            return f"{place} does not look as it should ({_short(str(limit))})"
    return f"{place}: {_short(error.message, 200)}"


def table_names(schema: Any) -> list[str]:
    """The names of the fields a schema knows."""
    found = schema.get("properties") if isinstance(schema, Mapping) else None
    return list(found) if isinstance(found, Mapping) else []


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _short(text: Any, limit: int = 60) -> str:
    text = str(text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _place(error: ValueError) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "it cannot be read"
    if not error.doc.strip():
        return "the answer is empty"
    if error.pos >= len(error.doc.rstrip()):
        return "something is missing at the end"
    shown = " ".join(error.doc[error.pos : error.pos + 30].split())
    return f"line {error.lineno}, at “{_short(shown, 25)}”"
