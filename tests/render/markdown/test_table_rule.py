"""Bars in code and formulas divide no cells, and nothing of a row is lost."""

import pytest

from app.render.markdown.document import read
from app.render.markdown.parser import parse
from app.render.output.projection import projected
from app.render.splitting.splitter import split
from app.render.tree import Listing, Mark, Quote, Table, plain

HEAD = "| a | b |\n|---|---|\n"


def cells(source):
    (block,) = read(source)
    while isinstance(block, Listing | Quote):
        block = (block.items[0].blocks if isinstance(block, Listing) else block.blocks)[-1]
    assert isinstance(block, Table)
    return [[plain(cell) for cell in row] for row in block.rows]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| `*safari|*chrome` | both |", ["*safari|*chrome", "both"]),
        ("| both | `*safari|*chrome` |", ["both", "*safari|*chrome"]),
        ("| $P(A|B)$ | given |", ["P(A|B)", "given"]),
        ("| `a || b` | $|x| = 1$ |", ["a || b", "|x| = 1"]),
        ("| `` a`|b `` | c |", ["a`|b", "c"]),
        ("`x|y` | c", ["x|y", "c"]),
        ("| `a\\|b` | c |", ["a|b", "c"]),
        ("| `a\\|b|c` | d |", ["a|b|c", "d"]),
        ("| a\\|b | c |", ["a|b", "c"]),
        ("| one | two | three | four |", ["one", "two | three | four"]),
        ("| one | two | three", ["one", "two | three"]),
        ("| $5 | $10 | extra |", ["$5", "$10 | extra"]),
        ("| ` | ` |", ["`", "`"]),
        ("| one |", ["one", ""]),
        ("| one | two |", ["one", "two"]),
    ],
)
@pytest.mark.parametrize("prefix", ["", "> ", "  "])
def test_cells(row, expected, prefix):
    source = HEAD + row
    if prefix == "  ":
        source = "- x\n\n" + "\n".join(prefix + line for line in source.split("\n"))
    elif prefix:
        source = "\n".join(prefix + line for line in source.split("\n"))
    assert cells(source) == [expected]


def test_a_head_with_a_bar_in_code():
    (block,) = parse("| `a|b` | c |\n|---|---|\n| 1 | 2 |")
    assert [plain(cell) for cell in block.header] == ["a|b", "c"]
    assert block.header[0][0].marks is Mark.CODE


def test_a_copy_has_every_word_and_is_read_as_the_same_table():
    (block,) = read(HEAD + "| `*safari|*chrome` | x | y |")
    assert block.as_text().split("\n")[1] == "*safari|*chrome\tx | y"
    assert read(block.as_markdown()) == (block,)


@pytest.mark.parametrize("row", ["| `a|b` | c |", "| a | b | c |", "| $P(A|B)$ | c |"])
def test_a_search_knows_all_of_it(row):
    (chunk,) = split(HEAD + row)
    shown = projected(chunk)
    assert "c" in shown
    assert "a|b" in shown or "b | c" in shown or "P(A|B)" in shown


def test_a_growing_head_has_the_columns_it_will_have():
    from app.render.splitting.mended_markdown import mend

    (block,) = parse(mend("| `a|b` | c |"))
    assert [plain(cell) for cell in block.header] == ["a|b", "c"]
