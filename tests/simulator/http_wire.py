"""HTTP/1.1 by hand: reads requests from a socket and writes answers to the byte."""

import asyncio
import socket
import struct
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from tests.simulator.record import Exchange

PHRASES = {
    200: "OK",
    201: "Created",
    204: "No Content",
    302: "Found",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    413: "Payload Too Large",
    422: "Unprocessable Entity",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    520: "Unknown Error",
    524: "A Timeout Occurred",
    529: "Overloaded",
}
NEXT_READS = 3


class BadRequestError(Exception):
    """What arrived is no HTTP request."""


class Incoming:
    """The reading half of a connection. It reads all the time, so that a close is seen at once."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._buffer = bytearray()
        self._news = asyncio.Event()
        self.closed = asyncio.Event()
        self._task = asyncio.create_task(self._pump())

    async def _pump(self) -> None:
        try:
            while data := await self._reader.read(1 << 16):
                self._buffer += data
                self._news.set()
        except OSError:
            pass
        finally:
            self.closed.set()
            self._news.set()

    async def _until(self, size: int) -> None:
        while len(self._buffer) < size:
            if self.closed.is_set():
                raise EOFError
            self._news.clear()
            await self._news.wait()

    async def request(self) -> tuple[str, str, dict[str, str], bytes, list, bytes]:
        """The next request: method, path, query, head, headers, body. EOFError when there is
        none."""
        end = -1
        while end < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                await self._until(len(self._buffer) + 1)
        head = bytes(self._buffer[: end + 4])
        del self._buffer[: end + 4]
        lines = head[:-4].decode("latin-1").split("\r\n")
        try:
            method, target, _ = lines[0].split(" ")
            headers = [
                (name.strip(), value.strip())
                for name, value in (line.split(":", 1) for line in lines[1:])
            ]
        except ValueError as error:
            raise BadRequestError(lines[0]) from error
        named = {name.lower(): value for name, value in headers}
        if "chunked" in named.get("transfer-encoding", ""):
            body = await self._chunked()
        else:
            body = await self._exactly(int(named.get("content-length", "0")))
        parts = urlsplit(target)
        return method, parts.path, dict(parse_qsl(parts.query)), head, headers, body

    async def _exactly(self, size: int) -> bytes:
        await self._until(size)
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    async def _chunked(self) -> bytes:
        pieces = []
        while True:
            while (end := self._buffer.find(b"\r\n")) < 0:
                await self._until(len(self._buffer) + 1)
            size = int(await self._exactly(end), 16)
            await self._exactly(2)
            pieces.append(await self._exactly(size))
            await self._exactly(2)
            if size == 0:
                return b"".join(pieces)

    def stop(self) -> None:
        """Ends the reading."""
        self._task.cancel()


class Outgoing:
    """The writing half for one exchange: a head, then pieces, each a write (and a chunk) of its
    own."""

    def __init__(self, writer: asyncio.StreamWriter, exchange: Exchange) -> None:
        self._writer = writer
        self._exchange = exchange
        self._chunked = False
        self.keeps_open = True

    async def head(
        self,
        status: int,
        headers: Iterable[tuple[str, str]],
        *,
        length: int | None = None,
        framing: str = "chunked",
    ) -> None:
        """Writes the status line and headers; `framing` is chunked or close when there is no
        length."""
        self._exchange.status = status
        lines = [f"HTTP/1.1 {status} {PHRASES.get(status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        elif framing == "chunked":
            self._chunked = True
            lines.append("Transfer-Encoding: chunked")
        else:
            self.keeps_open = False
            lines.append("Connection: close")
        await self._write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))

    async def piece(self, data: bytes, *, apart: bool = False) -> None:
        """Writes part of the body; `apart` gives the other side a chance to read it by itself."""
        if not data:
            return
        if self._chunked:
            data = b"%x\r\n%s\r\n" % (len(data), data)
        await self._write(data)
        if apart:
            await self.yield_()

    async def yield_(self) -> None:
        """Lets a reader in the same loop take what was written."""
        for _ in range(NEXT_READS):
            await asyncio.sleep(0)

    async def end(self) -> None:
        """Ends the body as HTTP wants it."""
        if self._chunked:
            await self._write(b"0\r\n\r\n")

    async def reset(self) -> None:
        """Breaks the connection with a TCP reset, after what was written could be read."""
        self.keeps_open = False
        for _ in range(10):
            await self.yield_()
        sock = self._writer.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def _write(self, data: bytes) -> None:
        self._exchange.wrote(data, len(data) < 1 << 16)
        self._writer.write(data)
        await self._writer.drain()
