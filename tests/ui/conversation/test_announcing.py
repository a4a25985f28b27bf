"""What is said to screen readers while an answer is written."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import Fault, MessageState
from app.ui.conversation import announcing


@pytest.fixture
def heard(desk, monkeypatch):
    """What is announced, as if a screen reader ran."""
    said = []
    monkeypatch.setattr(announcing.QAccessible, "isActive", staticmethod(lambda: True))
    desk.window.view.announcing.said.connect(lambda text, _is_urgent: said.append(text))
    return said


async def test_start_sentences_and_end_are_said(desk, heard):
    await desk.asked("What does temperature do?")
    answer = desk.services.conversations.branch()[-1].text
    assert heard[0] == "Practice is answering."
    assert heard[-1] == "Practice has answered."
    words = " ".join(heard[1:-1]).replace("*", "").split()
    assert len(heard) <= 4
    assert words[:3] == answer.replace("*", "").split()[:3]
    assert len(words) > 10


async def test_the_whole_answer_at_its_end(desk, heard):
    desk.services.settings.set("reading.announce", "whole")
    await desk.asked("What does temperature do?")
    assert len(heard) == 2
    assert heard[0] == "Practice is answering."
    assert heard[1].startswith("Practice said: ")


async def test_nothing_when_it_is_switched_off(desk, heard):
    desk.services.settings.set("reading.announce", "off")
    await desk.asked("What does temperature do?")
    assert heard == []


async def test_nothing_without_a_screen_reader(desk):
    said = []
    desk.window.view.announcing.said.connect(lambda *told: said.append(told))
    await desk.asked("What does temperature do?")
    assert said == []


@pytest.fixture
async def answer(desk, heard, monkeypatch):
    """A stored answer whose writing the tests tell over again."""
    await desk.asked("What does temperature do?")
    heard.clear()
    found = desk.services.conversations.branch()[-1]
    monkeypatch.setattr(desk.services.generation, "running_message", lambda _conversation: found.id)
    return found


def ended(answer, state, fault=None):
    return replace(answer, state=state, provenance=replace(answer.provenance, fault=fault))


async def test_sentences_that_come_fast_are_said_together(desk, heard, answer, qtbot):
    generation = desk.services.generation
    generation.started.emit(answer.id)
    for item in ("One. ", "Two. ", "Three. ", "And"):
        generation.text_added.emit(answer.id, item)
    assert heard == ["Practice is answering."]
    desk.window.view.announcing._pause.timeout.emit()
    assert heard[1:] == ["One. Two. Three."]
    generation.finished.emit(ended(answer, MessageState.DONE))
    assert heard[2:] == ["And", "Practice has answered."]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MessageState.STOPPED, "Stopped. What had arrived is kept."),
        (MessageState.CUT_OFF, "The answer was cut off. What had arrived is kept."),
        (MessageState.REFUSED, "The model or its provider declined to go on."),
        (MessageState.FAILED, "The answer could not be completed."),
    ],
)
@pytest.mark.parametrize("mode", ["sentences", "whole"])
async def test_how_it_ended_is_said(desk, heard, answer, state, words, mode):
    desk.services.settings.set("reading.announce", mode)
    desk.services.generation.started.emit(answer.id)
    desk.services.generation.finished.emit(ended(answer, state))
    assert heard[-1] == words


async def test_an_error_interrupts(desk, answer):
    said = []
    desk.window.view.announcing.said.connect(lambda *told: said.append(told))
    desk.services.generation.started.emit(answer.id)
    fault = Fault("QuotaError", "No credit is left.", "Add some at the provider.")
    desk.services.generation.finished.emit(ended(answer, MessageState.FAILED, fault))
    assert said[-1] == ("No credit is left. Add some at the provider.", True)
    assert said[0] == ("Practice is answering.", False)


async def test_notices_and_long_waits_are_said(desk, heard, answer):
    generation, announcing_ = desk.services.generation, desk.window.view.announcing
    generation.started.emit(answer.id)
    generation.noticed.emit(answer.id, "queued", "Waiting in line…")
    announcing_._patience.timeout.emit()
    announcing_._patience.timeout.emit()
    assert heard[1:] == [
        "Waiting in line…",
        "Still waiting for the model, 10 seconds.",
        "Still waiting for the model, 20 seconds.",
    ]
    generation.text_added.emit(answer.id, "Now")
    assert not announcing_._patience.isActive()


async def test_a_text_that_is_replaced_is_said_anew(desk, heard, answer):
    generation = desk.services.generation
    generation.started.emit(answer.id)
    generation.text_added.emit(answer.id, "Wrong. ")
    generation.text_replaced.emit(answer.id, "Right. ")
    generation.finished.emit(ended(answer, MessageState.DONE))
    assert heard[1:-1] == ["Right."]


async def test_answers_elsewhere_are_not_said(desk, heard, answer):
    generation = desk.services.generation
    for name in ("started", "ended"):
        getattr(generation, name).emit("another")
    generation.text_added.emit("another", "Words. ")
    assert heard == []
