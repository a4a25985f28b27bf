"""Tables as documents of cells."""

from dataclasses import replace

import pytest

from app.render.markdown.parser import parse
from app.render.tree import Run
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.document import is_mirrored, table_document


def test_a_table_is_a_block_for_each_cell(theme):
    (table,) = parse("| a | b |\n|--|--:|\n| **x** | y [z](https://e.org) |\n| w |")
    made = table_document(table, Style(theme), is_continued=False)
    assert made.toPlainText().split("\n") == ["", "a", "b", "x", "y z", "w", "", ""]
    looks = {word: made.find(word).charFormat() for word in ("a", "x", "y", "z")}
    assert [looks[word].fontWeight() > 500 for word in "axyz"] == [True, True, False, False]
    assert looks["z"].anchorHref() == "https://e.org"
    rest = table_document(table, Style(theme), is_continued=True)
    assert rest.toPlainText().split("\n") == ["", "x", "y z", "w", "", ""]


def test_no_character_ends_a_cell(theme):
    (table,) = parse("| a | b |\n|--|--|\n| c | d |")
    wild = replace(table, rows=(((Run("x\ny\u2029z\ufdd0w\ufdd1v\rq"),), (Run("d"),)),))
    made = table_document(wild, Style(theme), is_continued=True)
    assert made.blockCount() == 4
    assert made.findBlockByNumber(2).text() == "d"


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("| a | ב |\n|--|--|\n| c | d |", False),
        ("| 1 | ב |\n|--|--|\n| c | d |", True),
        ("| `code` | القيمة |\n|--|--|\n| c | d |", True),
        ("| $x$ | ב |\n|--|--|\n| c | d |", True),
        ("| 1 | 2 |\n|--|--|\n| ג | d |", True),
        ("| | |\n|--|--|\n| | |", False),
    ],
)
def test_a_table_runs_from_the_right_when_its_header_begins_so(text, is_so):
    (table,) = parse(text)
    assert is_mirrored(table) is is_so
