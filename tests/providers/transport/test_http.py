import ssl
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
import truststore

from app.core.errors import RefusedError, SettingError, UnavailableError
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.catalogue import Catalogue
from app.providers.transport import http
from app.providers.transport.http import BoundTransport, KeyAuth, Timeouts, capped, open_client

KEY = "sk-or-v1-0123456789abcdef"


def recorder(seen: list[httpx.Request]) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(307, headers={"location": "https://evil.test/"})

    return httpx.MockTransport(answer)


async def test_the_key_goes_to_its_own_origin_only(catalogue: Catalogue) -> None:
    seen: list[httpx.Request] = []
    profile = catalogue.profile("openrouter")
    client = open_client(profile, KEY, Timeouts(), recorder(seen))
    response = await client.get("https://openrouter.ai/api/v1/key")
    assert response.status_code == 307
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert seen[0].headers["user-agent"].startswith("Facet/")
    for address in (
        "https://evil.test/",
        "http://openrouter.ai/",
        "https://openrouter.ai:8443/",
        "https://api.openrouter.ai/",
    ):
        with pytest.raises(RefusedError, match="did not send anything"):
            await client.get(address)
    assert len(seen) == 1
    assert KEY not in f"{client.headers!r} {client!r} {client.auth!r}"
    await client.aclose()


def test_the_key_is_not_added_elsewhere(catalogue: Catalogue) -> None:
    auth = KeyAuth(catalogue.profile("openrouter"), KEY)
    request = next(auth.auth_flow(httpx.Request("GET", "https://evil.test/")))
    assert "authorization" not in request.headers


def test_other_headers_for_the_key(catalogue: Catalogue) -> None:
    profile = replace(catalogue.profile("openrouter"), auth_header="x-api-key", auth_prefix="")
    request = next(KeyAuth(profile, KEY).auth_flow(httpx.Request("GET", "https://openrouter.ai/x")))
    assert request.headers["x-api-key"] == KEY


def test_a_key_that_cannot_be_sent_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(SettingError):
        KeyAuth(catalogue.profile("openrouter"), "a\nb")


async def test_real_transports_are_made_without_the_environment(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    for profile in (catalogue.profile("openrouter"), custom_profile("http://localhost:1/v1")):
        client = open_client(profile, None, Timeouts(), None)
        assert not client.trust_env
        assert not client.follow_redirects
        await client.aclose()


async def test_a_proxy_that_cannot_be_used_is_said(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:port")
    with pytest.raises(UnavailableError, match="proxy setting"):
        open_client(catalogue.profile("openrouter"), None, Timeouts(), None)


def test_certificates_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_protocol: int) -> ssl.SSLContext:
        raise FileNotFoundError("/nowhere/ca.pem")

    http.system_certificates.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    monkeypatch.setattr(truststore, "SSLContext", broken)
    with pytest.raises(UnavailableError, match="SSL_CERT_FILE"):
        http.system_certificates()
    http.system_certificates.cache_clear()


def test_local_servers_are_given_time() -> None:
    assert Timeouts.fitting(custom_profile("http://localhost:1/v1")).first_byte == 600
    assert Timeouts.fitting(custom_profile("https://api.example.com/v1")).first_byte == 120


async def test_reading_up_to_a_limit() -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for part in (b"abc", b"def", b"ghi"):
            yield part

    assert await capped(chunks(), 100) == (b"abcdefghi", False)
    assert await capped(chunks(), 5) == (b"abcde", True)


async def test_closing_goes_through(catalogue: Catalogue) -> None:
    closed: list[bool] = []

    class Inner(httpx.AsyncBaseTransport):
        async def aclose(self) -> None:
            closed.append(True)

    await BoundTransport(catalogue.profile("openrouter"), Inner()).aclose()
    assert closed == [True]
