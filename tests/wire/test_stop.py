"""Stop means the socket is closed, within a second, and nothing is asked again."""

import asyncio
import contextlib
import time

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import TextAdded
from app.providers.transport.http import Timeouts
from tests.simulator import Scenario
from tests.wire.asking import GEMMA_4, ask, client_at, question


async def stopped_at(sim, closing, scenario, *, when):
    """Starts a question, cancels it when told, and gives the exchange and how long the close
    took."""
    sim.next(scenario)
    client = closing(client_at(sim, "openrouter"))
    task = asyncio.ensure_future(ask(client, question(*GEMMA_4)))
    seen = await sim.record.wait_for(1)
    await when(seen)
    began = time.monotonic()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await asyncio.wait_for(seen.closed.wait(), 5)
    return seen, time.monotonic() - began


@pytest.mark.parametrize(
    ("scenario", "event"),
    [
        (Scenario(hold_after=2), "content_sent"),
        (Scenario(comments=True), None),
        (Scenario(silence=30), None),
        (Scenario(script="long", pause=0.001), "content_sent"),
        (Scenario(end="open", hold_after=5), "content_sent"),
    ],
    ids=["stalled", "comments", "before the head", "flowing", "open end"],
)
async def test_stopping_closes_the_socket_within_a_second(sim, closing, scenario, event):
    async def when(seen):
        if event:
            await asyncio.wait_for(getattr(seen, event).wait(), 5)

    seen, seconds = await stopped_at(sim, closing, scenario, when=when)
    assert seconds < 1
    assert seen.closed_at is not None
    assert len(sim.record.generations) == 1


async def test_leaving_the_stream_closes_the_socket(sim, closing):
    sim.next(Scenario(hold_after=3))
    client = closing(client_at(sim, "openrouter"))
    async with contextlib.aclosing(client.stream(question(*GEMMA_4))) as events:
        async for event in events:
            if isinstance(event, TextAdded):
                break
    await asyncio.wait_for(sim.record.last.closed.wait(), 1)


async def test_a_client_answers_again_after_a_stop(sim, closing):
    client = closing(client_at(sim, "openrouter"))
    sim.next(Scenario(hold_after=1))
    async with contextlib.aclosing(client.stream(question(*GEMMA_4))) as events:
        async for event in events:
            if isinstance(event, TextAdded):
                break
    outcome = await ask(client, question(*GEMMA_4))
    assert (outcome.error, outcome.text) == (None, "Hello from the simulator.")


async def test_an_answer_that_ended_does_not_wait_for_an_open_socket(sim, closing):
    sim.next(Scenario(end="open"))
    began = time.monotonic()
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert time.monotonic() - began < 2
    assert outcome.sum.state is MessageState.DONE


async def test_text_comes_as_it_is_written(sim, closing):
    gate = asyncio.Event()
    sim.next(Scenario(hold_after=1, gate=gate))
    before = []

    async def after(event):
        if isinstance(event, TextAdded):
            before.append(gate.is_set())
            gate.set()

    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4), after=after)
    assert before[0] is False
    assert outcome.text == "Hello from the simulator."


async def test_comments_alone_keep_nothing_alive_for_ever(sim, closing):
    sim.next(Scenario(comments=True))
    timeouts = Timeouts(connect=2, first_byte=5, idle=5, content=0.2)
    client = closing(client_at(sim, "openrouter", timeouts=timeouts))
    outcome = await asyncio.wait_for(ask(client, question(*GEMMA_4)), 5)
    assert type(outcome.error).__name__ == "UnavailableError"
    await asyncio.wait_for(sim.record.last.closed.wait(), 1)


async def test_a_slow_start_is_waited_for(sim, closing):
    sim.next(Scenario(silence=0.3))
    timeouts = Timeouts(connect=2, first_byte=5, idle=0.2, content=5)
    outcome = await ask(closing(client_at(sim, "ollama", timeouts=timeouts)), local(sim))
    assert outcome.error is None


async def test_slow_pieces_are_waited_for(sim, closing):
    sim.next(Scenario(pause=0.05))
    timeouts = Timeouts(connect=2, first_byte=0.3, idle=0.3, content=0.3)
    outcome = await ask(closing(client_at(sim, "ollama", timeouts=timeouts)), local(sim))
    assert (outcome.error, outcome.text) == (None, "Hello from the simulator.")


def local(sim):
    return question(client_at(sim, "ollama").id, "gemma3:27b")
