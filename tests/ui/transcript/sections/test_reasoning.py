"""The reasoning box."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import MessageState, Timing
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.reasoning import ReasoningSection
from tests.ui.transcript.driver import reasoning_of


@pytest.fixture
def reasoning():
    return ReasoningSection()


def test_without_reasoning_there_is_no_box(reasoning, words, theme):
    reasoning.set_message(words.answer())
    reasoning.layout(700, Style(theme))
    assert reasoning.height == 0
    assert reasoning.regions(Style(theme)) == []


def test_titles(reasoning, words):
    reasoning.set_message(words.answer("a", "text", reasoning="hm"))
    assert reasoning.title == "Thought · 214 tokens"
    reasoning.set_message(words.answer("a", "", MessageState.WRITING, reasoning="hm"))
    assert reasoning.title == "Thinking…"
    assert reasoning.is_live


def test_pieces_of_a_pair_are_joined(reasoning):
    reasoning.add("\ud83d")
    reasoning.add("\ude00!")
    assert reasoning.text == "😀!"


def test_it_grows_while_open(reasoning, theme):
    style = Style(theme)
    reasoning.add("one\n")
    reasoning.is_open = True
    reasoning.layout(700, style)
    before = reasoning.height
    reasoning.add("two\nthree\n" * 20)
    reasoning.layout(700, style)
    assert reasoning.height > before
    reasoning.forget_documents()
    reasoning.layout(700, style)
    assert reasoning.height > before


def test_the_stored_text_replaces_another(reasoning, words):
    reasoning.add("something")
    reasoning.set_message(words.answer("a", "text", reasoning="other words"))
    assert reasoning.text == "other words"


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
def test_how_long_it_thought(reasoning, words, seconds, said):
    message = words.answer("a", "text", reasoning="hm")
    timing = Timing(0.6, 4.6, seconds)
    reasoning.set_message(replace(message, provenance=replace(message.provenance, timing=timing)))
    assert reasoning.title == said


def test_while_it_thinks_the_last_lines_stand_in_room_that_does_not_grow(reasoning, words, theme):
    style = Style(theme)
    reasoning.set_message(words.answer("a", "", MessageState.WRITING))
    reasoning.is_live = True
    reasoning.add("First I look at the question. ")
    reasoning.layout(700, style)
    room = reasoning.height
    reasoning.add("one\ntwo\n\nthree\nfour 😀 and more")
    reasoning.layout(700, style)
    assert reasoning.height == room
    assert reasoning.last_lines(600, style) == ["two", "three", "four 😀 and more"]
    reasoning.is_live = False
    reasoning.layout(700, style)
    assert reasoning.height < room


def test_a_long_line_is_broken_so_that_its_end_is_seen(reasoning, theme):
    reasoning.add("word " * 900 + "end")
    lines = reasoning.last_lines(300, Style(theme))
    assert len(lines) == 3
    assert lines[-1].endswith("end")


def test_while_it_thinks_time_and_size_are_told(reasoning, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("app.ui.transcript.sections.reasoning.time.monotonic", lambda: now[0])
    reasoning.is_live = True
    reasoning.add("four ")
    assert reasoning.head == "Thinking…"
    reasoning.add("more " * 800)
    now[0] = 112.2
    assert reasoning.head == "Thinking… · 12 s · about 1\u202f001 tokens"


def test_whether_it_is_open_outlives_the_box():
    opened = set()
    ReasoningSection("a", opened).is_open = True
    assert ReasoningSection("a", opened).is_open
    assert not ReasoningSection("b", opened).is_open
    ReasoningSection("a", opened).is_open = False
    assert not ReasoningSection("a", opened).is_open


def test_the_view_remembers_which_thoughts_are_open(view, words):
    answer = words.answer("a", "text", reasoning="hm")
    view.set_branch([answer], {})
    reasoning_of(view).is_open = True
    view.set_branch([], {})
    view.set_branch([answer], {})
    assert reasoning_of(view).is_open
    view.state.theme.choose("dark")
    assert reasoning_of(view).is_open
    view.set_branch([answer], {})
    assert reasoning_of(view).is_open


def test_once_the_answer_begins_it_has_thought(reasoning, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("app.ui.transcript.sections.reasoning.time.monotonic", lambda: now[0])
    reasoning.add("Let me see. ")
    reasoning.is_live = True
    assert reasoning.head == "Thinking…"
    now[0] += 3.2
    reasoning.note_answer()
    now[0] += 30
    reasoning.note_answer()
    assert reasoning.head == "Thought for 3.2 s"
