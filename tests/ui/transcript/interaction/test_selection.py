"""Places compare in reading order, and words and paragraphs are found around them."""

import pytest

from app.ui.transcript.interaction.selection import Place, TextSelection, Unit, stretch_of, unit_at
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style


@pytest.fixture
def layouts(theme, words):
    texts = ["First **one**.", "- a\n- b\n\n```py\nx = 1\n```\n\nend", "Third."]
    made = [
        MessageLayout(words.answer(str(i), t), (1, 1), Style(theme)) for i, t in enumerate(texts)
    ]
    for layout in made:
        layout.settle(600)
        layout.measure(0, 10**6, lambda row: None)
    return made


def test_nothing_is_nothing(layouts):
    selection = TextSelection()
    assert selection.is_empty
    assert selection.in_layout(0, layouts[0]) is None
    selection.select(Place(1), Place(1))
    assert selection.is_empty


def test_the_span_is_in_reading_order():
    selection = TextSelection()
    selection.select(Place(2, 1), Place(0, 3))
    assert selection.span() == (Place(0, 3), Place(2, 1))


def test_words_and_paragraphs(layouts):
    first, last = unit_at(layouts[0], Place(0, 0, 0, 1), Unit.WORD)
    assert (first.position, last.position) == (0, 5)
    first, last = unit_at(layouts[1], Place(1, 0, 0, 2), Unit.PARAGRAPH)
    assert (first.position, last.position) == (2, 3)
    here = Place(0, 0, 0, 2)
    assert unit_at(layouts[0], here, Unit.CHARACTER) == (here, here)
    nowhere = Place(0, 99)
    assert unit_at(layouts[0], nowhere, Unit.WORD) == (nowhere, nowhere)


def test_the_part_of_each_piece_is_known_for_drawing(layouts):
    selection = TextSelection()
    selection.select(Place(0, 0, 0, 6), Place(1, 0, 0, 1))
    assert selection.in_layout(0, layouts[0])[0][0][0] == 6
    assert selection.in_layout(1, layouts[1]) == {0: {0: (0, 1)}}
    assert selection.in_layout(2, layouts[2]) is None


def test_a_stretch_of_a_piece():
    first, last = Place(0, 1, 0, 4), Place(0, 1, 2, 3)
    assert stretch_of(first, last, Place(0, 1, 2)) == (0, 3)
    assert stretch_of(first, last, Place(0, 1, 0))[0] == 4
    assert stretch_of(first, last, Place(0, 2, 0)) is None
    assert stretch_of(first, first, Place(0, 1, 0)) is None
