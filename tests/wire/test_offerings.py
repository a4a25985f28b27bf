"""The five offerings over real sockets: exactly what is set is sent, and the answer and its cost
are right."""

from decimal import Decimal

import pytest

from app.core.conversations.conversation import MessageState
from app.core.costs.usage import Cost, CostSource
from tests.simulator import key_digest
from tests.wire.asking import OFFERINGS, ask, client_at, question

ASKED = {"stream_options": {"include_usage": True}}
UNCOMPRESSED = {"plugins": [{"id": "context-compression", "enabled": False}]}
ALWAYS = {
    ("openrouter", "google/gemma-2-27b-it"): UNCOMPRESSED,
    ("openrouter", "google/gemma-4-26b-a4b-it"): {},
    ("aimlapi", "google/gemma-2-27b-it"): ASKED,
    ("aimlapi", "google/gemma-3-27b-it"): ASKED,
    ("empiriolabs", "gemma-3-27b"): ASKED,
}
"""What a request has besides model, messages and stream."""

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
JSON_SHAPE = {"type": "json_object"}
COMMON = [
    ("temperature", 0.3, {"temperature": 0.3}),
    ("temperature", 0, {"temperature": 0}),
    ("top_p", 0.9, {"top_p": 0.9}),
    ("max_tokens", 256, {"max_tokens": 256}),
    ("frequency_penalty", -0.5, {"frequency_penalty": -0.5}),
    ("presence_penalty", 1.5, {"presence_penalty": 1.5}),
]
LISTS = [("stop", ["END", "a,b"], {"stop": ["END", "a,b"]}), ("seed", 7, {"seed": 7})]
BRAKE = [("repetition_penalty", 1.1, {"repetition_penalty": 1.1})]
SHAPE = [("response_format", "json", {"response_format": JSON_SHAPE})]
CUTS = [("top_k", 40, {"top_k": 40}), ("min_p", 0.05, {"min_p": 0.05})]
SCORES = [
    ("logprobs", True, {"logprobs": True}),
    ("logit_bias", {"50256": -100}, {"logit_bias": {"50256": -100}}),
]
SETTABLE = {
    ("openrouter", "google/gemma-2-27b-it"): [*COMMON, *LISTS, *BRAKE, *SHAPE],
    ("openrouter", "google/gemma-4-26b-a4b-it"): [
        *COMMON,
        *LISTS,
        *SCORES,
        ("reasoning", "high", {"reasoning": {"effort": "high"}}),
        ("reasoning", "off", {"reasoning": {"effort": "none"}}),
        ("reasoning", {"max_tokens": 2000}, {"reasoning": {"max_tokens": 2000}}),
    ],
    ("aimlapi", "google/gemma-2-27b-it"): [*COMMON, *LISTS, *BRAKE, *SHAPE, *CUTS, *SCORES],
    ("aimlapi", "google/gemma-3-27b-it"): [
        *COMMON,
        *LISTS,
        *BRAKE,
        *SHAPE,
        *CUTS,
        ("top_a", 0.2, {"top_a": 0.2}),
    ],
    ("empiriolabs", "gemma-3-27b"): [
        *COMMON,
        ("stop", ["END", "---"], {"stop": "END,---"}),
        ("web_search", True, {"web_search_linkup": True}),
        ("disable_formatting", True, {"disable_formatting": True}),
    ],
}
"""Each parameter by offering, and the field it must become."""

EACH = [(route, *item) for route, items in SETTABLE.items() for item in items]

COSTS = {
    ("openrouter", "google/gemma-2-27b-it"): Cost(Decimal("0.00001235"), CostSource.REPORTED),
    ("openrouter", "google/gemma-4-26b-a4b-it"): Cost(Decimal("0.00000303"), CostSource.REPORTED),
    ("aimlapi", "google/gemma-2-27b-it"): Cost(Decimal("0.00124"), CostSource.REPORTED),
    ("aimlapi", "google/gemma-3-27b-it"): Cost(Decimal("0.00124"), CostSource.REPORTED),
    ("empiriolabs", "gemma-3-27b"): Cost(Decimal("0.0040"), CostSource.ESTIMATED),
}


def sent_besides(body):
    """The fields of a request without the three that are always there."""
    return {k: v for k, v in body.items() if k not in ("model", "messages", "stream")}


@pytest.mark.parametrize("route", OFFERINGS)
async def test_an_answer_comes_with_its_usage_and_its_cost(sim, closing, route):
    client = closing(client_at(sim, route[0]))
    outcome = await ask(client, question(*route))
    assert outcome.error is None
    assert outcome.text == "Hello from the simulator."
    assert outcome.sum.state is MessageState.DONE
    usage = outcome.sum.usage
    assert (usage.input_tokens, usage.output_tokens) == (12, 7)
    assert outcome.cost == COSTS[route]
    assert outcome.sum.started.model == route[1]
    assert outcome.notices == []


@pytest.mark.parametrize("route", OFFERINGS)
async def test_nothing_set_means_nothing_sent(sim, closing, route):
    client = closing(client_at(sim, route[0]))
    await ask(client, question(*route))
    body = sim.record.last.json
    assert sent_besides(body) == ALWAYS[route]
    assert body["model"] == route[1]
    assert body["stream"] is True
    assert body["messages"] == [{"role": "user", "content": "Hi"}]


@pytest.mark.parametrize(("route", "name", "value", "fields"), EACH)
async def test_one_dial_set_is_one_field_sent(sim, closing, route, name, value, fields):
    client = closing(client_at(sim, route[0]))
    outcome = await ask(client, question(*route, parameters={name: value}))
    assert outcome.error is None
    assert sent_besides(sim.record.last.json) == {**ALWAYS[route], **fields}
    assert sim.record.last.status == 200


@pytest.mark.parametrize("route", OFFERINGS)
async def test_all_dials_set_are_all_sent_and_accepted(sim, closing, route):
    client = closing(client_at(sim, route[0]))
    chosen = {name: (value, fields) for name, value, fields in SETTABLE[route]}
    parameters = {name: value for name, (value, _) in chosen.items()}
    outcome = await ask(client, question(*route, parameters=parameters))
    wanted = dict(ALWAYS[route])
    for _, fields in chosen.values():
        wanted |= fields
    assert outcome.error is None
    assert sent_besides(sim.record.last.json) == wanted
    assert sim.record.last.notes.get("dropped", []) == []


@pytest.mark.parametrize("route", OFFERINGS)
async def test_what_is_shown_as_the_request_is_what_is_sent(sim, closing, route):
    client = closing(client_at(sim, route[0]))
    request = question(*route, system="Be brief.", parameters={"temperature": 0.5})
    shown = client.body(request)
    await ask(client, request)
    assert sim.record.last.json == shown
    assert shown["messages"][0] == {"role": "system", "content": "Be brief."}


@pytest.mark.parametrize("provider", ["openrouter", "aimlapi", "empiriolabs"])
async def test_the_head_of_a_request_is_as_the_wire_wants_it(sim, closing, provider):
    client = closing(client_at(sim, provider))
    route = next(route for route in OFFERINGS if route[0] == provider)
    await ask(client, question(*route))
    seen = sim.record.last
    key = sim.providers[provider].good_key()
    assert (seen.method, seen.path) == (
        "POST",
        f"{sim.providers[provider].prefix}/chat/completions",
    )
    assert seen.header("authorization") == f"Bearer {key_digest(key)}"
    assert seen.header("accept-encoding") == "identity"
    assert seen.header("content-type") == "application/json"
    assert seen.header("http-referer") is None
    assert not sim.record.holds(key)


@pytest.mark.parametrize("parameters", [{}, {"disable_formatting": True}])
async def test_a_search_is_charged_and_its_sources_are_there(sim, closing, parameters):
    client = closing(client_at(sim, "empiriolabs"))
    parameters = {"web_search": True, **parameters}
    outcome = await ask(client, question("empiriolabs", "gemma-3-27b", parameters=parameters))
    assert outcome.cost == Cost(Decimal("0.0170"), CostSource.ESTIMATED)
    assert ("**Sources**" in outcome.text) == ("disable_formatting" not in parameters)


async def test_a_status_of_201_is_a_success(sim, closing):
    sim.aimlapi.success = 201
    client = closing(client_at(sim, "aimlapi"))
    outcome = await ask(client, question("aimlapi", "google/gemma-3-27b-it"))
    assert (outcome.error, outcome.text) == (None, "Hello from the simulator.")


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("ollama", "gemma3:27b"),
        ("lmstudio", "google/gemma-3-27b"),
        ("llamacpp", "/models/gemma-3-27b.gguf"),
        ("vllm", "google/gemma-3-27b-it"),
    ],
)
async def test_servers_on_this_machine_answer_without_a_key(sim, closing, provider, model):
    client = closing(client_at(sim, provider))
    outcome = await ask(client, question(client.id, model, parameters={"top_k": 20}))
    assert (outcome.error, outcome.text) == (None, "Hello from the simulator.")
    assert outcome.sum.usage.output_tokens == 7
    assert outcome.cost.source is CostSource.UNKNOWN
    assert sim.record.last.header("authorization") is None
    assert sim.record.last.json["top_k"] == 20
