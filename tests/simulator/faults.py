"""What goes wrong, and how it is asked for: by a Scenario, the header X-Sim, or the end of a model
id."""

import asyncio
import time
from dataclasses import dataclass, field, fields, replace
from email.utils import formatdate
from typing import Any

from tests.simulator.byte_modes import MODES
from tests.simulator.scripts import Script, script_named

HTML = (
    "<!DOCTYPE html><html><head><title>{status} {phrase}</title></head>"
    "<body><h1>{phrase}</h1><p>cloudflare</p></body></html>"
)
CHOICES: dict[str, tuple[str, ...]] = {
    "body": ("", "html", "json_error", "empty", "text", "plain_list", "gzip_error"),
    "midstream": ("", "one_choice", "empty_choices", "no_choices", "string", "flat"),
    "reset": ("", "before_headers", "after_headers", "mid_event", "after_content", "after_finish"),
    "end": ("", "no_finish", "no_done", "open", "no_chunk_end", "leaked_done", "heartbeats"),
    "finish": ("", "empty", "null", "unknown", "two", "absent", "on_every"),
    "usage": ("", "zero", "null", "each", "strings", "absent", "one_choice", "in_finish"),
    "refuse": (
        "",
        "system",
        "developer",
        "signature",
        "stream_options",
        "context",
        "moderation",
        "raw",
    ),
    "retry_after": None,
    "redirect": None,
    "message": None,
}


@dataclass(frozen=True)
class Scenario:
    """How one request is answered. Everything unset is the provider's ordinary behaviour.

    `pause` is seconds between events, `silence` seconds before the head is written. `hold_after`
    stops the stream
    after that many content events until `gate` is set or the client goes; `comments` sends
    keep-alives instead
    of content until the client goes; `big_line` is the MB of one line that never ends in time.
    `pieces` is the whole body as it stands, each piece a write of its own, under `head`.
    """

    script: str | Script = "plain"
    bytes: str = "plain"
    status: int = 0
    retry_after: str = ""
    message: str = ""
    body: str = ""
    midstream: str = ""
    reset: str = ""
    end: str = ""
    finish: str = ""
    usage: str = ""
    refuse: str = ""
    redirect: str = ""
    framing: str = "chunked"
    silence: float = 0.0
    pause: float = 0.0
    comments: bool = False
    broken: int = 0
    big_line: int = 0
    no_id: bool = False
    substituted: bool = False
    ignores_stream: bool = False
    hold_after: int = -1
    gate: asyncio.Event | None = field(default=None, compare=False)
    times: int = 1
    pieces: tuple[Any, ...] = ()
    head: tuple[tuple[str, str], ...] = (("Content-Type", "text/event-stream"),)

    def __post_init__(self) -> None:
        for name, accepted in CHOICES.items():
            value = getattr(self, name)
            if accepted is not None and value not in accepted:
                raise ValueError(f"{name}={value!r}: one of {accepted}")
        for name in self.bytes.split("+"):
            if name not in MODES:
                raise ValueError(f"bytes={name!r}: one of {sorted(MODES)}")
        self.content()

    def content(self) -> Script:
        """The script that is spoken."""
        return self.script if isinstance(self.script, Script) else script_named(self.script)

    @property
    def is_error(self) -> bool:
        """Whether the request is refused before anything is generated."""
        return self.status >= 300 or self.body in ("html", "json_error", "empty", "text")


PLAIN = Scenario()


def scenario_from(text: str, start: Scenario = PLAIN) -> Scenario:
    """A scenario from `name=value; name=value`; a bare name is true. ValueError for anything
    unknown."""
    kinds = {item.name: type(getattr(PLAIN, item.name)) for item in fields(Scenario)}
    values: dict[str, Any] = {}
    for item in text.split(";"):
        name, _, value = (part.strip() for part in item.partition("="))
        if not name:
            continue
        if name not in kinds or name in ("gate", "pieces", "head"):
            raise ValueError(f"no fault is called {name!r}")
        kind = kinds[name]
        values[name] = value != "0" if kind is bool else kind(value)
    return replace(start, **values)


def split_model(model: str) -> tuple[str, str]:
    """A model id and the faults written behind its `@`."""
    name, _, faults = model.partition("@")
    return name, faults


def retry_headers(retry_after: str) -> list[tuple[str, str]]:
    """Retry-After in the form that is asked for: `3` seconds, `date` in 3 s, `ms` 1500, `past`,
    `junk`."""
    if not retry_after:
        return []
    if retry_after == "date":
        return [("Retry-After", formatdate(time.time() + 3, usegmt=True))]
    if retry_after == "past":
        return [("Retry-After", formatdate(time.time() - 60, usegmt=True))]
    if retry_after == "ms":
        return [("retry-after-ms", "1500")]
    return [("Retry-After", retry_after)]


MESSAGES: dict[int, str] = {
    400: "Invalid request",
    401: "No auth credentials found",
    402: "Insufficient credits. Add more and try again.",
    403: "Forbidden by policy",
    404: "No endpoints found for this model.",
    408: "Your request timed out",
    413: "Request entity too large",
    422: "Unprocessable input",
    429: "Rate limit exceeded",
    500: "Internal Server Error",
    502: "Your chosen model is down",
    503: "No available model provider meets your routing requirements",
    504: "Generation timeout",
    520: "Unknown origin error",
    524: "Edge network timeout",
    529: "Provider overloaded",
}
