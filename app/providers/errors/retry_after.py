"""How long a provider asks to wait, in a header, a body or its words. None of it is shortened."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST = 366 * 86_400.0
"""Seconds; nobody means a longer wait."""
_DEPTH = 8
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_UNIT = (
    r"(milliseconds?|msecs?|ms|seconds?|secs?|sec|s|minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d)"
    r"(?![a-z])"
)
_PIECE = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT}", re.I)
_SPAN = rf"(?:\d+(?:\.\d+)?\s*{_UNIT}(?:\s*,?\s*(?:and\s+)?(?=\d))?)+"
_WHOLE_SPAN = re.compile(_SPAN, re.I)
_SAID = re.compile(
    r"(?:try(?:ing)? again|retry(?:ing)?|wait|resets?|available)\b[^.!?\d]{0,40}?"
    rf"(?P<span>(?<![\d.]){_SPAN})",
    re.I,
)
_NAMES = {
    "retryafter": 1.0,
    "retryafterseconds": 1.0,
    "retryafterms": 0.001,
    "retryaftermilliseconds": 0.001,
    "retrydelay": 1.0,
    "retryin": 1.0,
    "retryinseconds": 1.0,
    "resetsinseconds": 1.0,
    "resetinseconds": 1.0,
    "waitseconds": 1.0,
}


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds from `retry-after-ms` or `retry-after` (seconds, a span or an HTTP date), 0 or more.

    None when neither is there or neither can be read. `headers` ignores the case of names.
    """
    milliseconds = _seconds(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return _bounded(milliseconds / 1000)
    value = headers.get("retry-after", "").strip()
    seconds = span_of(value)
    if seconds is not None:
        return _bounded(seconds)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return _bounded((date - (now or datetime.now(UTC))).total_seconds())


def span_of(value: Any) -> float | None:
    """Seconds of a number, or of a text like `45.8s`, `1m30s` or `2 hours`; None for others."""
    if type(value) is str:
        text = value.strip()
        if _WHOLE_SPAN.fullmatch(text):
            return sum(float(piece[1]) * _unit(piece[2]) for piece in _PIECE.finditer(text))
        return _seconds(text)
    return _seconds(str(value)) if type(value) in (int, float) else None


def wait_in(body: Any, depth: int = _DEPTH) -> float | None:
    """The wait that a body names anywhere in it, under a name that means one."""
    if depth == 0:
        return None
    if type(body) is list:
        found = (wait_in(entry, depth - 1) for entry in body[:16])
    elif type(body) is dict:
        for name, value in body.items():
            scale = _NAMES.get(name.lower().replace("_", "").replace("-", ""))
            seconds = None if scale is None else span_of(value)
            if seconds is not None and scale is not None:
                is_named = type(value) is str and _WHOLE_SPAN.fullmatch(value.strip())
                return _bounded(seconds if is_named else seconds * scale)
        found = (wait_in(value, depth - 1) for value in body.values())
    else:
        return None
    return next((seconds for seconds in found if seconds is not None), None)


def wait_said(words: str) -> float | None:
    """The wait that a sentence asks for: “try again in 1m30s”."""
    found = _SAID.search(words)
    return None if found is None else _bounded(span_of(found["span"]) or 0.0)


def _unit(word: str) -> float:
    word = word.lower()
    if word.startswith(("ms", "milli")):
        return _UNITS["ms"]
    return _UNITS[word[0]]


def _seconds(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _bounded(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST)
