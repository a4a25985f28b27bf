"""What a provider says went wrong, whatever shape it says it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.providers.errors.retry_after import wait_in, wait_said
from app.providers.transport.json_text import DamagedError, integer, items, read_json, table, text

_DEPTH = 8
_CAUSES = ("error", "errors", "err", "exception", "fault", "failure", "errormessage", "errortype")
"""Members that hold a cause, in plain form: lower case, without separators."""
_WORDS = (
    "message",
    "msg",
    "statusmsg",
    "statusmessage",
    "errormessage",
    "errormsg",
    "errmsg",
    "errordescription",
    "faultstring",
    "detail",
    "details",
    "description",
    "explanation",
    "reason",
    "reasons",
    "title",
)
"""Members that say in words what happened, the most telling first."""
_CODES = (
    "code",
    "status",
    "statuscode",
    "httpstatus",
    "errorcode",
    "errcode",
    "errno",
    "ret",
    "retcode",
)
_FLAGS = ("success", "ok", "successful", "issuccess")
_FAILED = ("error", "fail", "failed", "failure", "exception")
_FINE = ("ok", "success", "succeeded", "successful", "completed", "done", "active", "normal")
_ANSWERS = ("choices", "content", "output", "delta", "usage", "message_start", "content_block")
"""Members in which the words of a model stand, or counts: no cause is looked for in them."""


@dataclass(slots=True)
class ErrorBody:
    """The words and codes found in an error body; "" and None where there are none.

    `codes` are machine words in lower case (`rate_limit_exceeded`); `upstream` is the host behind a
    gateway; `reasons` are moderation's; `excluded` what removed every route; `rules` those of a
    filter that were found broken.
    """

    message: str = ""
    codes: tuple[str, ...] = ()
    status: int | None = None
    parameter: str = ""
    upstream: str = ""
    reasons: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    is_retryable: bool | None = None
    retry_after: float | None = None


def error_body_in(body: Any) -> ErrorBody:
    """What a body says went wrong: an object, a list around one, or a text (maybe of JSON)."""
    found = ErrorBody()
    _read(body, found, _DEPTH)
    found.message = found.message.strip()
    found.codes = tuple(dict.fromkeys(found.codes))
    found.rules = rules_in(body)
    found.retry_after = wait_in(body)
    if found.retry_after is None:
        found.retry_after = wait_said(found.message)
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
    if chunk.get("choices"):
        # The state of the account or the service may stand beside the last words.
        return any(_has_bad_code(table(value)) for value in chunk.values() if type(value) is dict)
    if tells_failure(chunk):
        return True
    if chunk.get("choices") is not None or chunk.get("usage"):
        return False
    return bool(words_beside(chunk))


def words_beside(chunk: dict[str, Any]) -> str:
    """What a piece of a stream says in words of its own rather than in those of the model."""
    if chunk.get("object") == "chat.completion.chunk":
        return ""
    told = (chunk.get(name) for name in ("message", "msg", "detail"))
    return next((error_body_in(words).message for words in told if words), "")


def tells_failure(body: Any, depth: int = 4) -> bool:
    """Whether a body that holds no answer says that something failed, itself or in what it holds.

    Told by a member that holds a cause, a flag that says no, or a code that is not the good one
    with words beside it.
    """
    if type(body) is list:
        return depth > 0 and any(tells_failure(entry, depth - 1) for entry in body[:8])
    if type(body) is not dict or depth == 0:
        return False
    named = _plain_members(body)
    if any(named.get(name) for name in _CAUSES) or any(named.get(n) is False for n in _FLAGS):
        return True
    if any(text(named.get(name)).lower() in _FAILED for name in ("status", "type", "state")):
        return True
    if _has_bad_code(body):
        return True
    inner = (value for name, value in body.items() if name not in _ANSWERS)
    return any(tells_failure(value, depth - 1) for value in inner if type(value) is dict)


def rules_in(body: Any, depth: int = _DEPTH) -> tuple[str, ...]:
    """The rules of a filter that a body says were broken, with their severity."""
    return tuple(dict.fromkeys(_rules(body, depth)))


def _rules(body: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if type(body) is list:
        for entry in body[:16]:
            yield from _rules(entry, depth - 1)
    elif type(body) is dict:
        for name, value in body.items():
            if type(value) is dict and (value.get("filtered") or value.get("detected")):
                severity = text(value.get("severity"))
                yield f"{name}, {severity}" if severity else name
            else:
                yield from _rules(value, depth - 1)


def _plain_members(body: dict[str, Any]) -> dict[str, Any]:
    return {name.lower().replace("_", "").replace("-", ""): body[name] for name in body}


def _has_bad_code(body: dict[str, Any]) -> bool:
    """Whether a code that is not the good one stands beside words."""
    named = _plain_members(body)
    if not any(type(named.get(name)) is str and named[name].strip() for name in _WORDS):
        return False
    return any(_is_bad(named[name]) for name in _CODES if name in named)


def _is_bad(code: Any) -> bool:
    number = integer(code)
    if number is not None:
        return number != 0 and not 200 <= number < 300
    return bool(text(code)) and text(code).lower() not in _FINE and type(code) is not bool


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
        found.message = text(body.get("error_message"))
    if not found.message:
        _read_details(body.get("detail"), found, depth)
    if not found.message:
        _read_details(body.get("errors"), found, depth)
    _read_rarer(body, found, depth)


def _read_rarer(body: dict[str, Any], found: ErrorBody, depth: int) -> None:
    """Codes and words under the names that few use, and what stands in an object of the body."""
    named = _plain_members(body)
    for name in ("errorcode", "errcode"):
        _read_code(named.get(name), found)
    for name in ("innererror", "cause"):
        if type(named.get(name)) is dict:
            _read(named[name], found, depth - 1)
    for name in (*_CAUSES, *_WORDS):
        if not found.message and named.get(name) and named[name] is not body.get("error"):
            _read(named[name], found, depth - 1)
    for value in body.values():
        if not found.message and type(value) is dict and tells_failure(value):
            _read(value, found, depth - 1)


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
    for entry in items(availability.get("excluded_by")):
        words = text(entry) or text(table(entry).get("reason")) or text(table(entry).get("code"))
        if words:
            found.excluded += (words,)
