"""What is left, and signing in by the browser, over real sockets."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.errors import AuthenticationError
from app.providers.account.callback import Callback
from app.providers.account.sign_in import SignIn
from app.providers.catalogue.catalogue import Catalogue
from tests.simulator import Scenario
from tests.wire.asking import client_at, profile_at


async def test_what_is_left_at_openrouter(sim, closing):
    account = await closing(client_at(sim, "openrouter")).account()
    assert (account.left, account.limit, account.used) == (Decimal("8.5"), 10, Decimal("1.5"))


async def test_what_is_left_at_aimlapi(sim, closing):
    account = await closing(client_at(sim, "aimlapi")).account()
    assert account.left == Decimal("4.2")


async def test_nothing_is_asked_where_nothing_tells_or_without_a_key(sim, closing):
    assert await closing(client_at(sim, "empiriolabs")).account() is None
    assert await closing(client_at(sim, "openrouter", key=None)).account() is None
    assert len(sim.record) == 0


@pytest.mark.parametrize("status", [403, 404])
async def test_a_key_that_may_not_know_shows_nothing(sim, closing, status):
    sim.next(Scenario(status=status), path="/key")
    assert await closing(client_at(sim, "openrouter")).account() is None


async def test_a_wrong_key_is_an_error(sim, closing):
    with pytest.raises(AuthenticationError):
        await closing(client_at(sim, "openrouter", key="sk-or-v1-wrong")).account()


def attempt_at(sim):
    return SignIn(profile_at(sim, "openrouter"))


async def browsed(sim, page, code="code-1"):
    """Plays the page and the browser: agrees, and goes where the page sends it."""
    fields = parse_qs(urlsplit(page).query)
    sim.openrouter.codes[code] = fields["code_challenge"][0]
    if "callback_url" in fields:
        parts = urlsplit(fields["callback_url"][0])
        _, writer = await asyncio.open_connection(parts.hostname, parts.port)
        head = f"GET {parts.path}?code={code} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        writer.close()


async def test_signing_in_by_the_browser_gives_a_key_that_works(sim, closing):
    attempt = attempt_at(sim)
    async with Callback() as callback:
        waiting = asyncio.ensure_future(callback.code(10))
        await browsed(sim, attempt.page(callback.url))
        key = await attempt.key(await waiting)
    account = await closing(client_at(sim, "openrouter", key=key)).account()
    assert account.limit == 10
    assert not sim.record.holds(key)


async def test_signing_in_by_a_code(sim):
    attempt = attempt_at(sim)
    await browsed(sim, attempt.page())
    assert (await attempt.key("code-1")).startswith("sk-or-v1-")


async def test_a_code_works_once(sim):
    attempt = attempt_at(sim)
    await browsed(sim, attempt.page())
    await attempt.key("code-1")
    with pytest.raises(AuthenticationError):
        await attempt.key("code-1")


async def test_a_code_without_its_secret_is_worth_nothing(sim):
    attempt = attempt_at(sim)
    await browsed(sim, attempt.page())
    with pytest.raises(AuthenticationError):
        await replace(attempt, verifier="another").key("code-1")


def test_only_openrouter_offers_it():
    offered = [p.id for p in Catalogue.bundled().profiles() if p.sign_in_page]
    assert offered == ["openrouter"]
