"""Failed answers in the real window, asked of the simulator."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import MessageState
from app.services.generation import retry_waits
from tests.simulator import Scenario, Simulator
from tests.ui.transcript.driver import footer_of
from tests.ui.transcript.sections.test_thumbnails import png

GEMMA = "google/gemma-2-27b-it"


@pytest.fixture
async def sim(desk, monkeypatch):
    """The simulator in the place of OpenRouter and AI/ML API, with keys for both."""
    async with Simulator() as simulator:
        models = desk.services.models
        real = models.profile

        def here(provider_id):
            if provider_id in simulator.providers:
                return replace(real(provider_id), base_url=simulator.base_url(provider_id))
            return real(provider_id)

        monkeypatch.setattr(models, "profile", here)
        monkeypatch.setattr(
            models,
            "_make_client",
            lambda profile, key: __import__("app.providers.client", fromlist=["Client"]).Client(
                profile, key=key
            ),
        )
        for provider_id in ("openrouter", "aimlapi"):
            models.keys.use_for_this_run(provider_id, simulator.providers[provider_id].good_key())
        desk.services.conversations.choices.choose_model("openrouter", GEMMA)
        yield simulator
        await models.close()


def card(desk):
    foot = footer_of(desk.window.view.transcript, -1)
    return foot._card, [button.title for button in foot._card.buttons]


def run(desk, command):
    desk.window.registry.run(command)


async def test_a_busy_route_offers_the_wait_and_another_route(desk, sim, monkeypatch):
    monkeypatch.setattr(retry_waits, "LEAST", 60.0)
    sim.default = Scenario(status=429, retry_after="12")
    await desk.asked("Hello")
    found, titles = card(desk)
    assert titles == ["Try now", "Don’t wait", "Ask AI/ML API instead (price unknown)"]
    assert found.lines[-1].startswith("Trying again in ")
    run(desk, "message.stop_waiting")
    await desk.settled()
    assert card(desk)[1][0] == "Ask again"


async def test_the_same_model_is_asked_elsewhere_and_the_choice_stays(desk, sim):
    sim.next(Scenario(status=502))
    await desk.asked("Hello")
    await desk.until(desk.services.generation.ended, run, desk, "message.ask_elsewhere")
    conversations = desk.services.conversations
    answer = conversations.branch()[-1]
    assert (answer.state, answer.provenance.provider_id) == (MessageState.DONE, "aimlapi")
    assert conversations.current.provider_id == "openrouter"
    assert conversations.sibling_place(answer.id)[:2] == (2, 2)


async def test_a_refused_dial_can_be_left_out_once(desk, sim):
    conversations = desk.services.conversations
    conversations.choices.set_parameters({"temperature": 0.5, "seed": 7})
    sim.next(Scenario(status=400, message="temperature is not supported"))
    await desk.asked("Hello")
    assert "Ask again without Variety" in card(desk)[1]
    await desk.until(desk.services.generation.ended, run, desk, "message.ask_without")
    assert conversations.branch()[-1].state is MessageState.DONE
    assert "temperature" not in sim.record.last.json
    assert sim.record.last.json["seed"] == 7
    assert conversations.current.parameters == {"temperature": 0.5, "seed": 7}


async def test_nothing_is_offered_where_nothing_fits(desk, sim):
    sim.next(Scenario(status=401))
    await desk.asked("Hello")
    assert card(desk)[1] == ["Open key settings", "Ask again"]
    registry = desk.window.registry
    for command in ("message.ask_elsewhere", "message.ask_without", "message.stop_waiting"):
        assert not registry.is_enabled(command)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "This model does not support image input."),
        (404, "No endpoints found that support image input"),
        (400, "Invalid content type. image_url is only supported by certain models."),
        (422, "unsupported content type: multimodal input"),
    ],
)
async def test_a_refused_picture_can_be_left_out_or_shown_to_another_model(
    desk, sim, status, words
):
    conversations = desk.services.conversations
    conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    file = conversations.attach_bytes(png(20, 10), "m.png")
    sim.next(Scenario(status=status, message=words))
    await desk.until(desk.services.generation.ended, conversations.send, "Who is this?", [file])
    titles = card(desk)[1]
    assert "Send without “m.png”" in titles
    assert any(title.startswith("Ask ") and title.endswith(" instead") for title in titles)
    await desk.until(desk.services.generation.ended, run, desk, "message.ask_without_files")
    question, answer = conversations.branch()
    assert question.attachments == ()
    assert question.text == "Who is this?"
    assert answer.state is MessageState.DONE
    assert conversations.sibling_place(question.id)[:2] == (2, 2)


async def test_a_model_that_takes_the_file_is_asked_once(desk, sim):
    conversations = desk.services.conversations
    conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    file = conversations.attach_bytes(png(20, 10), "m.png")
    sim.next(Scenario(status=400, message="This model does not support image input."))
    await desk.until(desk.services.generation.ended, conversations.send, "Who is this?", [file])
    await desk.until(desk.services.generation.ended, run, desk, "message.ask_capable")
    answer = conversations.branch()[-1]
    assert answer.state is MessageState.DONE
    assert (answer.provenance.provider_id, answer.provenance.model_id) != (
        "openrouter",
        "google/gemma-4-26b-a4b-it",
    )
    assert conversations.current.model_id == "google/gemma-4-26b-a4b-it"


async def test_an_error_about_something_else_offers_nothing_about_files(desk, sim):
    conversations = desk.services.conversations
    conversations.choices.choose_model("openrouter", "google/gemma-4-26b-a4b-it")
    file = conversations.attach_bytes(png(20, 10), "m.png")
    sim.next(Scenario(status=400, message="temperature is not supported"))
    await desk.until(desk.services.generation.ended, conversations.send, "Who is this?", [file])
    assert not any("m.png" in title for title in card(desk)[1])
    assert not desk.window.registry.is_enabled("message.ask_without_files")
