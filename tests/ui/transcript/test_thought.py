"""The reasoning box."""

import pytest

from app.core.conversation import MessageState
from app.ui.transcript.style import Style
from app.ui.transcript.thought import Thought


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
    assert thought.title == "Thought for 0.6 s · 214 tokens"
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
