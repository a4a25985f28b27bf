"""The bytes of a reply as they arrive: unpacked, counted, and waited for only so long."""

from __future__ import annotations

import asyncio
import zlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable
from typing import cast

import httpx

from app.core.errors import ProtocolError, UnavailableError
from app.providers.catalogue.profile import ProviderProfile
from app.providers.transport.http import Timeouts

MAX_BYTES = 1024 * 1024 * 1024
"""The most unpacked bytes of one stream: a thousand bytes for each token of the longest answers."""
_STEP = 1024 * 1024
_GZIP = b"\x1f\x8b"


class Unpacker:
    """Undoes one layer of gzip or deflate, in pieces of at most a MiB, whatever the header says.

    A gzip body without the header is unpacked, a plain body with it is passed on.
    """

    def __init__(self, encoding: str, profile: ProviderProfile) -> None:
        names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
        names = [name for name in names if name != "identity"]
        if len(names) > 1 or any(name not in ("gzip", "x-gzip", "deflate") for name in names):
            raise ProtocolError(
                f"{profile.name} packed its reply ({', '.join(names)[:60]}) although asked not to.",
                "Try again, or choose another route.",
                provider=profile.id,
            )
        self._profile = profile
        self._is_deflate = names == ["deflate"]
        self._head = b""
        self._is_known = False
        self._inflate: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> list[bytes]:
        """The unpacked pieces of one chunk; ProtocolError when it cannot be unpacked."""
        if not self._is_known:
            chunk = self._head + chunk
            if len(chunk) < 2:
                self._head = chunk
                return []
            self._is_known = True
            self._inflate = self._opened(chunk)
        if self._inflate is None:
            return [chunk]
        try:
            return self._unpack(chunk)
        except zlib.error as error:
            raise ProtocolError(
                f"The reply of {self._profile.name} is packed in a way that cannot be unpacked.",
                "Try again, or choose another route.",
                provider=self._profile.id,
                details=f"{error}; first bytes {chunk[:16].hex(' ')}",
            ) from error

    def flush(self) -> list[bytes]:
        """A first byte that waited for a second."""
        return [self._head] if self._head and not self._is_known else []

    def _opened(self, chunk: bytes) -> zlib._Decompress | None:
        if chunk.startswith(_GZIP):
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        if self._is_deflate:
            has_header = chunk[0] & 15 == 8 and (chunk[0] * 256 + chunk[1]) % 31 == 0
            return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
        return None

    def _unpack(self, chunk: bytes) -> list[bytes]:
        pieces = []
        total = 0
        while chunk and self._inflate is not None:
            piece = self._inflate.decompress(chunk, _STEP)
            total += len(piece)
            if total > 32 * _STEP:
                raise ProtocolError(
                    "The provider sent too much.",
                    "What had arrived is kept. Try again, or choose another route.",
                    provider=self._profile.id,
                )
            if piece:
                pieces.append(piece)
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof:
                chunk = self._inflate.unused_data
                if chunk:
                    self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return pieces


class Delivery:
    """One reply in chunks, with the four waits. `progressed` is told of every piece of content."""

    def __init__(
        self, response: httpx.Response, timeouts: Timeouts, profile: ProviderProfile, sent_at: float
    ) -> None:
        # Not aiter_raw: it refuses a reply that a transport handed over whole.
        self._chunks = aiter(cast("AsyncIterable[bytes]", response.stream))
        self._ready: deque[bytes] = deque()
        self._is_over = False
        self._unpacker = Unpacker(response.headers.get("content-encoding", ""), profile)
        self._timeouts = timeouts
        self._profile = profile
        self._now = asyncio.get_running_loop().time
        self._sent_at = sent_at
        self._first_byte_by = sent_at + timeouts.first_byte
        self._content_by = self._first_byte_by
        self._end_by: float | None = None
        self._has_bytes = False
        self._count = 0

    def progressed(self) -> None:
        """Content arrived: the wait for more begins anew."""
        self._content_by = self._now() + self._timeouts.content

    def end_within(self, seconds: float) -> None:
        """The answer is complete: what still follows is read for so long and no longer."""
        by = self._now() + seconds
        self._end_by = by if self._end_by is None else min(self._end_by, by)

    def __aiter__(self) -> Delivery:
        return self

    async def __anext__(self) -> bytes:
        """The next unpacked chunk. UnavailableError when a wait is over, except after the end."""
        while not self._ready:
            if self._is_over:
                raise StopAsyncIteration
            chunk = await self._next()
            if chunk is None:
                self._is_over = True
                self._ready.extend(self._unpacker.flush())
            else:
                self._ready.extend(self._unpacker.feed(chunk))
        piece = self._ready.popleft()
        self._count += len(piece)
        if self._count > MAX_BYTES:
            raise ProtocolError(
                "The provider sent too much.",
                "What had arrived is kept.",
                provider=self._profile.id,
            )
        return piece

    async def aclose(self) -> None:
        """Lets go of the reply's stream; the response itself is its owner's to close."""
        if isinstance(self._chunks, AsyncGenerator):
            await self._chunks.aclose()

    async def _next(self) -> bytes | None:
        deadline, reason = self._deadline()
        try:
            async with asyncio.timeout_at(deadline):
                chunk = await anext(self._chunks, None)
        except TimeoutError:
            if self._end_by is not None:
                return None
            raise UnavailableError(
                reason, "Try again; what had arrived is kept.", provider=self._profile.id
            ) from None
        if chunk and not self._has_bytes:
            self._has_bytes = True
            self.progressed()
        return chunk

    def _deadline(self) -> tuple[float, str]:
        name, waits = self._profile.name, self._timeouts
        if self._end_by is not None:
            return self._end_by, ""
        if not self._has_bytes:
            return (
                self._first_byte_by,
                f"{name} did not answer within {waits.first_byte:g} seconds.",
            )
        idle_by = self._now() + waits.idle
        deadline, reason = idle_by, f"{name} sent nothing for {waits.idle:g} seconds."
        if self._content_by < deadline:
            deadline = self._content_by
            reason = f"{name} sent no word of the answer for {waits.content:g} seconds."
        if waits.total is not None and self._sent_at + waits.total < deadline:
            deadline = self._sent_at + waits.total
            reason = f"The answer took longer than {waits.total:g} seconds."
        return deadline, reason
