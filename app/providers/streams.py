"""Bytes to server-sent events, as they come: any line end, any cut, nothing read twice."""

from __future__ import annotations

from typing import NamedTuple

from app.core.errors import ProtocolError

MAX_EVENT_BYTES = 32 * 1024 * 1024
"""The most one event may hold; pictures come in one line, so this is generous."""
MAX_EVENTS = 2_000_000
_BOM = b"\xef\xbb\xbf"


class ServerEvent(NamedTuple):
    """One event: its name ("" when unnamed), its data lines joined by line feeds, the last id."""

    event: str
    data: str
    id: str = ""


class EventSplitter:
    """Splits a byte stream into events (WHATWG server-sent events), whatever the cuts.

    Lines end at LF, CR or CRLF and at nothing else. Events without data are left out. An event
    over `max_event` bytes, or more than MAX_EVENTS of them, ends in ProtocolError: events before it
    are returned first, and what is too much is not kept.
    """

    def __init__(self, *, max_event: int = MAX_EVENT_BYTES) -> None:
        self._max_event = max_event
        self._head: bytes | None = b""
        self._after_cr = False
        self._parts: list[bytes] = []
        self._held = 0
        self._ends_line = False
        self._last_id = ""
        self._count = 0
        self._is_too_much = False

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The events that are complete with these bytes."""
        if self._is_too_much:
            self._give_up()
        if self._head is not None:
            chunk = self._without_mark(chunk)
        if self._after_cr and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not chunk:
            return []
        if not (b"\n\n" in chunk or (self._ends_line and chunk[0] == 10)):
            self._hold(chunk)
            if self._is_too_much:
                self._give_up()
            return []
        if self._parts:
            self._parts.append(chunk)
            chunk = b"".join(self._parts)
            self._parts.clear()
            self._held = 0
        blocks = chunk.split(b"\n\n")
        rest = blocks.pop()
        events = self._read(blocks)
        self._ends_line = False
        if rest:
            self._hold(rest)
        return events

    def flush(self) -> list[ServerEvent]:
        """What is left at the end of the stream, as far as it has data: the caller judges it."""
        if self._is_too_much:
            self._give_up()
        rest = b"".join(self._parts) if self._head is None else self._head + b"".join(self._parts)
        self._parts.clear()
        self._held = 0
        return self._read([rest])

    def _read(self, blocks: list[bytes]) -> list[ServerEvent]:
        events: list[ServerEvent] = []
        for block in blocks:
            if block[:6] == b"data: " and b"\n" not in block:
                data = block[6:].decode("utf-8", "replace")
                if data:
                    events.append(ServerEvent("", data, self._last_id))
            elif block:
                event = self._read_lines(block)
                if event is not None:
                    events.append(event)
        self._count += len(events)
        if self._count > MAX_EVENTS:
            self._is_too_much = True
        return events

    def _read_lines(self, block: bytes) -> ServerEvent | None:
        name = ""
        data: list[str] = []
        for line in block.split(b"\n"):
            field, _, value = line.partition(b":")
            if field == b"data":
                data.append(value.removeprefix(b" ").decode("utf-8", "replace"))
            elif field == b"event":
                name = value.removeprefix(b" ").decode("utf-8", "replace")
            elif field == b"id" and b"\0" not in value:
                self._last_id = value.removeprefix(b" ").decode("utf-8", "replace")
        joined = "\n".join(data)
        return ServerEvent(name, joined, self._last_id) if joined else None

    def _hold(self, chunk: bytes) -> None:
        self._parts.append(chunk)
        self._held += len(chunk)
        self._ends_line = chunk.endswith(b"\n")
        if self._held > self._max_event:
            self._parts.clear()
            self._is_too_much = True
        elif len(self._parts) > 4096:
            self._parts = [b"".join(self._parts)]

    def _without_mark(self, chunk: bytes) -> bytes:
        """The chunk without the byte order mark that may open the stream."""
        head = (self._head or b"") + chunk
        if len(head) < len(_BOM) and _BOM.startswith(head):
            self._head = head
            return b""
        self._head = None
        return head.removeprefix(_BOM)

    def _give_up(self) -> None:
        raise ProtocolError(
            "The provider sent too much.",
            "What had arrived is kept. Ask for a shorter answer, or try another model.",
        )
