"""Terminal commands and marks of citations are neither seen nor copied nor in the way of a find."""

import pytest
from PySide6.QtGui import QGuiApplication

from app.core.conversations.conversation import MessageState
from tests.ui.transcript.driver import text_of

ANSWERS = [
    ("It is \x1b[32mPASS\x1b[0m now.", "It is PASS now."),
    ("```\n\x1b[1;31mFAIL\x1b[0m x\n```", "FAIL x"),
    ("See \x1b]8;;https://e.org\x07link\x1b]8;;\x07 **b**", "See link b"),
    ("Rain.\ue200cite\ue202turn0search1\ue201 Sun.", "Rain. Sun."),
]


@pytest.mark.parametrize(("source", "wanted"), ANSWERS)
@pytest.mark.parametrize("is_streamed", [True, False])
def test_an_answer(view, words, search, source, wanted, is_streamed):
    if is_streamed:
        view.set_branch([words.answer("a", "", MessageState.WRITING)], {})
        for letter in source:
            view.add_text("a", letter)
            view.take_arrived()
            assert wanted.startswith(text_of(view)[: len(wanted)].rstrip())
        view.replace(words.answer("a", source))
    else:
        view.set_branch([words.answer("a", source)], {})
    assert text_of(view) == wanted
    view.interaction.copies.copy_message(0)
    assert QGuiApplication.clipboard().text() == wanted
    assert search(wanted.split(" ")[0])[-1][1] == 1


def test_a_question(view, words):
    view.set_branch([words.question("q", "why \x1b[31mred\x1b[0m?")], {})
    assert text_of(view) == "why red?"
    view.interaction.copies.copy_message(0)
    assert QGuiApplication.clipboard().text() == "why red?"
