"""How a value breaks a JSON schema, or a schema the rules for schemas, as a person would say it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import referencing
from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.exceptions import UnknownType, best_match
from referencing.exceptions import Unresolvable

LONGEST_MATCHED = 10_000
"""Characters of one text that a pattern is held against."""

_RISKY = re.compile(r"\([^)]*[*+{][^)]*\)\s*[*+{]")
"""A repeat inside a repeat, which can take for ever."""


def trouble_of(schema: Mapping[str, Any]) -> str:
    """What is wrong with a schema itself; "" when nothing is."""
    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    error = _best(validator.iter_errors(schema))
    return f"{_said(error)}." if error is not None else ""


def breach_of(value: Any, schema: Mapping[str, Any]) -> str:
    """How a value breaks a schema, "" when it does not."""
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


def _pattern(
    _validator: Any, pattern: Any, instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    """`pattern`, but not where holding it against the text could take for ever."""
    if not isinstance(instance, str) or len(instance) > LONGEST_MATCHED or _RISKY.search(pattern):
        return
    if not re.search(pattern, instance):
        yield ValidationError(f"{instance!r} does not match", validator="pattern")


def _best(errors: Iterator[ValidationError]) -> ValidationError | None:
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
