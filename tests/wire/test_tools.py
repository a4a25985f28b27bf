"""Tools, searches and answer shapes over real sockets, in every dialect that takes them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.conversations.conversation import (
    Message,
    MessageState,
    Provenance,
    Role,
    SourcePart,
    ToolCallPart,
    ToolResultPart,
)
from app.core.identity import new_id
from app.core.models.tool import Tool
from app.providers.client import Client
from app.providers.parameters.answer_shape import check_answer
from app.ui.tools.examples import ANSWERS
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, PATIENT, ask, profile_at, question, said

DIALECTS = ("chat", "responses", "messages")
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = Tool("weather", "Tells the weather.", CITY)
LIST = ANSWERS["List of things"]


def client_in(sim, dialect, provider="openrouter"):
    profile = replace(profile_at(sim, provider), dialect=dialect)
    return Client(profile, key=sim.providers[provider].good_key(), timeouts=PATIENT)


def message(role, *parts, sequence, state=MessageState.DONE):
    made_by = Provenance(*GEMMA_4) if role is Role.ASSISTANT else None
    return Message(new_id(), "c1", None, role, parts, sequence, datetime.now(UTC), state, made_by)


async def first_round(client, script, sim):
    sim.default = Scenario(script=script)
    asked = replace(question(*GEMMA_4), tools=[WEATHER])
    return asked, await ask(client, asked)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("script", ["tool_call", "tool_parallel"])
async def test_a_call_is_answered_and_the_model_goes_on(sim, closing, dialect, script):
    client = closing(client_in(sim, dialect))
    asked, first = await first_round(client, script, sim)
    sent = sim.record.last.json["tools"]
    assert [tool.get("function", tool)["name"] for tool in sent] == ["weather"]
    assert first.sum.finished.finish_reason == "tool_calls"
    assert first.sum.state is MessageState.DONE
    calls = [part for part in first.sum.parts if isinstance(part, ToolCallPart)]
    results = [ToolResultPart(c.call_id, f"{n} degrees") for n, c in enumerate(calls, 7)]
    branch = [
        *asked.messages,
        message(Role.ASSISTANT, *first.sum.parts, sequence=2),
        message(Role.TOOL, *results, sequence=3),
    ]
    second = await ask(client, replace(asked, messages=branch))
    assert second.error is None
    said_back = "; ".join(result.text for result in results)
    assert second.text == f"The tools said: {said_back}."


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_call_nobody_answered_is_declined_with_the_next_question(sim, closing, dialect):
    client = closing(client_in(sim, dialect))
    asked, first = await first_round(client, "tool_parallel", sim)
    sim.default = Scenario()
    branch = [
        *asked.messages,
        message(Role.ASSISTANT, *first.sum.parts, sequence=2),
        said(Role.USER, "Never mind.", 3),
    ]
    second = await ask(client, replace(asked, messages=branch))
    assert second.error is None
    assert sim.record.last.body.count(b"The user declined.") == 2


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_half_a_call_is_neither_offered_nor_sent_back(sim, closing, dialect):
    client = closing(client_in(sim, dialect))
    sim.default = Scenario(script="tool_broken", end="no_finish")
    asked = replace(question(*GEMMA_4), tools=[WEATHER])
    cut = await ask(client, asked)
    assert cut.error is not None or cut.sum.state is MessageState.CUT_OFF
    sim.default = Scenario()
    state = MessageState.CUT_OFF
    branch = [
        *asked.messages,
        message(Role.ASSISTANT, *cut.sum.parts, sequence=2, state=state),
        said(Role.USER, "Again?", 3),
    ]
    again = await ask(client, replace(asked, messages=branch))
    assert again.error is None
    assert b'"Os' not in sim.record.last.body


@pytest.mark.parametrize("dialect", ["chat", "responses"])
async def test_the_search_of_the_provider_cites_pages_and_is_counted(sim, closing, dialect):
    client = closing(client_in(sim, dialect))
    asked = question(*GEMMA_4, parameters={"web_search": True})
    found = await ask(client, replace(asked, tools=[WEATHER]))
    kinds = [tool["type"] for tool in sim.record.last.json["tools"]]
    assert kinds == ["function", "openrouter:web_search"]
    assert found.sum.usage.searches == 2
    sources = [part for part in found.sum.parts if isinstance(part, SourcePart)]
    assert [source.url for source in sources] == ["https://example.org/a", "https://example.org/b"]
    assert [source.title for source in sources] == ["example.org", "B"]


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("json_fits", "fits"),
        ("json_fenced", "fits"),
        ("json_misfit", "misfit"),
        ("json_none", "not_json"),
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_schema_is_sent_and_the_answer_held_against_it(sim, closing, dialect, script, kind):
    model = "google/gemma-2-27b-it" if dialect == "chat" else GEMMA_4[1]
    client = closing(client_in(sim, dialect))
    sim.default = Scenario(script=script)
    asked = question("openrouter", model)
    able = replace(
        asked.model, parameters={**asked.model.parameters, "response_format": _range(asked)}
    )
    found = await ask(client, replace(asked, model=able, parameters={"response_format": LIST}))
    body = sim.record.last.json
    written = {
        "chat": lambda: body["response_format"]["json_schema"]["schema"],
        "responses": lambda: body["text"]["format"]["schema"],
        "messages": lambda: body["output_config"]["format"]["schema"],
    }
    assert written[dialect]() == LIST
    check = check_answer(found.text, LIST)
    assert check.kind == kind
    if kind == "misfit":
        assert check.text == "Does not fit: $.items[2].price is not a number."


def _range(asked):
    return asked.model.range_of("response_format")
