from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.core.errors import ProtocolError, RefusedError, UnavailableError
from app.providers import reply as module
from app.providers.catalogue.catalogue import Catalogue
from app.providers.errors.error_reply import ErrorReader
from app.providers.reply import fetch_json, media_type_of, redirect_failure
from app.providers.transport.http import Timeouts, open_client

Reply = Callable[..., httpx.Response]


async def fetched(catalogue: Catalogue, answer: httpx.Response, path: str = "/models") -> Any:
    profile = catalogue.profile("aimlapi")
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer

    client = open_client(profile, "abc", Timeouts(), httpx.MockTransport(handle))
    try:
        body = await fetch_json(client, profile, path, ErrorReader(profile), Timeouts(), {"A": "b"})
    finally:
        await client.aclose()
    return body, seen[0]


async def test_a_document_is_fetched_below_the_base_url(catalogue: Catalogue, reply: Reply) -> None:
    body, request = await fetched(catalogue, reply(201, {"data": []}))
    assert body == {"data": []}
    assert str(request.url) == "https://api.aimlapi.com/v1/models"
    assert request.headers["a"] == "b"
    _, request = await fetched(catalogue, reply(200, {"x": 1}), "../v2/billing")
    assert str(request.url) == "https://api.aimlapi.com/v2/billing"


@pytest.mark.parametrize(
    ("status", "body", "kind", "error", "says"),
    [
        (500, "", "", UnavailableError, "error of its own"),
        (200, "<html>Hi", "text/html", RefusedError, "web page"),
        (200, "hello", "text/plain", ProtocolError, "could not be read"),
        (200, "[" * 100_000, "application/json", ProtocolError, "could not be read"),
    ],
)
async def test_what_is_no_document_is_an_error(
    catalogue: Catalogue, reply: Reply, status: int, body: str, kind: str, error: type, says: str
) -> None:
    with pytest.raises(error, match=says):
        await fetched(catalogue, reply(status, body, kind))


async def test_a_document_too_large(
    catalogue: Catalogue, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WHOLE_LIMIT", 100)
    with pytest.raises(ProtocolError, match="too much"):
        await fetched(catalogue, reply(200, "[" + " " * 200 + "]"))


@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("https://evil.test/x", "evil.test"),
        ("/login", "api.aimlapi.com"),
        ("//other.test", "other.test"),
        ("", "api.aimlapi.com"),
        ("https://[::1", "another place"),
    ],
)
def test_a_redirect_names_both_hosts(
    catalogue: Catalogue, reply: Reply, location: str, host: str
) -> None:
    answer = reply(302, location=location)
    answer.request = httpx.Request("GET", "https://api.aimlapi.com/v1/models")
    found = redirect_failure(answer, catalogue.profile("aimlapi"))
    assert f"api.aimlapi.com wants to send you on to {host}." in str(found)
    assert found.hint


async def test_an_error_whose_explanation_breaks_off_is_still_that_error(
    catalogue: Catalogue,
) -> None:
    async def broken() -> Any:
        yield b'{"error":'
        raise httpx.ReadError("gone")

    with pytest.raises(UnavailableError, match="503"):
        await fetched(catalogue, httpx.Response(503, content=broken()))


def test_media_types_are_plain(reply: Reply) -> None:
    assert media_type_of(reply(200, b"", "Text/HTML; charset=utf-8")) == "text/html"
    assert media_type_of(httpx.Response(200)) == ""
