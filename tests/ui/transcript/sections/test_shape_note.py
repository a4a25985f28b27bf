"""The line that says whether an answer has its shape."""

from dataclasses import replace

import pytest

from app.core.conversations.conversation import ShapeCheck
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.shape_note import shape_note


def test_an_answer_of_no_shape_has_no_line(words):
    assert shape_note(words.answer()) is None
    assert shape_note(words.question()) is None


@pytest.mark.parametrize("kind", ["fits", "misfit", "not_json", "unchecked"])
def test_each_judgement_has_its_line(view, words, theme, kind):
    answer = words.answer()
    check = ShapeCheck(kind, "Does not fit: $.items[2].price is not a number.")
    answer = replace(answer, provenance=replace(answer.provenance, shape=check))
    strip = shape_note(answer)
    strip.layout(600, Style(theme))
    one_line = strip.height
    strip.layout(120, Style(theme))
    assert strip.height > one_line
    view.set_branch([words.question(), answer], {})
    view.grab()
