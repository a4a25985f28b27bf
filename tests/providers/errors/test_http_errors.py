import errno
import inspect
import socket
import ssl

import httpx
import pytest

from app.core.errors import ProtocolError, ProviderError, RefusedError, UnavailableError
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.catalogue import Catalogue
from app.providers.errors.http_errors import HTTP_FAILURES, causes, translated

REQUEST = httpx.Request("POST", "https://openrouter.ai/api/v1")
KINDS = {
    httpx.HTTPError: UnavailableError,
    httpx.RequestError: UnavailableError,
    httpx.TransportError: UnavailableError,
    httpx.TimeoutException: UnavailableError,
    httpx.ConnectTimeout: UnavailableError,
    httpx.ReadTimeout: UnavailableError,
    httpx.WriteTimeout: UnavailableError,
    httpx.PoolTimeout: UnavailableError,
    httpx.NetworkError: UnavailableError,
    httpx.ConnectError: UnavailableError,
    httpx.ReadError: UnavailableError,
    httpx.WriteError: UnavailableError,
    httpx.CloseError: UnavailableError,
    httpx.ProtocolError: UnavailableError,
    httpx.LocalProtocolError: RefusedError,
    httpx.RemoteProtocolError: UnavailableError,
    httpx.ProxyError: UnavailableError,
    httpx.UnsupportedProtocol: RefusedError,
    httpx.DecodingError: ProtocolError,
    httpx.TooManyRedirects: ProtocolError,
    httpx.HTTPStatusError: ProtocolError,
    httpx.InvalidURL: RefusedError,
    httpx.CookieConflict: UnavailableError,
    httpx.StreamError: UnavailableError,
    httpx.StreamConsumed: UnavailableError,
    httpx.StreamClosed: UnavailableError,
    httpx.ResponseNotRead: UnavailableError,
    httpx.RequestNotRead: UnavailableError,
}


def raised(kind: type[Exception]) -> Exception:
    match kind:
        case httpx.HTTPStatusError:
            return httpx.HTTPStatusError("x", request=REQUEST, response=httpx.Response(500))
        case (
            httpx.StreamConsumed | httpx.StreamClosed | httpx.ResponseNotRead | httpx.RequestNotRead
        ):
            return kind()
    return kind("Illegal header value b'Bearer verysecretkey123\\n'")


def test_every_exception_of_httpx_is_in_the_table() -> None:
    public = {getattr(httpx, name) for name in httpx.__all__}
    known = {item for item in public if inspect.isclass(item) and issubclass(item, Exception)}
    assert known == set(KINDS)
    assert all(issubclass(item, HTTP_FAILURES) for item in known)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_becomes_one_of_ours_without_the_key(
    catalogue: Catalogue, kind: type[Exception]
) -> None:
    found = translated(raised(kind), catalogue.profile("openrouter"), "verysecretkey123")
    assert type(found) is KINDS[kind]
    assert found.hint
    assert found.provider == "openrouter"
    assert "verysecretkey123" not in f"{found} {found.hint} {found.details}"


def beneath(cause: BaseException) -> httpx.ConnectError:
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = cause
    return error


def unverified(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("x")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        (socket.gaierror(-2, "x"), "No network: openrouter.ai cannot be reached"),
        (OSError(errno.ENETUNREACH, "x"), "No network"),
        (ExceptionGroup("several", [OSError(errno.EHOSTUNREACH, "x")]), "No network"),
        (ConnectionRefusedError(), "Nothing answers at"),
        (ExceptionGroup("several", [OSError("x"), ConnectionRefusedError()]), "Nothing answers at"),
        (ConnectionResetError(), "closed the connection"),
        (ssl.SSLError("x"), "No secure connection"),
        (unverified(10), "has expired"),
        (unverified(9), "not valid yet"),
        (unverified(18), "self-signed"),
        (unverified(62), "another name"),
        (unverified(20), "does not know"),
        (unverified(1), "could not be checked"),
        (OSError("x"), "No connection to"),
    ],
)
def test_what_lies_beneath_a_failed_connection_is_told_apart(
    catalogue: Catalogue, cause: BaseException, says: str
) -> None:
    with pytest.raises(ProviderError, match=says):
        raise translated(beneath(cause), catalogue.profile("openrouter"))


def test_a_local_server_that_is_not_there_is_to_be_started() -> None:
    found = translated(beneath(ConnectionRefusedError()), custom_profile("http://localhost:1/v1"))
    assert found.hint.startswith("Start the server")


def test_only_an_address_somebody_typed_may_be_misspelt(catalogue: Catalogue) -> None:
    cause = socket.gaierror(-2, "x")
    typed = translated(beneath(cause), custom_profile("https://mistyped.example/v1"))
    assert "spelling" in typed.hint
    bundled = translated(beneath(cause), catalogue.profile("openrouter"))
    assert "spelling" not in bundled.hint
    assert "online" in bundled.hint


def test_circles_of_causes_end() -> None:
    first, second = OSError("a"), OSError("b")
    first.__cause__, second.__cause__ = second, first
    assert list(causes(first)) == [first, second]
