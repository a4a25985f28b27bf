"""Places compare in reading order, and what is selected becomes text."""

import pytest

from app.ui.transcript.selection import END, Place, TextSelection, paragraph_at, word_at
from app.ui.transcript.sheet import Sheet
from app.ui.transcript.style import Style


@pytest.fixture
def sheets(theme, words):
    texts = ["First **one**.", "- a\n- b\n\n```py\nx = 1\n```\n\nend", "Third."]
    made = [Sheet(words.answer(str(i), t), (1, 1), Style(theme)) for i, t in enumerate(texts)]
    for sheet in made:
        sheet.settle(600)
        sheet.measure(0, 10**6, lambda row: None)
    return made


def text(sheets, first, last):
    selection = TextSelection()
    selection.select(first, last)
    return selection.text(sheets)


def test_nothing_is_nothing(sheets):
    selection = TextSelection()
    assert selection.is_empty
    assert selection.text(sheets) == ""
    assert selection.in_sheet(0, sheets[0]) is None
    selection.select(Place(1), Place(1))
    assert selection.is_empty


def test_parts_are_plain_and_whole_messages_are_markdown(sheets):
    got = text(sheets, Place(0, 0, 0, 6), Place(2, 0, 0, 5))
    assert got == "one.\n\n- a\n- b\n\n```py\nx = 1\n```\n\nend\n\nThird"


def test_inside_one_message_blocks_are_apart(sheets):
    assert text(sheets, Place(1), Place(1, END, END, END)) == "- a\n- b\n\nx = 1\n\nend"


def test_direction_does_not_matter(sheets):
    first, last = Place(0, 0, 0, 6), Place(2, 0, 0, 2)
    assert text(sheets, first, last) == text(sheets, last, first)


def test_rows_that_were_let_go_are_still_copied(sheets):
    for row in sheets[1].rows:
        row.release()
    assert text(sheets, Place(1), Place(1, END, END, END)) == "- a\n- b\n\nx = 1\n\nend"


def test_long_code_is_joined_as_it_was(theme, words):
    code = "\n".join(f"line {i}" for i in range(400))
    sheet = Sheet(words.answer("a", f"```\n{code}\n```"), (1, 1), Style(theme))
    sheet.settle(600)
    assert text([sheet], Place(0), Place(0, END, END, END)) == code


def test_words_and_paragraphs(sheets):
    first, last = word_at(sheets[0], Place(0, 0, 0, 1))
    assert (first.position, last.position) == (0, 5)
    first, last = paragraph_at(sheets[1], Place(1, 0, 0, 2))
    assert (first.position, last.position) == (2, 3)
    nowhere = Place(0, 99)
    assert word_at(sheets[0], nowhere) == (nowhere, nowhere)


def test_the_part_of_each_piece_is_known_for_drawing(sheets):
    selection = TextSelection()
    selection.select(Place(0, 0, 0, 6), Place(1, 0, 0, 1))
    assert selection.in_sheet(0, sheets[0])[0][0][0] == 6
    assert selection.in_sheet(1, sheets[1]) == {0: {0: (0, 1)}}
    assert selection.in_sheet(2, sheets[2]) is None
