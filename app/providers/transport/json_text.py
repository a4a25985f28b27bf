"""Reads foreign JSON and picks values out of it by kind; what has another kind counts as absent."""

from __future__ import annotations

import json
import math
from decimal import Decimal, InvalidOperation
from typing import Any

_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _: None)


class DamagedError(ValueError):
    """The text is not JSON that can be read."""


def read_json(text: str) -> Any:
    """The value; control characters inside texts pass, NaN and Infinity are None."""
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise DamagedError(str(error)[:200]) from None


def table(value: Any) -> dict[str, Any]:
    """A JSON object, or an empty one."""
    return value if type(value) is dict else {}


def items(value: Any) -> list[Any]:
    """A JSON array, or an empty one."""
    return value if type(value) is list else []


def text(value: Any) -> str:
    """A JSON text, or an empty one."""
    return value if type(value) is str else ""


def integer(value: Any) -> int | None:
    """A whole number, also when it came as a text or as a float; None otherwise."""
    found = number(value)
    return int(found) if found is not None and abs(found) < 1e18 else None


def count(*values: Any) -> int | None:
    """The first whole number that is 0 or more; None where there is none."""
    found = (integer(value) for value in values)
    return next((number for number in found if number is not None and number >= 0), None)


def positive(*values: Any) -> int | None:
    """The first whole number above 0; None where there is none."""
    found = (integer(value) for value in values)
    return next((number for number in found if number is not None and number > 0), None)


def number(value: Any) -> float | None:
    """A finite number, also when it came as a text; None otherwise."""
    if type(value) is str:
        try:
            value = float(value)
        except ValueError:
            return None
    if type(value) not in (int, float):
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:
        return None


def amount(value: Any) -> Decimal | None:
    """An amount of money, never through a float's digits; None when it is none or below 0."""
    if type(value) not in (int, float, str):
        return None
    try:
        found = Decimal(str(value).strip())
    except (InvalidOperation, ValueError):
        return None
    return found if found.is_finite() and found >= 0 else None
