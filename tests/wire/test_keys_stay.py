"""A key goes to its own provider in its own header, and nowhere else."""

import logging

import pytest

from app.core.errors import AppError, AuthenticationError, ProviderError
from tests.simulator import Scenario, Simulator, key_digest
from tests.wire.asking import GEMMA_4, ask, client_at, question

CANARY = "sk-or-v1-CANARY-5e2f9c7d1b"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nothing_goes_to_where_a_redirect_points(sim, closing, status):
    async with Simulator() as other:
        target = other.base_url("openrouter") + "/chat/completions"
        sim.default = Scenario(status=status, redirect=target)
        client = closing(client_at(sim, "openrouter", key=CANARY))
        outcome = await ask(client, question(*GEMMA_4, text="A secret"))
        assert isinstance(outcome.error, ProviderError)
        assert other.record.connections == 0
        assert len(sim.record) == 1


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(),
        Scenario(status=401),
        Scenario(status=429, retry_after="1"),
        Scenario(midstream="one_choice"),
        Scenario(reset="mid_event"),
        Scenario(status=400, message=f"Bad key {CANARY} in {CANARY!r}"),
        Scenario(status=401, body="text", message=f"Authorization: Bearer {CANARY}"),
        Scenario(body="json_error", message=f"key={CANARY}"),
        Scenario(midstream="string", message=f"Who is {CANARY}?"),
        Scenario(refuse="raw", message=f"inner {CANARY}"),
        Scenario(status=302, redirect=f"http://127.0.0.1:9/?key={CANARY}"),
    ],
    ids=lambda scenario: str(scenario.status or scenario.body or scenario.midstream or "plain"),
)
async def test_a_key_is_in_its_header_alone(sim, closing, caplog, scenario):
    caplog.set_level(logging.INFO)
    sim.default = scenario
    client = closing(client_at(sim, "openrouter", key=CANARY))
    outcome = await ask(client, question(*GEMMA_4))
    assert sim.record.last.header("authorization") == f"Bearer {key_digest(CANARY)}"
    assert not sim.record.holds(CANARY)
    assert CANARY not in caplog.text
    assert CANARY not in repr(client)
    assert all(CANARY not in repr(event) for event in outcome.events)
    error = outcome.error
    while error is not None:
        assert CANARY not in f"{error!s} {error!r} {getattr(error, 'hint', '')}"
        assert CANARY not in getattr(error, "details", "")
        error = error.__cause__


@pytest.mark.parametrize("key", ["sk-or-v1-\nabc", "sk-or-v1-ä", "sk-or-v1-–abc", "sk or", "\x00"])
async def test_a_key_that_cannot_be_a_header_is_refused_before_anything_is_sent(sim, closing, key):
    try:
        outcome = await ask(closing(client_at(sim, "openrouter", key=key)), question(*GEMMA_4))
        error = outcome.error
    except AppError as refusal:
        error = refusal
    assert isinstance(error, AppError)
    assert key not in f"{error} {error.hint}"
    assert len(sim.record) == 0


@pytest.mark.parametrize("provider", ["openrouter", "aimlapi", "empiriolabs"])
async def test_a_missing_key_is_said(sim, closing, provider):
    client = closing(client_at(sim, provider, key=None))
    model = {"empiriolabs": "gemma-3-27b"}.get(provider, "google/gemma-2-27b-it")
    outcome = await ask(client, question(provider, model))
    assert isinstance(outcome.error, AuthenticationError)
    assert all(seen.header("authorization") is None for seen in sim.record.exchanges)


async def test_loopback_needs_no_proxy(sim, closing, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert outcome.error is None


async def test_attribution_is_sent_only_when_it_is_wanted(sim, closing):
    await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    await ask(closing(client_at(sim, "openrouter", attribution=True)), question(*GEMMA_4))
    plain, named = sim.record.generations
    assert plain.header("x-openrouter-title") is None
    assert named.header("x-openrouter-title") == "Facet"
