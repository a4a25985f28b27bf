"""Waits on this computer for a browser to come back from a sign-in, once.

The only place where Facet listens: on loopback, while the user signs in, for one request.
"""

from __future__ import annotations

import asyncio
import secrets
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from app.core.errors import SettingError, UnavailableError
from app.providers.account.sign_in import code_from

_LONGEST = 8192
_PATIENCE = 5.0
_PAGE = (
    b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Facet</title></head>'
    b"<body><p>%b</p></body></html>"
)
_DONE = b"Signed in. You can close this page and go back to Facet."
_REFUSED = b"Facet did not ask for this."


class Callback:
    """An address that takes one code: `async with Callback() as callback: await callback.code()`.

    Its path is drawn at random, so that no page that guesses the port can hand in a code.
    """

    def __init__(self) -> None:
        self._path = f"/{secrets.token_urlsafe(18)}"
        self._server: asyncio.Server | None = None
        self._code: asyncio.Future[str] | None = None
        self.url = ""

    async def __aenter__(self) -> Callback:
        """Opens the address. UnavailableError when this computer lets nobody listen."""
        self._code = asyncio.get_running_loop().create_future()
        try:
            self._server = await asyncio.start_server(
                self._serve, "127.0.0.1", 0, limit=_LONGEST, backlog=4
            )
        except OSError as error:
            raise UnavailableError(
                "Facet could not wait for the browser on this computer.",
                "Use the code that the page shows instead.",
            ) from error
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}{self._path}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the address, whatever happened."""
        self._close()

    async def code(self, seconds: float = 600.0) -> str:
        """The code the browser brings. UnavailableError when it does not come in time."""
        assert self._code is not None
        try:
            return await asyncio.wait_for(self._code, seconds)
        except TimeoutError:
            raise UnavailableError(
                "The browser did not come back from the sign-in.", "Start it again when you like."
            ) from None

    def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
            code = self._read(head)
            status, words = (b"200 OK", _DONE) if code else (b"404 Not Found", _REFUSED)
            page = _PAGE % words
            writer.write(
                b"HTTP/1.1 %b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n"
                b"Content-Security-Policy: default-src 'none'\r\nReferrer-Policy: no-referrer\r\n"
                b"Cache-Control: no-store\r\nConnection: close\r\n\r\n%b"
                % (status, len(page), page)
            )
            await writer.drain()
            if code and self._code is not None and not self._code.done():
                self._close()
                self._code.set_result(code)
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            # Whoever that was, it was not the browser with the code: the wait goes on.
            return
        finally:
            writer.close()

    def _read(self, head: bytes) -> str:
        """The code in a request, "" for any other request than the one that was asked for."""
        lines = head.decode("latin-1").split("\r\n")
        method, _, rest = lines[0].partition(" ")
        target = rest.partition(" ")[0]
        hosts = [line[5:].strip() for line in lines[1:] if line.lower().startswith("host:")]
        try:
            parts = urlsplit(target)
            codes = parse_qs(parts.query).get("code", [])
            own = urlsplit(self.url).netloc
            if method != "GET" or not secrets.compare_digest(parts.path, self._path):
                return ""
            if hosts != [own] or len(codes) != 1:
                return ""
            return code_from(codes[0])
        except (ValueError, TypeError, SettingError):
            return ""
