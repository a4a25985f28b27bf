"""Places compare in reading order, and words and paragraphs are found around them."""

import pytest

from app.ui.transcript.interaction.selection import Place, TextSelection, Unit, stretch_of, unit_at
from app.ui.transcript.layout.message import Sheet
from app.ui.transcript.painting.style import Style


@pytest.fixture
def sheets(theme, words):
    texts = ["First **one**.", "- a\n- b\n\n```py\nx = 1\n```\n\nend", "Third."]
    made = [Sheet(words.answer(str(i), t), (1, 1), Style(theme)) for i, t in enumerate(texts)]
    for sheet in made:
        sheet.settle(600)
        sheet.measure(0, 10**6, lambda row: None)
    return made


def test_nothing_is_nothing(sheets):
    selection = TextSelection()
    assert selection.is_empty
    assert selection.in_sheet(0, sheets[0]) is None
    selection.select(Place(1), Place(1))
    assert selection.is_empty


def test_the_span_is_in_reading_order():
    selection = TextSelection()
    selection.select(Place(2, 1), Place(0, 3))
    assert selection.span() == (Place(0, 3), Place(2, 1))


def test_words_and_paragraphs(sheets):
    first, last = unit_at(sheets[0], Place(0, 0, 0, 1), Unit.WORD)
    assert (first.position, last.position) == (0, 5)
    first, last = unit_at(sheets[1], Place(1, 0, 0, 2), Unit.PARAGRAPH)
    assert (first.position, last.position) == (2, 3)
    here = Place(0, 0, 0, 2)
    assert unit_at(sheets[0], here, Unit.CHARACTER) == (here, here)
    nowhere = Place(0, 99)
    assert unit_at(sheets[0], nowhere, Unit.WORD) == (nowhere, nowhere)


def test_the_part_of_each_piece_is_known_for_drawing(sheets):
    selection = TextSelection()
    selection.select(Place(0, 0, 0, 6), Place(1, 0, 0, 1))
    assert selection.in_sheet(0, sheets[0])[0][0][0] == 6
    assert selection.in_sheet(1, sheets[1]) == {0: {0: (0, 1)}}
    assert selection.in_sheet(2, sheets[2]) is None


def test_a_stretch_of_a_piece():
    first, last = Place(0, 1, 0, 4), Place(0, 1, 2, 3)
    assert stretch_of(first, last, Place(0, 1, 2)) == (0, 3)
    assert stretch_of(first, last, Place(0, 1, 0))[0] == 4
    assert stretch_of(first, last, Place(0, 2, 0)) is None
    assert stretch_of(first, first, Place(0, 1, 0)) is None
