"""Practice through the same client and parser as every other provider."""

from contextlib import aclosing
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import Message, MessageState, Role, TextPart
from app.core.conversations.events import TextAdded
from app.core.costs.usage import Cost, CostSource, cost_of
from app.core.errors import ContextLengthError, RefusedError
from app.core.models.provider import Request, StepState
from app.practice.transport import practice_transport
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client


@pytest.fixture
def model():
    return Catalogue.bundled().model("practice", "practice-1")


@pytest.fixture
async def client():
    profile = Catalogue.bundled().profile("practice")
    made = Client(profile, transport=practice_transport(0))
    yield made
    await made.aclose()


def asked(model, text="What does temperature do?", system="", **parameters):
    now = datetime.now(UTC)
    message = Message("1", "c", None, Role.USER, (TextPart(text),), 1, now)
    return Request(model, [message], system, parameters)


async def answered(client, request):
    reply = Accumulator()
    async with aclosing(client.stream(request)) as events:
        async for event in events:
            reply.add(event)
    return reply


async def test_an_answer_arrives_whole_with_usage_and_no_cost(client, model):
    reply = await answered(client, asked(model, temperature=0))
    assert reply.text.startswith("Variety decides how boldly the next word is chosen.")
    assert reply.text.count("|") > 20
    assert (reply.state, reply.finished.finish_reason) == (MessageState.DONE, "stop")
    assert reply.usage.output_tokens > 100
    assert reply.usage.input_tokens == 5
    assert cost_of(reply.usage, model.price) == Cost(Decimal(0), CostSource.REPORTED)
    assert reply.started.model == "practice-1"
    assert not reply.notices


async def test_the_seed_and_the_temperature_decide(client, model):
    first = await answered(client, asked(model, seed=7))
    again = await answered(client, asked(model, seed=7))
    other = await answered(client, asked(model, seed=7, temperature=1.6))
    assert first.text == again.text != other.text


async def test_the_limit_is_told_from_an_end(client, model):
    reply = await answered(client, asked(model, temperature=0, max_tokens=10))
    assert (reply.state, reply.finished.finish_reason) == (MessageState.CUT_OFF, "length")
    assert reply.usage.output_tokens == 10


async def test_stop_texts_end_the_answer(client, model):
    reply = await answered(client, asked(model, temperature=0, stop=["next word"]))
    assert reply.text == "Variety decides how boldly the "
    assert reply.state is MessageState.DONE


async def test_confidence_is_recorded_word_by_word(client, model):
    request = asked(model, temperature=0, max_tokens=12, logprobs=True, top_logprobs=3)
    reply = await answered(client, request)
    assert "".join(word.text for word in reply.words) == reply.text
    assert all(word.logprob < 0 and len(word.rivals) == 3 for word in reply.words)
    assert all(word.rivals[0].logprob == word.logprob for word in reply.words)


async def test_instructions_reach_it(client, model):
    whole = await answered(client, asked(model, temperature=0))
    brief = await answered(client, asked(model, system="Be concise.", temperature=0))
    assert len(brief.text) < len(whole.text) / 2


@pytest.mark.parametrize(
    ("parameters", "named"),
    [({"temperature": 5}, "temperature"), ({"repetition_penalty": 9}, "repetition_penalty")],
)
async def test_a_value_out_of_range_is_refused_by_name(client, model, parameters, named):
    with pytest.raises(RefusedError, match=named):
        await answered(client, asked(model, **parameters))


async def test_a_conversation_beyond_the_context_is_told_as_such(client, model):
    with pytest.raises(ContextLengthError):
        await answered(client, asked(model, "word " * 9000))


async def test_leaving_in_the_middle_leaves_nothing_running(client, model):
    async with aclosing(client.stream(asked(model))) as events:
        async for event in events:
            if isinstance(event, TextAdded):
                break
    assert (await answered(client, asked(model))).state is MessageState.DONE


async def test_the_list_and_the_check_work(client):
    assert [found.key for found in await client.models()] == ["practice/practice-1"]
    steps = [step async for step in client.check()]
    assert steps
    assert all(step.state is not StepState.FAILED for step in steps), steps
