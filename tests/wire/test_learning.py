"""The two refusals that are answered by asking once more in another form, and nothing else is."""

import pytest

from app.core.conversations.conversation import Role
from app.core.errors import ProviderError, RefusedError
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, client_at, question, said

SMALL = ("aimlapi", "google/gemma-3-4b-it")
GEMMA_3 = ("aimlapi", "google/gemma-3-27b-it")


async def test_a_refused_system_text_goes_into_the_first_turn_once(sim, closing):
    client = closing(client_at(sim, "aimlapi"))
    outcome = await ask(client, question(*SMALL, text="Hi", system="Be brief."))
    first, second = (exchange.json for exchange in sim.record.generations)
    assert outcome.error is None
    assert outcome.notices.count("role_folded") == 1
    assert first["messages"][0]["role"] == "system"
    assert second["messages"] == [{"role": "user", "content": "Be brief.\n\nHi"}]
    assert {**first, "messages": 0} == {**second, "messages": 0}


async def test_what_was_learnt_of_a_route_is_remembered(sim, closing):
    client = closing(client_at(sim, "aimlapi"))
    await ask(client, question(*SMALL, system="Be brief."))
    await ask(client, question(*SMALL, system="Be brief."))
    statuses = [exchange.status for exchange in sim.record.generations]
    assert statuses == [400, 200, 200]


async def test_a_role_refused_for_ever_is_asked_twice_at_most(sim, closing):
    sim.default = Scenario(status=400, message="messages[0].role: 'system' is not supported")
    client = closing(client_at(sim, "openrouter"))
    outcome = await ask(client, question(*GEMMA_4, system="Be brief."))
    assert isinstance(outcome.error, RefusedError)
    assert len(sim.record.generations) == 2


async def test_a_role_refused_without_any_system_text_is_not_repeated(sim, closing):
    sim.default = Scenario(status=400, message="messages[0].role: 'system' is not supported")
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert isinstance(outcome.error, RefusedError)
    assert len(sim.record.generations) == 1


async def test_stream_options_are_left_out_when_they_are_refused(sim, closing):
    sim.default = Scenario(refuse="stream_options")
    client = closing(client_at(sim, "empiriolabs"))
    outcome = await ask(client, question("empiriolabs", "gemma-3-27b"))
    first, second = (exchange.json for exchange in sim.record.generations)
    assert (outcome.error, outcome.text) == (None, "Hello from the simulator.")
    assert "stream_options" in first
    assert "stream_options" not in second


async def test_a_field_goes_under_the_name_that_a_route_asks_for(sim, closing):
    client = closing(client_at(sim, "empiriolabs"))
    request = question("empiriolabs", "gemma-3-27b", parameters={"max_tokens": 50})
    name = next(key for key, value in client.body(request).items() if value == 50)
    other = "max_tokens" if name == "max_completion_tokens" else "max_completion_tokens"
    said = f"Unsupported parameter: '{name}' is not supported. Use '{other}' instead."
    sim.next(Scenario(status=400, message=said))
    outcome = await ask(client, request)
    assert (outcome.error, outcome.text) == (None, "Hello from the simulator.")
    first, second = (exchange.json for exchange in sim.record.generations)
    assert (first[name], second[other], name in second) == (50, 50, False)
    await ask(client, request)
    assert sim.record.last.json[other] == 50
    assert len(sim.record.generations) == 3
    assert client.body(request)[other] == 50


@pytest.mark.parametrize("status", [400, 401, 402, 408, 429, 500, 503, 529])
async def test_other_refusals_are_not_repeated(sim, closing, status):
    sim.default = Scenario(status=status)
    client = closing(client_at(sim, "aimlapi"))
    outcome = await ask(client, question(*GEMMA_3, system="Be brief."))
    assert isinstance(outcome.error, ProviderError)
    assert len(sim.record.generations) == 1


async def test_an_overlong_branch_is_refused_not_compressed(sim, closing):
    client = closing(client_at(sim, "openrouter"))
    route = ("openrouter", "google/gemma-2-27b-it")
    outcome = await ask(client, question(*route, text="word " * 9000))
    assert type(outcome.error).__name__ == "ContextLengthError"
    assert "compressed" not in sim.record.last.notes


async def test_two_turns_of_one_side_and_empty_ones_become_one(sim, closing):
    branch = [
        said(Role.USER, "One", 1),
        said(Role.USER, "Two", 2),
        said(Role.ASSISTANT, " ", 3),
        said(Role.USER, "Three", 4),
    ]
    await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4, messages=branch))
    assert sim.record.last.json["messages"] == [{"role": "user", "content": "One\n\nTwo\n\nThree"}]
