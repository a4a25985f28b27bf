"""The HTTP client of one provider: its timeouts, its key bound to its origin, its certificates."""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from functools import cache

import httpx
import truststore

from app import __version__
from app.core.errors import RefusedError, UnavailableError
from app.providers.account.key import clean_key
from app.providers.catalogue.profile import ProviderProfile, origin_of
from app.providers.transport.gathering import GatheringTransport
from app.providers.transport.proxies import proxy_for

USER_AGENT = f"Facet/{__version__}"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: to connect, for the first byte, between bytes, and for content.

    Keep-alive comments reset `idle` but not `content`. `after_finish` bounds what may follow the
    end of an answer (token counts), `after_marker` what may follow the end marker. `total` bounds
    the whole reply, None does not.
    """

    connect: float = 10.0
    first_byte: float = 120.0
    idle: float = 120.0
    content: float = 300.0
    total: float | None = None
    after_finish: float = 10.0
    after_marker: float = 0.5

    @classmethod
    def fitting(cls, profile: ProviderProfile) -> Timeouts:
        """A local server may load its model for minutes before the first byte."""
        return LOADING if profile.is_local else cls()


LOADING = Timeouts(connect=5.0, first_byte=600.0, idle=300.0, content=900.0)
"""For models that may have to be loaded from a disk first."""


class KeyAuth(httpx.Auth):
    """Adds the key at the last moment, and only to requests to the origin it belongs to."""

    def __init__(self, profile: ProviderProfile, key: str) -> None:
        self._profile = profile
        self._value = profile.auth_prefix + clean_key(key)

    def __repr__(self) -> str:
        return f"KeyAuth({self._profile.origin})"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sets the header on a request to the key's own origin, and on no other."""
        if origin_of(str(request.url)) == self._profile.origin:
            request.headers[self._profile.auth_header] = self._value
        yield request


class BoundTransport(httpx.AsyncBaseTransport):
    """Lets nothing through to another origin than the provider's, key or not."""

    def __init__(self, profile: ProviderProfile, inner: httpx.AsyncBaseTransport) -> None:
        self._profile = profile
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The reply; RefusedError, before anything is sent, when the origin differs."""
        if origin_of(str(request.url)) != self._profile.origin:
            raise RefusedError(
                f"Facet did not send anything to {request.url.host}: the key belongs to "
                f"{self._profile.host}.",
                "Check the base URL in Settings, Providers.",
                provider=self._profile.id,
            )
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._inner.aclose()


def open_client(
    profile: ProviderProfile,
    key: str | None,
    timeouts: Timeouts,
    transport: httpx.AsyncBaseTransport | None,
) -> httpx.AsyncClient:
    """A client that follows no redirect, reads no environment, and waits as `timeouts` says.

    UnavailableError names the proxy or certificate setting that is in the way; SettingError a key
    that cannot be sent.
    """
    inner = transport or _transport(profile)
    return httpx.AsyncClient(
        transport=BoundTransport(profile, inner),
        auth=KeyAuth(profile, key) if key else None,
        headers={"User-Agent": USER_AGENT},
        params=profile.query or None,
        timeout=httpx.Timeout(None, connect=timeouts.connect, pool=timeouts.connect, write=60.0),
        follow_redirects=False,
        trust_env=False,
    )


def _transport(profile: ProviderProfile) -> httpx.AsyncHTTPTransport:
    proxy = proxy_for(profile.base_url)
    is_plain = profile.base_url.startswith("http://")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else system_certificates()
    try:
        return GatheringTransport(context, proxy)
    except (ValueError, httpx.InvalidURL) as error:
        raise UnavailableError(
            "The system's proxy setting cannot be used.",
            "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or the proxy in the system's settings.",
            provider=profile.id,
        ) from error


@cache
def system_certificates() -> ssl.SSLContext:
    """A TLS context that trusts what the system trusts; UnavailableError when none can be made."""
    try:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    except (OSError, ImportError) as error:
        named = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if name in os.environ), "")
        what = f" {named} names a file that cannot be read." if named else ""
        raise UnavailableError(
            f"The system's certificates cannot be read.{what}",
            f"Correct {named or 'the certificate store of the system'} and start Facet again.",
        ) from error


async def capped(chunks: AsyncIterator[bytes], limit: int) -> tuple[bytes, bool]:
    """The bytes up to a limit, and whether there were more."""
    parts: list[bytes] = []
    held = 0
    async for chunk in chunks:
        parts.append(chunk[: limit - held])
        held += len(chunk)
        if held > limit:
            return b"".join(parts), True
    return b"".join(parts), False
