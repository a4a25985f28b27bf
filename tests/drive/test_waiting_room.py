"""A provider that is busy for a while: Facet waits in sight and asks again, or is told not to."""

import pytest

from tests.drive.provider import connect, running_simulator
from tests.simulator import scenario_from


@pytest.fixture
def simulator():
    with running_simulator() as running:
        yield running


def test_a_busy_provider_is_asked_again_after_the_time_it_named(start, profile, simulator):
    connect(profile, simulator.base_url("ollama"), "gemma3:27b")
    simulator.next(scenario_from("status=429; retry_after=2"))
    facet = start().shown("Facet")
    facet.ask("Are you there?")
    refused = facet.answer("failed")
    assert len(simulator.record.generations) == 1
    answer = facet.answer("done", after=refused.id)
    assert answer.text == "Hello from the simulator."
    assert len(simulator.record.generations) == 2
    assert facet.history.questions() == ["Are you there?"]
    facet.quit()


def test_waiting_is_given_up_by_the_palette(start, profile, simulator):
    connect(profile, simulator.base_url("ollama"), "gemma3:27b")
    simulator.next(scenario_from("status=429; retry_after=20"))
    facet = start().shown("Facet")
    facet.ask("Are you there?")
    refused = facet.answer("failed")
    facet.command("Stop waiting")
    facet.ask("And now?")
    answer = facet.answer("done", after=refused.id)
    assert answer.text == "Hello from the simulator."
    first, second = (sent.json["messages"][-1]["content"] for sent in simulator.record.generations)
    assert (first, second.split()[-2:]) == ("Are you there?", ["And", "now?"])
    facet.quit()
