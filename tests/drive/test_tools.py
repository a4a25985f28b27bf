"""A tool is described, a model asks for it, the user answers, and the model goes on."""

import pytest

from tests.drive.facet import ACCENT
from tests.drive.provider import connect, running_simulator
from tests.simulator import Scenario

LIGHT = {"appearance.theme": "light", "chat.default_parameters": {"tools": ["weather"]}}


@pytest.fixture
def simulator():
    with running_simulator() as running:
        running.default = Scenario(script="tool_call")
        yield running


def describe(facet):
    """Opens the page of tools by the palette and describes one."""
    facet.command("Tools")
    facet.shown("Settings").click(ACCENT, 0.27, 0.15, 1, 0.5)
    facet.shown("New tool")
    facet.type("weather")
    facet.key("Tab")
    facet.type("Tells the weather of a city")
    facet.click(ACCENT, 0.7, 0.85, 1, 1)
    facet.shown("Settings").key("Escape")
    facet.shown("Facet$")


def test_a_tool_is_described_asked_for_answered_and_the_answer_goes_on(start, profile, simulator):
    connect(profile, simulator.base_url("ollama"), "gemma3:27b", **LIGHT)
    facet = start().shown("Facet")
    describe(facet)
    facet.ask("Is it cold in Oslo?")
    asking = facet.answer("done")
    assert asking.text == ""
    (tool,) = simulator.record.last.json["tools"]
    assert tool["function"]["name"] == "weather"
    facet.shown("Is it cold")
    facet.command("Answer a call")
    facet.type("8 degrees")
    facet.key("ctrl+Return")
    answer = facet.answer("done", after=asking.id)
    assert answer.text == "The tools said: 8 degrees."
    facet.quit()


def test_a_call_that_nobody_answered_still_waits_after_a_restart(start, profile, simulator):
    connect(profile, simulator.base_url("ollama"), "gemma3:27b", **LIGHT)
    facet = start().shown("Facet")
    facet.ask("Is it cold in Oslo?")
    asking = facet.answer("done")
    facet.quit()
    again = start().shown("Facet")
    again.key("ctrl+1")
    again.shown("Is it cold")
    again.command("Answer without")
    answer = again.answer("done", after=asking.id)
    assert answer.text == "The tools said: The user declined.."
    again.quit()
