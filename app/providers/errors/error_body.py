"""What a provider says went wrong, whatever shape it says it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.providers.transport.json_text import DamagedError, integer, items, read_json, table, text

_DEPTH = 8


@dataclass(slots=True)
class ErrorBody:
    """The words and codes found in an error body; "" and None where there are none.

    `codes` are machine words in lower case (`rate_limit_exceeded`); `upstream` is the host behind a
    gateway; `reasons` are moderation's; `excluded` what removed every route.
    """

    message: str = ""
    codes: tuple[str, ...] = ()
    status: int | None = None
    parameter: str = ""
    upstream: str = ""
    reasons: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    is_retryable: bool | None = None
    retry_after: float | None = None


def error_body_in(body: Any) -> ErrorBody:
    """What a body says went wrong: an object, a list around one, or a text (maybe of JSON)."""
    found = ErrorBody()
    _read(body, found, _DEPTH)
    found.message = found.message.strip()
    found.codes = tuple(dict.fromkeys(found.codes))
    return found


def is_error_body(piece: dict[str, Any]) -> bool:
    """Whether an object says by its own fields that it is an error."""
    if piece.get("error") or piece.get("error_message") or piece.get("error_type"):
        return text(piece.get("type")) not in ("response.failed", "response.incomplete")
    return piece.get("type") in ("error", "response.error")


def names_error_body(chunk: dict[str, Any]) -> bool:
    """Whether a piece of a stream is an error rather than a part of the answer."""
    if is_error_body(chunk):
        return True
    if "choices" in chunk or "usage" in chunk:
        return False
    has_words = type(chunk.get("message")) is str or bool(chunk.get("detail"))
    return has_words and chunk.get("object") != "chat.completion.chunk"


def _read(body: Any, found: ErrorBody, depth: int) -> None:
    if depth == 0:
        return
    if type(body) is str:
        _read_text(body, found, depth)
    elif type(body) is list:
        for entry in body[:8]:
            _read(entry, found, depth - 1)
            if found.message:
                return
    elif type(body) is dict:
        _read_table(body, found, depth)


def _read_text(body: str, found: ErrorBody, depth: int) -> None:
    stripped = body.strip()
    if stripped[:1] in '{["' and stripped:
        try:
            return _read(read_json(stripped), found, depth - 1)
        except DamagedError:
            pass
    found.message = found.message or stripped
    return None


def _read_table(body: dict[str, Any], found: ErrorBody, depth: int) -> None:
    for name in ("error_type", "code", "type", "status"):
        _read_code(body.get(name), found)
    for name in ("statusCode", "http_status", "status_code"):
        _read_code(body.get(name), found)
    found.parameter = found.parameter or text(body.get("param"))
    _read_metadata(table(body.get("metadata")), found, depth)
    _read_availability(table(body.get("availability")), found)
    if body.get("error"):
        _read(body["error"], found, depth - 1)
    if not found.message:
        _read_message(body.get("message"), found, depth)
    if not found.message:
        found.message = text(body.get("error_message")) or text(body.get("title"))
    if not found.message:
        _read_details(body.get("detail"), found, depth)
    if not found.message:
        _read_details(body.get("errors"), found, depth)


def _read_code(value: Any, found: ErrorBody) -> None:
    number = integer(value)
    if number is not None:
        if 100 <= number <= 599 and found.status is None:
            found.status = number
    elif text(value) and value != "error":
        found.codes += (value.lower(),)


def _read_message(value: Any, found: ErrorBody, depth: int) -> None:
    if type(value) is list:
        found.message = "; ".join(entry for entry in value[:8] if type(entry) is str)
    if not found.message and value is not None:
        _read(value, found, depth - 1)


def _read_details(value: Any, found: ErrorBody, depth: int) -> None:
    """FastAPI's `detail`: a text, or a list of {loc, msg}."""
    said = []
    for entry in items(value)[:8]:
        detail = table(entry)
        place = ".".join(str(part) for part in items(detail.get("loc")) if part != "body")
        words = text(detail.get("msg")) or text(detail.get("message"))
        if words:
            said.append(f"{place}: {words}" if place else words)
            found.parameter = found.parameter or place.split(".")[0]
    if said:
        found.message = "; ".join(said)
    else:
        _read(value, found, depth - 1)


def _read_metadata(metadata: dict[str, Any], found: ErrorBody, depth: int) -> None:
    _read_code(metadata.get("error_type"), found)
    found.upstream = found.upstream or text(metadata.get("provider_name"))
    for name in ("reasons", "patterns"):
        found.reasons += tuple(filter(None, map(text, items(metadata.get(name)))))
    raw = metadata.get("raw")
    if raw:
        inner = ErrorBody()
        _read(raw, inner, depth - 1)
        found.message = found.message or inner.message
        found.codes += inner.codes
        found.parameter = found.parameter or inner.parameter


def _read_availability(availability: dict[str, Any], found: ErrorBody) -> None:
    _read_code(availability.get("code"), found)
    if type(availability.get("retryable")) is bool:
        found.is_retryable = availability["retryable"]
    seconds = integer(availability.get("retry_after"))
    if seconds is not None:
        found.retry_after = float(min(max(seconds, 0), 60))
    for entry in items(availability.get("excluded_by")):
        words = text(entry) or text(table(entry).get("reason")) or text(table(entry).get("code"))
        if words:
            found.excluded += (words,)
