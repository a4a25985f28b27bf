"""Model lists and connection tests over real sockets."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.errors import ProviderError, UnavailableError
from app.core.models.model import LIVE
from app.core.models.provider import StepState
from app.providers.client import Client
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, PATIENT, ask, client_at, profile_at, question

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
        ("ollama", 8192, True),
        ("lmstudio", 8192, True),
        ("llamacpp", 8192, False),
        ("vllm", 8192, False),
    ],
)
async def test_servers_of_ones_own_tell_their_real_context(sim, closing, provider, context, sees):
    (model,) = await closing(client_at(sim, provider)).models()
    assert (model.context, "image" in model.inputs) == (context, sees)


async def test_hosts_behind_a_route_come_in_seconds_percents_and_tokens(sim, closing):
    client = closing(client_at(sim, "openrouter"))
    quick, slow, silent = await client.hosts("google/gemma-4-26b-a4b-it")
    assert (quick.name, quick.latency, quick.throughput, quick.uptime) == (
        "DeepInfra",
        0.25,
        61.5,
        99.8,
    )
    assert (slow.latency, slow.is_troubled) == (0.81, True)
    assert (silent.latency, silent.throughput, silent.uptime, silent.quantization) == (
        None,
        None,
        None,
        "",
    )
    sim.openrouter.publishes_figures = False
    assert {host.latency for host in await client.hosts("google/gemma-2-27b-it")} == {None}


async def test_providers_without_a_page_of_hosts_are_not_asked(sim, closing):
    assert await closing(client_at(sim, "aimlapi")).hosts("google/gemma-3-27b-it") == []
    assert sim.record.exchanges == []


async def test_hosts_of_an_unknown_model_are_an_error(sim, closing):
    with pytest.raises(ProviderError):
        await closing(client_at(sim, "openrouter")).hosts("no/such")


async def test_the_list_of_aimlapi_is_asked_for_prices(sim, closing):
    models = {m.id: m for m in await closing(client_at(sim, "aimlapi")).models()}
    gemma = models["google/gemma-3-27b-it"]
    assert gemma.price.input_per_million == Decimal("0.1")
    assert gemma.price.output_per_million == Decimal("0.2")
    assert gemma.dialects == ("chat",)


async def test_a_flat_listing_of_empiriolabs_is_read(sim, closing):
    profile = replace(profile_at(sim, "empiriolabs"), models_path="/models?format=alternative1")
    (model,) = await closing(
        Client(profile, key=sim.empiriolabs.good_key(), timeouts=PATIENT)
    ).models()
    assert (model.max_output, model.price.per_message) == (8192, Decimal("0.0040"))
    assert set(model.parameters) == {"temperature", "top_p", "stop", "frequency_penalty"}
    assert model.inputs == ("text", "image")


async def test_five_hundred_models_are_read_with_all_their_facts(sim, closing):
    sim.openrouter.more_models = 500
    models = await closing(client_at(sim, "openrouter")).models()
    assert len(models) == 503
    # Every seventeenth of 500, and number 360, whose two prices both come out as 0.
    assert sum(model.price.is_free for model in models) == 30 + 1
    assert sum(model.expires == "2026-12-31" for model in models) == 6
    thinking = [m for m in models if m.is_able("reasoning") and m.id.startswith("acme")]
    assert thinking
    assert all(model.sources["context"] == LIVE for model in models)


WISHES = {
    "order": ["deepinfra/bf16"],
    "sort": "price",
    "data_collection": "deny",
    "zdr": True,
    "max_price": {"prompt": 0.5, "completion": 1},
    "models": ["google/gemma-3-27b-it"],
}


@pytest.mark.parametrize("dialect", ["chat", "responses", "messages"])
async def test_wishes_about_hosts_are_sent_in_every_dialect(sim, closing, dialect):
    profile = replace(profile_at(sim, "openrouter"), dialect=dialect)
    client = closing(Client(profile, key=sim.openrouter.good_key(), timeouts=PATIENT))
    await ask(client, question(*GEMMA_4, parameters={"routing": WISHES}))
    sent = sim.record.generations[-1].json
    assert sent["provider"] == {name: WISHES[name] for name in WISHES if name != "models"}
    assert sent["models"] == ["google/gemma-3-27b-it"]


async def test_wishes_about_hosts_go_to_no_other_provider(sim, closing):
    client = closing(client_at(sim, "aimlapi"))
    await ask(client, question("aimlapi", "google/gemma-3-27b-it", parameters={"routing": WISHES}))
    assert not {"provider", "models", "routing"} & set(sim.record.generations[-1].json)


@pytest.mark.parametrize("is_allowed", [True, False])
async def test_small_contexts_are_compressed_only_where_that_is_allowed(sim, closing, is_allowed):
    client = closing(client_at(sim, "openrouter"))
    wishes = {"routing": {"allow_compression": is_allowed}}
    await ask(client, question("openrouter", "google/gemma-2-27b-it", parameters=wishes))
    sent = sim.record.generations[-1].json
    assert ("plugins" in sent) is not is_allowed
    assert "provider" not in sent


async def test_a_model_that_stands_in_is_named_by_the_answer(sim, closing):
    sim.openrouter.down = frozenset([GEMMA_4[1]])
    client = closing(client_at(sim, "openrouter"))
    wishes = {"routing": {"models": ["no/such", "google/gemma-2-27b-it"]}}
    outcome = await ask(client, question(*GEMMA_4, parameters=wishes))
    assert outcome.error is None
    assert outcome.sum.started.model == "google/gemma-2-27b-it"
    alone = await ask(client, question(*GEMMA_4))
    assert alone.error is not None
    assert alone.error.status == 503


async def test_what_ollama_could_read_is_not_what_it_reads(sim, closing):
    sim.ollama.modelfile = ""
    (model,) = await closing(client_at(sim, "ollama")).models()
    assert model.context is None
    assert "131,072 tokens, but Ollama reads far fewer" in model.notes[0]
    assert model.is_able("tools")
    sim.ollama.shows = False
    (old,) = await closing(client_at(sim, "ollama")).models()
    assert (old.context, old.notes) == (None, ())
