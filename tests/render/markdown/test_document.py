"""A whole answer is one tree, whatever it was cut into."""

import pytest

from app.render.markdown.document import blocks_of, opening_of, read
from app.render.markdown.parser import parse
from app.render.splitting.splitter import split
from app.render.tree import Code, Formula, Listing, Paragraph, Quote, Table, plain
from tests.markdown.outline import outline


def test_a_long_list_is_one_list():
    text = "\n".join(f"{i}. entry {i} with a few words" for i in range(5, 300))
    assert len(split(text)) > 3
    (listing,) = read(text)
    assert isinstance(listing, Listing)
    assert (listing.start, len(listing.items)) == (5, 295)
    assert read(text) == parse(text)


def test_a_long_paragraph_is_one_paragraph():
    text = "This is a sentence, is it not? " * 400
    (paragraph,) = read(text)
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.runs) == text.strip()


def test_long_lines_of_a_paragraph_stay_lines():
    text = "\n".join(f"line {i} of a very long paragraph" for i in range(200))
    (paragraph,) = read(text)
    assert plain(paragraph.runs) == text


def test_a_long_table_is_one_table():
    text = "| a | b |\n|---|---|\n" + "\n".join(f"| {i} | x |" for i in range(200))
    (table,) = read(text)
    assert isinstance(table, Table)
    assert [plain(row[0]) for row in table.rows] == [str(i) for i in range(200)]


def test_long_code_is_one_block():
    code = "\n".join(f"x{i} = {i}" for i in range(900))
    assert read(f"```py\n{code}\n```") == (Code("py", code),)


def test_a_long_alert_stays_one_alert():
    text = "> [!TIP]\n" + "\n".join(f"> Words of line {i}, quite a few.\n>" for i in range(100))
    chunks = split(text)
    assert len(chunks) > 2
    assert {chunk.alert for chunk in chunks[1:]} == {"tip"}
    (quote,) = read(text)
    assert isinstance(quote, Quote)
    assert quote.kind == "tip"
    assert blocks_of(chunks[1], {})[0].kind == "tip"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# T\n\npara\nmore\n\n- a\n- b\n", [(0, 1), (2, 4), (5, 7)]),
        ("a\n\n```py\nx\ny\n```\nb", [(0, 1), (3, 5), (6, 7)]),
        ("a\n| h |\n|---|\n| c |\n\nz", [(0, 1), (1, 4), (5, 6)]),
        ("$$\nx\n$$\nb", [(0, 1), (3, 4)]),
    ],
)
def test_blocks_know_their_lines(text, lines):
    assert [block.lines for block in read(text)] == lines


def test_entries_know_their_lines():
    (_, listing) = read("a\n\n- b\n- c\n  d")
    assert [item.lines for item in listing.items] == [(2, 3), (3, 5)]
    assert listing.items[1].blocks[0].lines == (3, 5)


def test_the_first_definition_counts_wherever_it_stands():
    text = "[a]\n\n[a]: https://one.test\n\n[a]: https://two.test\n\n[^1]: x\n\n[^1]: y\n\nb[^1]"
    assert outline(read(text)).startswith("p[<a=https://one.test>a</a>]")
    assert read(text)[-1].runs[-1].hint == "x"


def test_an_open_formula_is_marked_so():
    (chunk,) = split("$$\nx")
    assert blocks_of(chunk, {}, is_open=True) == (Formula("x", is_open=True),)
    assert blocks_of(chunk, {}) == (Formula("x"),)


def test_the_opening_of_a_long_table_is_read_once():
    text = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 100
    first, second, *_ = split(text)
    table = opening_of(first.source)
    assert isinstance(table, Table)
    assert opening_of(second.head) is table
    assert opening_of("no table") is None
