"""The body of every offering in every dialect it has, for every parameter.

Written by hand from what the providers document, not from our declarations. What a table does not
name must not be sent there: it is left out and said.
"""

from dataclasses import replace

import pytest

from app.core.errors import RefusedError
from app.providers.client import Client
from tests.wire.asking import ask, profile_at, question

GEMMA_2 = ("openrouter", "google/gemma-2-27b-it")
GEMMA_4 = ("openrouter", "google/gemma-4-26b-a4b-it")
AIML_2 = ("aimlapi", "google/gemma-2-27b-it")
AIML_3 = ("aimlapi", "google/gemma-3-27b-it")
EMPIRIO = ("empiriolabs", "gemma-3-27b")

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
VALUES = {
    "temperature": 0.5,
    "top_p": 0.9,
    "top_k": 20,
    "min_p": 0.1,
    "top_a": 0.2,
    "frequency_penalty": 0.5,
    "presence_penalty": -0.5,
    "repetition_penalty": 1.1,
    "seed": 7,
    "max_tokens": 100,
    "stop": ["END", "###"],
    "reasoning": "high",
    "response_format": "json",
    "logprobs": True,
    "top_logprobs": 2,
    "logit_bias": {"50256": -100},
    "web_search": True,
    "disable_formatting": True,
}
"""Each parameter with a value that lies in every range."""


def same(*names):
    """Fields that are called as the parameters are."""
    return {name: {name: VALUES[name]} for name in names}


LENGTH = {"max_tokens": {"max_tokens": 100}}
STOPS = {"stop": {"stop": ["END", "###"]}}
JSON = {"response_format": {"response_format": {"type": "json_object"}}}
PENALTIES = same("frequency_penalty", "presence_penalty")
SAMPLING = same("temperature", "top_p")
RIVALS = {"top_logprobs": {"logprobs": True, "top_logprobs": 2}}
SEARCH_TOOL = {"web_search": {"tools": [{"type": "openrouter:web_search"}]}}
LINKUP = {"web_search": {"web_search_linkup": True}, **same("disable_formatting")}
OUT_LENGTH = {"max_tokens": {"max_output_tokens": 100}}
STOP_SEQUENCES = {"stop": {"stop_sequences": ["END", "###"]}}
INCLUDE = {"include": ["message.output_text.logprobs"]}

TABLE = {
    # The route lists no top_k, min_p, top_a, logprobs, logit_bias, reasoning.
    (GEMMA_2, "chat"): {
        **SAMPLING,
        **PENALTIES,
        **LENGTH,
        **STOPS,
        **JSON,
        **SEARCH_TOOL,
        **same("repetition_penalty", "seed"),
    },
    # Responses has no stop, seed or repetition penalty; OpenRouter adds the two penalties.
    (GEMMA_2, "responses"): {
        **SAMPLING,
        **PENALTIES,
        **OUT_LENGTH,
        **SEARCH_TOOL,
        "response_format": {"text": {"format": {"type": "json_object"}}},
    },
    # Messages has no penalties and no seed; JSON only by a schema.
    (GEMMA_2, "messages"): {**SAMPLING, **LENGTH, **STOP_SEQUENCES},
    # The route lists reasoning, log probabilities and logit_bias, and no JSON.
    (GEMMA_4, "chat"): {
        **SAMPLING,
        **PENALTIES,
        **LENGTH,
        **STOPS,
        **RIVALS,
        **SEARCH_TOOL,
        **same("seed", "logit_bias", "logprobs"),
        "reasoning": {"reasoning": {"effort": "high"}},
    },
    (GEMMA_4, "responses"): {
        **SAMPLING,
        **PENALTIES,
        **OUT_LENGTH,
        **SEARCH_TOOL,
        "reasoning": {
            "reasoning": {"effort": "high"},
            "include": ["reasoning.encrypted_content"],
        },
        "logprobs": INCLUDE,
        "top_logprobs": {"top_logprobs": 2, **INCLUDE},
    },
    # High is 80 % of the length; without one the length is half of the 262,144 of context.
    (GEMMA_4, "messages"): {
        **SAMPLING,
        **LENGTH,
        **STOP_SEQUENCES,
        "reasoning": {"thinking": {"type": "enabled", "budget_tokens": 131_072 * 80 // 100}},
    },
    # The older kind of model there: logprobs and logit_bias, no top_a.
    (AIML_2, "chat"): {
        **SAMPLING,
        **PENALTIES,
        **LENGTH,
        **STOPS,
        **JSON,
        **RIVALS,
        **same("top_k", "min_p", "repetition_penalty", "seed", "logit_bias", "logprobs"),
    },
    # The newer kind: top_a, no logprobs, no logit_bias.
    (AIML_3, "chat"): {
        **SAMPLING,
        **PENALTIES,
        **LENGTH,
        **STOPS,
        **JSON,
        **same("top_k", "min_p", "top_a", "repetition_penalty", "seed"),
    },
    # Stop is one text with commas; nothing else is listed.
    (EMPIRIO, "chat"): {
        **SAMPLING,
        **PENALTIES,
        **LENGTH,
        **LINKUP,
        "stop": {"stop": "END,###"},
    },
    (EMPIRIO, "responses"): {**SAMPLING, **OUT_LENGTH, **LINKUP},
    (EMPIRIO, "messages"): {**SAMPLING, **LENGTH, **STOP_SEQUENCES, **LINKUP},
}
ALWAYS = {
    (GEMMA_2, "chat"): {},
    (GEMMA_4, "chat"): {},
    (AIML_2, "chat"): {"stream_options": {"include_usage": True}},
    (AIML_3, "chat"): {"stream_options": {"include_usage": True}},
    (EMPIRIO, "chat"): {"stream_options": {"include_usage": True}},
}
"""What goes with every request in Chat Completions: usage is asked for where it must be."""
UNCOMPRESSED = {"plugins": [{"id": "context-compression", "enabled": False}]}
"""Goes with every request to a route of 8K at OpenRouter, in any dialect: nothing is left out
of what is sent."""
LENGTHS = {GEMMA_2: 4096, GEMMA_4: 131_072, EMPIRIO: 8192}
"""The length Messages demands: what the model can write, but no more than half of its context."""
UNKNOWN = (AIML_2, AIML_3, EMPIRIO)
"""Routes that may know a parameter they do not list: it is sent, and the reply tells."""
CASES = [(*place, name) for place in TABLE for name in VALUES]


def always(route, dialect):
    found = dict(ALWAYS.get((route, dialect), {}))
    if dialect == "responses":
        found["store"] = False
    if dialect == "messages":
        found["max_tokens"] = LENGTHS[route]
    return {**found, **(UNCOMPRESSED if route == GEMMA_2 else {})}


def client_in(sim, provider, dialect):
    profile = replace(profile_at(sim, provider), dialect=dialect)
    return Client(profile, key=sim.providers[provider].good_key())


async def outcome_of(sim, closing, route, dialect, parameters):
    client = closing(client_in(sim, route[0], dialect))
    outcome = await ask(client, question(*route, parameters=parameters))
    bodies = [exchange.json for exchange in sim.record.generations]
    return outcome, bodies


def besides(body):
    """A body without what every request has: the model, the turns and the wish for a stream."""
    return {k: v for k, v in body.items() if k not in ("model", "messages", "input", "stream")}


@pytest.mark.parametrize(("route", "dialect", "name"), CASES)
async def test_one_parameter_is_just_its_fields(sim, closing, route, dialect, name):
    outcome, bodies = await outcome_of(sim, closing, route, dialect, {name: VALUES[name]})
    fields = TABLE[route, dialect].get(name)
    if fields is not None:
        assert outcome.error is None
        assert besides(bodies[-1]) == {**always(route, dialect), **fields}
    elif isinstance(outcome.error, RefusedError) and not bodies:
        assert name in ("web_search",)
    elif route in UNKNOWN and "not_sent" not in outcome.notices:
        assert besides(bodies[0]) != always(route, dialect)
    else:
        assert besides(bodies[-1]) == always(route, dialect)
        assert "not_sent" in outcome.notices


@pytest.mark.parametrize(("route", "dialect"), TABLE)
async def test_nothing_set_is_nothing_sent(sim, closing, route, dialect):
    outcome, bodies = await outcome_of(sim, closing, route, dialect, {})
    assert outcome.error is None
    assert besides(bodies[0]) == always(route, dialect)
    assert bodies[0]["model"] == route[1]
    assert bodies[0]["stream"] is True


TURNS = {
    "chat": {"messages": [{"role": "user", "content": "Hi"}]},
    "responses": {"input": [{"role": "user", "content": [{"type": "input_text", "text": "Hi"}]}]},
    "messages": {"messages": [{"role": "user", "content": "Hi"}]},
}


@pytest.mark.parametrize(("route", "dialect"), TABLE)
async def test_what_is_asked_stands_where_the_dialect_wants_it(sim, closing, route, dialect):
    _, bodies = await outcome_of(sim, closing, route, dialect, {})
    assert TURNS[dialect].items() <= bodies[0].items()


@pytest.mark.parametrize(("route", "dialect"), TABLE)
async def test_instructions_stand_where_the_dialect_wants_them(sim, closing, route, dialect):
    client = closing(client_in(sim, route[0], dialect))
    await ask(client, question(*route, system="Be brief."))
    body = sim.record.last.json
    if dialect == "chat":
        assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    else:
        assert body["instructions" if dialect == "responses" else "system"] == "Be brief."


SHAPES = {
    "chat": {
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
        }
    },
    "responses": {
        "text": {
            "format": {"type": "json_schema", "name": "answer", "strict": True, "schema": SCHEMA}
        }
    },
    "messages": {"output_config": {"format": {"type": "json_schema", "schema": SCHEMA}}},
}


@pytest.mark.parametrize("dialect", SHAPES)
async def test_a_schema_is_written_as_each_dialect_has_it(sim, closing, dialect):
    _, bodies = await outcome_of(sim, closing, GEMMA_2, dialect, {"response_format": SCHEMA})
    assert besides(bodies[-1]) == {**always(GEMMA_2, dialect), **SHAPES[dialect]}


THOUGHTS = [
    ("chat", "off", {"reasoning": {"effort": "none"}}),
    ("chat", {"max_tokens": 2000}, {"reasoning": {"max_tokens": 2000}}),
    (
        "chat",
        {"effort": "low", "exclude": True},
        {"reasoning": {"effort": "low", "exclude": True}},
    ),
    ("responses", "off", {"reasoning": {"effort": "none"}}),
    ("messages", "off", {"thinking": {"type": "disabled"}}),
    ("messages", {"max_tokens": 2000}, {"thinking": {"type": "enabled", "budget_tokens": 2000}}),
]


@pytest.mark.parametrize(("dialect", "value", "fields"), THOUGHTS)
async def test_thinking_is_written_as_each_dialect_has_it(sim, closing, dialect, value, fields):
    _, bodies = await outcome_of(sim, closing, GEMMA_4, dialect, {"reasoning": value})
    assert besides(bodies[-1]) == {**always(GEMMA_4, dialect), **fields}


RANGES = [
    (GEMMA_2, "chat", "temperature", 2.1),
    (GEMMA_2, "messages", "temperature", 1.1),
    (GEMMA_2, "chat", "frequency_penalty", 2.5),
    (GEMMA_2, "chat", "repetition_penalty", 2.5),
    (GEMMA_2, "chat", "max_tokens", 0),
    (GEMMA_2, "chat", "stop", ["a", "b", "c", "d", "e"]),
    (GEMMA_4, "chat", "top_logprobs", 21),
    (GEMMA_4, "chat", "logit_bias", {"1": -101}),
    (AIML_2, "chat", "top_p", 0),
    (AIML_2, "chat", "min_p", 0),
    (AIML_2, "chat", "min_p", 1),
    (AIML_3, "chat", "seed", 0),
    (AIML_3, "chat", "stop", ["a", "b", "c", "d", "e"]),
    (EMPIRIO, "chat", "max_tokens", 65_537),
    (EMPIRIO, "chat", "stop", ["a,b"]),
    (EMPIRIO, "chat", "temperature", -0.1),
]


@pytest.mark.parametrize(("route", "dialect", "name", "value"), RANGES)
async def test_a_value_out_of_range_is_refused_before(sim, closing, route, dialect, name, value):
    outcome, bodies = await outcome_of(sim, closing, route, dialect, {name: value})
    assert isinstance(outcome.error, RefusedError)
    assert outcome.error.parameter == name
    assert bodies == []
