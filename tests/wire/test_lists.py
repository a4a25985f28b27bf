"""Model lists and connection tests over real sockets."""

from decimal import Decimal

import pytest

from app.core.errors import ProviderError, UnavailableError
from app.core.provider import StepState
from tests.simulator import Scenario
from tests.wire.asking import client_at

KNOWN = {
    "openrouter": "google/gemma-4-26b-a4b-it",
    "aimlapi": "google/gemma-3-27b-it",
    "empiriolabs": "gemma-3-27b",
    "ollama": "gemma3:27b",
    "lmstudio": "google/gemma-3-27b",
    "llamacpp": "/models/gemma-3-27b.gguf",
    "vllm": "google/gemma-3-27b-it",
}


@pytest.mark.parametrize("provider", KNOWN)
async def test_every_live_list_is_read(sim, closing, provider):
    client = closing(client_at(sim, provider))
    models = {model.id: model for model in await client.models()}
    assert KNOWN[provider] in models
    assert {model.provider_id for model in models.values()} == {client.id}


async def test_live_facts_are_what_the_list_says(sim, closing):
    models = {m.id: m for m in await closing(client_at(sim, "openrouter")).models()}
    gemma = models["google/gemma-4-26b-a4b-it"]
    assert gemma.context == 262144
    assert gemma.price.input_per_million == Decimal("0.06")
    assert "temperature" in gemma.parameters
    assert models["openrouter/auto"].price.input_per_million is None
    (row,) = await closing(client_at(sim, "empiriolabs")).models()
    assert row.price.per_message == Decimal("0.0040")
    (row,) = await closing(client_at(sim, "vllm")).models()
    assert row.context == 8192


async def test_the_old_list_of_aimlapi_and_an_empty_one_are_read(sim, closing):
    sim.aimlapi.old_list = True
    models = await closing(client_at(sim, "aimlapi")).models()
    assert "google/gemma-3-27b-it" in [model.id for model in models]
    sim.ollama.is_empty = True
    assert await closing(client_at(sim, "ollama")).models() == []


@pytest.mark.parametrize("faults", [{"status": 503}, {"body": "html"}, {"reset": "before_headers"}])
async def test_a_broken_list_is_an_error(sim, closing, faults):
    sim.next(Scenario(**faults), path="/models")
    with pytest.raises(ProviderError):
        await closing(client_at(sim, "openrouter")).models()


async def steps_of(client):
    """The last state of each step, in order."""
    found = {}
    async for step in client.check():
        found[step.name] = step
    return list(found.values())


@pytest.mark.parametrize("provider", ["openrouter", "aimlapi", "empiriolabs", "ollama"])
async def test_a_good_connection_passes_every_step(sim, closing, provider):
    steps = await steps_of(closing(client_at(sim, provider)))
    assert len(steps) >= 3
    assert {step.state for step in steps} <= {StepState.PASSED, StepState.SKIPPED}
    assert all(exchange.status >= 400 for exchange in sim.record.generations)


@pytest.mark.parametrize("provider", ["openrouter", "aimlapi", "empiriolabs"])
async def test_a_wrong_key_fails_at_the_key(sim, closing, provider):
    server = sim.providers[provider]
    client = closing(client_at(sim, provider, key=f"{server.key_prefix}wrong-key"))
    failed = [step for step in await steps_of(client) if step.state is StepState.FAILED]
    assert len(failed) == 1
    assert "key" in (failed[0].name + failed[0].text).lower()


async def test_a_dead_address_fails_at_the_address(sim, closing):
    client = closing(client_at(sim, "ollama"))
    await sim.stop()
    steps = await steps_of(client)
    assert steps[0].state is StepState.FAILED
    assert StepState.PASSED not in {step.state for step in steps}
    with pytest.raises(UnavailableError):
        await client.models()


@pytest.mark.parametrize(
    ("provider", "context", "sees"),
    [
        ("ollama", None, False),
        ("lmstudio", 8192, True),
        ("llamacpp", 8192, False),
        ("vllm", 8192, False),
    ],
)
async def test_servers_of_ones_own_tell_their_real_context(sim, closing, provider, context, sees):
    (model,) = await closing(client_at(sim, provider)).models()
    assert (model.context, "image" in model.inputs) == (context, sees)
