"""httpx's exceptions as errors of ours: one sentence each, and what to do."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from app.core.errors import ProtocolError, ProviderError, RefusedError, UnavailableError
from app.providers.catalogue.profile import ProviderProfile
from app.providers.errors.redaction import details_of

HTTP_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpx.CookieConflict,
    OSError,
)
"""Everything a request through httpx may raise; asyncio's own cancellation is not among them."""

_EXPIRED, _NOT_YET = 10, 9
_SELF_SIGNED = (18, 19)
_UNKNOWN_MAKER = (2, 20, 21)
_WRONG_HOST = (62, 64)
_ONLINE = "Check that this computer is online, then try again."
_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH})
_CONNECTION = "Check the network connection and the address, then try again."


def translated(
    error: BaseException, profile: ProviderProfile, key: str | None = None
) -> ProviderError:
    """The error of ours for one of HTTP_FAILURES; its text never holds the key."""
    message, hint, kind = _sentences(error, profile)
    details = details_of(f"{type(error).__name__}: {error}", key)
    return kind(message, hint, provider=profile.id, details=details)


def _sentences(
    error: BaseException, profile: ProviderProfile
) -> tuple[str, str, type[ProviderError]]:
    name, host = profile.name, profile.host
    match error:
        case httpx.ConnectTimeout():
            return f"{host} does not answer.", _CONNECTION, UnavailableError
        case httpx.PoolTimeout():
            return (
                f"Too many requests to {name} are running at once.",
                "Wait for one to end, or stop one.",
                UnavailableError,
            )
        case httpx.WriteTimeout() | httpx.WriteError():
            return (
                f"The question could not be sent to {name}: the connection broke.",
                "Try again; with large files, a faster connection helps.",
                UnavailableError,
            )
        case httpx.ReadTimeout():
            return f"{name} stopped sending.", "Try again.", UnavailableError
        case httpx.ReadError() | httpx.CloseError():
            return f"The connection to {name} broke.", "Try again.", UnavailableError
        case httpx.RemoteProtocolError():
            return (
                f"{host} broke off or did not answer in HTTP.",
                "Try again. If it stays, check the address and port in Settings, Providers.",
                UnavailableError,
            )
        case httpx.LocalProtocolError():
            return (
                f"The request to {name} could not be written: a header is damaged.",
                "Enter the key again in Settings, Providers.",
                RefusedError,
            )
        case httpx.ProxyError():
            return (
                "The proxy between this computer and the internet refused the connection.",
                "Check the proxy's address and password in the system's settings.",
                UnavailableError,
            )
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return (
                f"The address of {name} cannot be used.",
                "Check the base URL in Settings, Providers.",
                RefusedError,
            )
        case httpx.TooManyRedirects() | httpx.HTTPStatusError():
            return (
                f"{name} answered in a way that Facet does not follow.",
                "Check the base URL in Settings, Providers.",
                ProtocolError,
            )
        case httpx.DecodingError():
            return (
                f"The reply of {name} is packed in a way that cannot be unpacked.",
                "Try again, or choose another route.",
                ProtocolError,
            )
        case httpx.StreamError() | httpx.CookieConflict():
            return f"The connection to {name} was closed.", "Try again.", UnavailableError
        case _:
            return _connecting(error, profile)


def _connecting(
    error: BaseException, profile: ProviderProfile
) -> tuple[str, str, type[ProviderError]]:
    """The sentences for a connection that never stood, from the system error beneath."""
    host = profile.host
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return *_certificate(cause, host), UnavailableError
        if isinstance(cause, ssl.SSLError):
            return (
                f"No secure connection to {host} could be made.",
                "Check that the address speaks https; a proxy or virus scanner may interfere.",
                UnavailableError,
            )
        if isinstance(cause, socket.gaierror) and profile.is_custom:
            return (
                f"The address {host} was not found.",
                "Check the spelling of the address and the network connection.",
                UnavailableError,
            )
        if isinstance(cause, socket.gaierror) or getattr(cause, "errno", None) in _NO_NETWORK:
            return f"No network: {host} cannot be reached.", _ONLINE, UnavailableError
        if isinstance(cause, ConnectionRefusedError):
            what = "Wait a moment"
            if profile.is_local or profile.is_custom:
                what = "Start the server" if profile.is_local else "Check the address and its port"
            return (
                f"Nothing answers at {profile.origin}.",
                f"{what}, then try again.",
                UnavailableError,
            )
        if isinstance(cause, ConnectionError):
            return f"{host} closed the connection at once.", _CONNECTION, UnavailableError
    return f"No connection to {host} could be made.", _CONNECTION, UnavailableError


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> tuple[str, str]:
    code = getattr(error, "verify_code", 0)
    if code == _EXPIRED:
        return (
            f"The certificate of {host} has expired.",
            "Check this computer's clock; otherwise its owner has to renew it.",
        )
    if code == _NOT_YET:
        return f"The certificate of {host} is not valid yet.", "Check this computer's clock."
    if code in _SELF_SIGNED:
        return (
            f"{host} vouches for itself: its certificate is self-signed.",
            "If it is yours, add the certificate to those the system trusts.",
        )
    if code in _WRONG_HOST:
        return (
            f"The certificate belongs to another name than {host}.",
            "Check the address; somebody may stand in between.",
        )
    if code in _UNKNOWN_MAKER:
        return (
            f"The certificate of {host} comes from a maker this system does not know.",
            "In a company network, ask for its certificate and add it to those the system trusts.",
        )
    return (
        f"The certificate of {host} could not be checked.",
        "Check this computer's clock and the network; somebody may stand in between.",
    )


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and everything beneath it, groups opened."""
    waiting: list[BaseException] = [error]
    seen: set[BaseException] = set()
    while waiting:
        current = waiting.pop(0)
        if current in seen:
            continue
        seen.add(current)
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions)
        waiting.extend(
            item for item in (current.__cause__, current.__context__) if item is not None
        )
