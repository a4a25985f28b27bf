"""The cost of a stopped answer in the real window, asked of the simulator."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import MessageState
from app.providers.client import Client
from app.ui.conversation.answer_details import facts
from app.ui.transcript.sections.footer_text import provenance_parts
from tests.simulator import Scenario, Simulator

CONFIRMED = "$0.000012 confirmed"


@pytest.fixture
async def sim(desk, monkeypatch):
    """The simulator in the place of OpenRouter, with a key for it."""
    async with Simulator() as simulator:
        simulator.openrouter.generation_delay = 0.0
        models, key = desk.services.models, simulator.openrouter.good_key()
        monkeypatch.setattr(
            models,
            "_make_client",
            lambda profile, _key: Client(replace(profile, base_url=simulator.base_url()), key=key),
        )
        models.keys.use_for_this_run("openrouter", key)
        desk.services.conversations.choices.choose_model("openrouter", "google/gemma-2-27b-it")
        yield simulator
        await models.close()


async def stop_midway(desk, sim):
    """Asks, stops after the first words, and waits for the end."""
    sim.next(Scenario(hold_after=2))
    services = desk.services
    await desk.until(services.generation.text_added, services.conversations.send, "Hello")
    await desk.until(services.generation.ended, desk.window.registry.run, "message.stop")


def foot(desk):
    """The message of the last foot and the facts on its line."""
    message = desk.window.view.transcript.column.layouts[-1].foot.message
    return message, provenance_parts(message.provenance)[1]


async def test_a_stopped_answer_shows_its_cost_when_the_provider_tells_it(desk, sim):
    desk.services.bills.waits = (0.05,)
    await stop_midway(desk, sim)
    message, line = foot(desk)
    assert message.state is MessageState.STOPPED
    assert "cost unknown" in line
    assert desk.window.sidebar._month.text() == "cost of 1 unknown"
    await desk.settled()
    message, line = foot(desk)
    assert CONFIRMED in line
    assert "7 tokens" in line
    assert message.state is MessageState.STOPPED
    assert ("Cost", CONFIRMED) in facts(message)
    assert desk.window.sidebar._month.text().startswith("under $0.01")


async def test_without_a_record_it_stays_unknown_and_nothing_is_said_to_be_free(desk, sim):
    sim.openrouter.generation_delay = float("inf")
    desk.services.bills.waits = (0.0, 0.0)
    await stop_midway(desk, sim)
    await desk.settled()
    assert "cost unknown" in foot(desk)[1]
    assert desk.window.sidebar._month.text() == "cost of 1 unknown"


async def test_the_open_window_of_costs_follows(desk, sim):
    desk.services.bills.waits = (0.05,)
    desk.window.registry.run("application.ledger")
    await stop_midway(desk, sim)
    dialog = desk.window.dialogs.ledger
    assert dialog.summary.text().endswith("1 answer of unknown cost")
    await desk.settled()
    assert dialog.summary.text().endswith("$0.000012 billed (confirmed later)")
