"""What a screen reader finds: another process reads the real window over AT-SPI."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.drive.bus import own_bus
from tests.drive.provider import connect, running_simulator
from tests.drive.screen_reader import CONTROLS, ScreenReader, listening
from tests.simulator import Scenario, says

MODEL = "gemma3:27b"
WORDS = "This is the first sentence. " + "And here are more words of it, one by one. " * 60


@pytest.fixture
def simulator():
    with running_simulator() as running:
        running.default = Scenario(script=says("short", "It is **warm** today. Bring no coat.", 6))
        yield running


@pytest.fixture
def bus(tmp_path: Path, screen) -> Iterator[dict[str, str]]:
    folder = tmp_path / "bus"
    folder.mkdir()
    with own_bus(folder, screen.environment) as environment:
        yield environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@pytest.fixture
def start_read(start, profile, simulator, bus, screen, tmp_path):
    """Starts Facet with a process that reads it."""
    with ExitStack() as opened:

        def begin():
            connect(profile, simulator.base_url("ollama"), MODEL)
            facet = start(environment=bus).shown("Facet")
            there = {**os.environ, **screen.environment, **bus}
            return facet, opened.enter_context(listening(facet, there, tmp_path / "reader.log"))

        yield begin


def messages(reader: ScreenReader) -> list[tuple[str, bool]]:
    """(name, whether it is being written) of every message."""
    items = reader.tree().find("list", "Conversation").children
    return [(i.name, "busy" in i.states) for i in items if i.role == "list item"]


def test_the_window_its_lists_and_every_control_are_named(start_read):
    facet, reader = start_read()
    for question in ("Is it warm?", "Is it cold?"):
        facet.ask(question)
        facet.answer("done")
        facet.key("ctrl+n")
    facet.key("ctrl+1")
    facet.shown("Is it cold")
    tree = reader.tree()
    assert tree.name == "facet"
    window = tree.find("frame", "Is it cold? — Facet")
    conversations = window.find("list", "Conversations")
    assert [c.name.split(",")[0] for c in conversations.children if c.role == "list item"] == [
        "Today",
        "Is it cold?",
        "Is it warm?",
    ]
    transcript = window.find("list", "Conversation")
    items = [child for child in transcript.children if child.role == "list item"]
    assert [item.name for item in items] == [
        "You said: Is it cold?",
        f"{items[1].name.split(' said')[0]} said: It is warm today. Bring no coat.",
    ]
    assert [button.name for button in items[1].children][-3:] == [
        "Copy",
        "Ask again; this answer is kept",
        "More",
    ]
    left, top, width, height = transcript.place
    for item in items:
        x, y, wide, high = item.place
        assert left <= x
        assert x + wide <= left + width
        assert top <= y + high <= top + height
    assert window.find("text", "Message").interfaces.count("Text") == 1
    assert "\n".join(tree.offenders()) == ""


def test_an_answer_is_busy_while_it_is_written_and_said_by_sentence(start_read, simulator):
    facet, reader = start_read()
    reader.tree()
    simulator.next(Scenario(script=says("long", WORDS, 6), pause=0.02))
    facet.ask("Tell me more")
    facet.until(
        lambda: any(" is writing: This is the first" in name for name, _ in messages(reader)),
        "the growing answer is in the tree",
    )
    _, is_busy = messages(reader)[-1]
    assert is_busy
    facet.until(lambda: any("first sentence." in said for said in reader.said()), "it is said")
    facet.key("Escape")
    facet.answer("stopped")
    facet.until(lambda: not messages(reader)[-1][1], "the answer is not busy any more")
    end = "Stopped. What had arrived is kept."
    facet.until(lambda: reader.said()[-1] == end, "the end is said")
    said = reader.said()
    assert said[0].endswith("is answering.")
    assert said[1].startswith("This is the first sentence.")
    assert len(said) < 20


def test_the_keyboard_goes_through_the_messages_and_into_the_reader(start_read):
    facet, reader = start_read()
    reader.tree()
    facet.ask("Is it warm?")
    facet.answer("done")
    facet.key("shift+F6")
    facet.until(
        lambda: any("It is warm today" in n for n in reader.focused()), "the answer is read"
    )
    facet.key("Up")
    facet.until(lambda: reader.focused()[-1] == "You said: Is it warm?", "the question is read")
    facet.key("Tab")
    facet.until(lambda: reader.focused()[-1] == "Copy", "its first button is read")
    facet.key("Down")
    main = facet.window
    facet.key("Return")
    facet.shown(" said")
    text = facet.until(
        lambda: next((t for t, _ in reader.tree().walk() if t.text.startswith("It is warm")), None),
        "the reader shows the answer",
    )
    assert text.text == "It is warm today. Bring no coat."
    assert "Text" in text.interfaces
    assert text.caret == 0
    facet.key("ctrl+Right")
    facet.until(
        lambda: any(t.caret == 3 for t, _ in reader.tree().walk() if t.text == text.text),
        "the caret is at the next word",
    )
    facet.key("Escape")
    facet.window = main
    facet.until(facet.has_focus, "the window has the keyboard again")
    facet.key("Up")
    facet.until(lambda: reader.focused()[-1] == "You said: Is it warm?", "the question is read")


@pytest.mark.parametrize(("keys", "title"), [("ctrl+comma", "Settings"), ("F1", "Manual")])
def test_every_control_of_the_other_windows_is_named(start_read, keys, title):
    facet, reader = start_read()
    reader.tree()
    facet.key(keys)
    facet.shown(title)
    window = reader.window(title)
    assert len([thing for thing, _ in window.walk() if thing.role in CONTROLS]) > 5
    assert "\n".join(window.offenders()) == ""


@pytest.mark.parametrize(
    ("keys", "field"), [("ctrl+l", "Search"), ("ctrl+k", "Go to")], ids=["picker", "palette"]
)
def test_what_opens_over_the_window_is_named(start_read, keys, field):
    facet, reader = start_read()
    reader.tree()
    facet.key(keys)
    shown = reader.around(field)
    assert len([thing for thing, _ in shown.walk() if thing.role == "list item"]) > 3
    assert "\n".join(shown.offenders()) == ""
