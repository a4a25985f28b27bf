"""However the bytes come, the same events come of them."""

import pytest

from app.core.conversations.events import Started
from app.providers.transport.joining import joined
from tests.simulator import MODES, Scenario
from tests.wire.asking import GEMMA_4, ask, client_at, question


async def events_in(sim, closing, mode, **faults):
    sim.default = Scenario(bytes=mode, script=faults.pop("script", "unicode"), **faults)
    outcome = await ask(closing(client_at(sim, "openrouter")), question(*GEMMA_4))
    assert outcome.error is None
    events = [
        Started("", event.model, event.upstream) if isinstance(event, Started) else event
        for event in outcome.events
    ]
    return joined(events)


@pytest.mark.parametrize("mode", MODES)
async def test_every_byte_mode_gives_the_same_events(sim, closing, mode):
    plain = await events_in(sim, closing, "plain")
    assert await events_in(sim, closing, mode) == plain


@pytest.mark.parametrize("mode", ["mixed+byte_per_write", "crlf+bom+no_newline", "cr+multi_line"])
async def test_modes_together_give_the_same_events(sim, closing, mode):
    plain = await events_in(sim, closing, "plain", script="reasoning_all")
    assert await events_in(sim, closing, mode, script="reasoning_all") == plain


@pytest.mark.parametrize("mode", ["no_blank_line", "no_newline"])
async def test_the_last_event_counts_without_its_line_end(sim, closing, mode):
    plain = await events_in(sim, closing, "plain", end="no_done")
    assert await events_in(sim, closing, mode, end="no_done") == plain
