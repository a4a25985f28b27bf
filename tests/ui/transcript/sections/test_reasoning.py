"""The reasoning box."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import MessageState, Timing
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.reasoning import Thought


@pytest.fixture
def thought():
    return Thought()


def test_without_reasoning_there_is_no_box(thought, words, theme):
    thought.set_message(words.answer())
    thought.layout(700, Style(theme))
    assert thought.height == 0
    assert thought.regions(Style(theme)) == []


def test_titles(thought, words):
    thought.set_message(words.answer("a", "text", reasoning="hm"))
    assert thought.title == "Thought · 214 tokens"
    thought.set_message(words.answer("a", "", MessageState.WRITING, reasoning="hm"))
    assert thought.title == "Thinking…"
    assert thought.is_live


def test_pieces_of_a_pair_are_joined(thought):
    thought.add("\ud83d")
    thought.add("\ude00!")
    assert thought.text == "😀!"


def test_it_grows_while_open(thought, theme):
    style = Style(theme)
    thought.add("one\n")
    thought.is_open = True
    thought.layout(700, style)
    before = thought.height
    thought.add("two\nthree\n" * 20)
    thought.layout(700, style)
    assert thought.height > before
    thought.forget_documents()
    thought.layout(700, style)
    assert thought.height > before


def test_the_stored_text_replaces_another(thought, words):
    thought.add("something")
    thought.set_message(words.answer("a", "text", reasoning="other words"))
    assert thought.text == "other words"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.02, "Thought for less than a second · 214 tokens"),
        (0.99, "Thought for less than a second · 214 tokens"),
        (4.24, "Thought for 4.2 s · 214 tokens"),
        (31.4, "Thought for 31 s · 214 tokens"),
        (125, "Thought for 2 min 5 s · 214 tokens"),
    ],
)
def test_how_long_it_thought(thought, words, seconds, said):
    message = words.answer("a", "text", reasoning="hm")
    timing = Timing(0.6, 4.6, seconds)
    thought.set_message(replace(message, provenance=replace(message.provenance, timing=timing)))
    assert thought.title == said


def test_while_it_thinks_the_last_lines_stand_in_room_that_does_not_grow(thought, words, theme):
    style = Style(theme)
    thought.set_message(words.answer("a", "", MessageState.WRITING))
    thought.is_live = True
    thought.add("First I look at the question. ")
    thought.layout(700, style)
    room = thought.height
    thought.add("one\ntwo\n\nthree\nfour 😀 and more")
    thought.layout(700, style)
    assert thought.height == room
    assert thought.last_lines(600, style) == ["two", "three", "four 😀 and more"]
    thought.is_live = False
    thought.layout(700, style)
    assert thought.height < room


def test_a_long_line_is_broken_so_that_its_end_is_seen(thought, theme):
    thought.add("word " * 900 + "end")
    lines = thought.last_lines(300, Style(theme))
    assert len(lines) == 3
    assert lines[-1].endswith("end")


def test_while_it_thinks_time_and_size_are_told(thought, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("app.ui.transcript.sections.reasoning.time.monotonic", lambda: now[0])
    thought.is_live = True
    thought.add("four ")
    assert thought.head == "Thinking…"
    thought.add("more " * 800)
    now[0] = 112.2
    assert thought.head == "Thinking… · 12 s · about 1\u202f001 tokens"


def test_whether_it_is_open_outlives_the_box():
    opened = set()
    Thought("a", opened).is_open = True
    assert Thought("a", opened).is_open
    assert not Thought("b", opened).is_open
    Thought("a", opened).is_open = False
    assert not Thought("a", opened).is_open


def test_the_view_remembers_which_thoughts_are_open(view, words):
    answer = words.answer("a", "text", reasoning="hm")
    view.set_branch([answer], {})
    view.column.sheets[0].thought.is_open = True
    view.set_branch([], {})
    view.set_branch([answer], {})
    assert view.column.sheets[0].thought.is_open
    view.theme.choose("dark")
    assert view.column.sheets[0].thought.is_open
    view.set_branch([answer], {})
    assert view.column.sheets[0].thought.is_open


def test_once_the_answer_begins_it_has_thought(thought, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("app.ui.transcript.sections.reasoning.time.monotonic", lambda: now[0])
    thought.add("Let me see. ")
    thought.is_live = True
    assert thought.head == "Thinking…"
    now[0] += 3.2
    thought.note_answer()
    now[0] += 30
    thought.note_answer()
    assert thought.head == "Thought for 3.2 s"
