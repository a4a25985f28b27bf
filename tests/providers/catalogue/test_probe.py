"""What an unknown address speaks is told by what it refuses, over real sockets."""

import httpx
import pytest

from app.core.errors import SettingError, UnavailableError
from app.providers.catalogue.probe import probe
from tests.simulator import Scenario, Simulator


@pytest.fixture
async def sim():
    """All simulated servers on one port."""
    async with Simulator() as simulator:
        yield simulator


def answering(**statuses):
    """A network in memory whose pages have these statuses by their last word; 404 else."""
    asked = []

    def answer(request):
        asked.append(request)
        status = statuses.get(request.url.path.rsplit("/", 1)[-1], statuses.get("other", 404))
        return httpx.Response(status, text="says something")

    transport = httpx.MockTransport(answer)
    transport.asked = asked
    return transport


async def test_a_service_with_three_dialects_is_chosen_chat_and_wants_its_key(sim):
    found = await probe(sim.base_url("empiriolabs"))
    assert found.dialects == ("chat", "responses", "messages")
    assert found.needs_key
    assert found.base_url == sim.base_url("empiriolabs")
    assert found.text == (
        "It speaks Chat Completions, Responses and Messages. Chat Completions is chosen. "
        "It asks for a key."
    )


async def test_a_page_that_misses_only_the_model_is_there(sim):
    found = await probe(sim.base_url("ollama"))
    assert found.dialects[0] == "chat"
    assert not found.needs_key


async def test_a_forgotten_v1_is_found_and_an_endpoint_left_out(sim):
    right = sim.base_url("ollama")
    assert (await probe(right.removesuffix("/v1"))).base_url == right
    assert (await probe(f"{right}/chat/completions")).base_url == right


async def test_nothing_that_could_be_answered_or_billed_is_sent_and_no_key(sim):
    await probe(sim.base_url("openrouter"))
    for seen in sim.record.exchanges:
        assert seen.body in (b"", b"{}")
        assert seen.header("authorization") is None
        assert seen.header("x-api-key") is None
    assert len(sim.record.exchanges) == 5


@pytest.mark.parametrize("dialect", ["responses", "messages"])
async def test_a_server_with_one_dialect_speaks_that(dialect):
    found = await probe("https://llm.test/v1", answering(**{dialect: 400, "models": 200}))
    assert found.dialects == (dialect,)
    assert not found.needs_key
    assert found.text == f"It speaks {dialect.title()}."


@pytest.mark.parametrize("status", [400, 401, 403, 415, 422, 429, 500])
async def test_any_answer_but_not_there_tells_that_a_page_is_there(status):
    found = await probe("https://llm.test/v1", answering(completions=status))
    assert found.dialects == ("chat",)
    assert found.needs_key == (status in (401, 403))


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ({}, "speaks none of the languages Facet knows"),
        ({"other": 405}, "speaks none of the languages Facet knows"),
        ({"other": 501}, "speaks none of the languages Facet knows"),
        ({"other": 401}, "answers nobody without a key"),
        ({"other": 403}, "answers nobody without a key"),
        ({"other": 302}, "sends everybody on to another address"),
        ({"other": 503}, "out of order now"),
        ({"other": 200}, "answers every page alike"),
        ({"other": 400}, "answers every page alike"),
    ],
)
async def test_what_cannot_be_told_is_said_plainly(statuses, words):
    with pytest.raises(UnavailableError, match=words) as caught:
        await probe("https://llm.test/v1", answering(**statuses))
    assert caught.value.hint
    assert "llm.test" in caught.value.message


async def test_where_nothing_listens_it_is_said():
    with pytest.raises(UnavailableError):
        await probe("http://127.0.0.1:9/v1")


async def test_a_connection_that_breaks_off_is_said(sim):
    sim.next(Scenario(reset="before_headers", times=9), path="/models")
    with pytest.raises(UnavailableError):
        await probe(sim.base_url("vllm"))


async def test_an_address_that_cannot_be_used_is_not_asked():
    transport = answering()
    for address in ("", "llm.test/v1", "http://llm.test/v1", "https://me:secret@llm.test/v1"):
        with pytest.raises(SettingError) as caught:
            await probe(address, transport)
        assert "secret" not in str(caught.value)
    assert transport.asked == []


async def test_a_redirect_is_not_followed():
    transport = answering(other=302)
    with pytest.raises(UnavailableError):
        await probe("https://llm.test/v1", transport)
    assert {request.url.host for request in transport.asked} == {"llm.test"}
