"""What the simulator saw and did: every request byte for byte (keys replaced), every write, every
close."""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SECRET_HEADERS = ("authorization", "x-api-key", "api-key", "proxy-authorization")


def key_digest(key: str) -> str:
    """What stands in the record for a key: enough to compare, nothing to steal."""
    return f"<key {hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:12]}>"


def sent_key(headers: list[tuple[str, str]]) -> str:
    """The key of a request as it was sent, without its scheme; empty when there is none."""
    for name, value in headers:
        if name.lower() in SECRET_HEADERS:
            return value.split(" ", 1)[1].strip() if " " in value.strip() else value.strip()
    return ""


@dataclass
class Exchange:
    """One request and what became of it. Times are seconds on the simulator's clock."""

    number: int
    connection: int
    method: str
    path: str
    query: dict[str, str]
    head: bytes
    headers: list[tuple[str, str]]
    body: bytes
    received_at: float
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    json: Any = None
    status: int | None = None
    writes: list[tuple[float, int]] = field(default_factory=list)
    written: bytearray = field(default_factory=bytearray, repr=False)
    finished_at: float | None = None
    closed_at: float | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    closed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    finished: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    content_sent: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def header(self, name: str) -> str | None:
        """The first header of this name, None when it was not sent."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    @property
    def raw(self) -> bytes:
        """The request as it came over the wire, the key replaced by its digest."""
        return self.head + self.body

    @property
    def is_generation(self) -> bool:
        """Whether it asks for an answer (and may therefore be charged)."""
        return self.method == "POST" and self.path.endswith(
            ("/chat/completions", "/responses", "/messages")
        )

    def wrote(self, data: bytes, keep: bool) -> None:
        """Notes one write."""
        self.writes.append((self.clock(), len(data)))
        if keep:
            self.written += data

    def close(self) -> None:
        """Notes that the other side closed, once."""
        if self.closed_at is None:
            self.closed_at = self.clock()
        self.closed.set()

    def end(self) -> None:
        """Notes that the simulator has nothing more to write."""
        self.finished_at = self.clock()
        self.finished.set()


class Recording:
    """Every exchange of one simulator, in order of arrival."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.connections = 0
        self._arrived = asyncio.Condition()

    def __len__(self) -> int:
        return len(self.exchanges)

    @property
    def last(self) -> Exchange:
        """The newest exchange."""
        return self.exchanges[-1]

    @property
    def generations(self) -> list[Exchange]:
        """The exchanges that asked for an answer."""
        return [exchange for exchange in self.exchanges if exchange.is_generation]

    async def add(self, exchange: Exchange) -> None:
        """Keeps an exchange and wakes who waits for it."""
        async with self._arrived:
            self.exchanges.append(exchange)
            self._arrived.notify_all()

    async def wait_for(self, count: int = 1, seconds: float = 10.0) -> Exchange:
        """The exchange with this number (from 1), as soon as it has arrived."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: len(self.exchanges) >= count)
        return self.exchanges[count - 1]

    def clear(self) -> None:
        """Forgets what was seen so far."""
        self.exchanges.clear()

    def holds(self, secret: str) -> bool:
        """Whether a text is anywhere in what was recorded (requests, headers, bodies)."""
        needle = secret.encode()
        return any(
            needle in exchange.raw or any(secret in value for _, value in exchange.headers)
            for exchange in self.exchanges
        )


def hide_keys(
    head: bytes, headers: list[tuple[str, str]]
) -> tuple[bytes, list[tuple[str, str]], str]:
    """A request head and its headers with the key replaced, and the key itself for checking."""
    key = sent_key(headers)
    if not key:
        return head, headers, ""
    digest = key_digest(key)
    shown = [
        (name, value.replace(key, digest) if name.lower() in SECRET_HEADERS else value)
        for name, value in headers
    ]
    pattern = re.compile(rb"(?im)^((?:" + "|".join(SECRET_HEADERS).encode() + rb"):[^\r\n]*)")

    def blank(match: re.Match[bytes]) -> bytes:
        return match[1].replace(key.encode("latin-1", "replace"), digest.encode())

    return pattern.sub(blank, head), shown, key


def parsed(body: bytes) -> Any:
    """The body as JSON, None when it is none."""
    try:
        return json.loads(body) if body else None
    except (ValueError, UnicodeDecodeError):
        return None
