"""The splitter: what is cut is the same however the text arrived, and joins up to what was
written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.markdown.parser import parse
from app.render.splitting.chunk import Kind
from app.render.splitting.splitter import Splitter, split
from app.render.tree import Code, Heading, Listing, Paragraph, Quote, Rule, Table, plain

PIECES = [
    "Some words. ",
    "\n",
    "\n\n",
    "- item\n",
    "  - inner\n",
    "1. first\n",
    "2. second\n",
    "```python\n",
    "```\n",
    "~~~\n",
    "x = 1\n",
    "    indented\n",
    "| a | b |\n",
    "|---|---|\n",
    "> quoted\n",
    "$$\n",
    "\\[\nx^2\n\\]\n",
    "# Title\n",
    "---\n",
    "**bold",
    "`",
    "[a](https://example.org/",
    "\r\n",
    "\ud83d",
    "\ude00",
    "\x00",
    "[r]: https://example.org\n",
]


def streamed(pieces):
    splitter = Splitter()
    chunks = []
    for piece in pieces:
        chunks += splitter.feed(piece)
    return chunks + splitter.finish()


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.data())
@settings(max_examples=300, deadline=None)
def test_streamed_result_equals_the_whole(parts, data):
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert streamed(pieces) == split(text)
    assert streamed(list(text)) == split(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.data())
@settings(max_examples=150, deadline=None)
def test_every_prefix_shows_the_same_however_it_arrived(parts, data):
    text = "".join(parts)
    end = data.draw(st.integers(0, len(text)))
    whole, single = Splitter(), Splitter()
    at_once = whole.feed(text[:end])
    one_by_one = [chunk for letter in text[:end] for chunk in single.feed(letter)]
    assert at_once == one_by_one
    assert whole.tail() == single.tail()


@given(st.text(max_size=300), st.integers(1, 7))
@settings(max_examples=150, deadline=None)
def test_any_text_streams_to_the_same(text, size):
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert streamed(pieces) == split(text)


def kinds(text):
    return [(chunk.kind, chunk.source) for chunk in split(text)]


def test_paragraphs_are_cut_at_blank_lines():
    assert kinds("one\ntwo\n\nthree") == [(Kind.TEXT, "one\ntwo"), (Kind.TEXT, "three")]


def test_a_fence_is_code_with_its_language():
    (chunk,) = split("```py title=a\nx = 1\n\ny\n```\n")
    assert (chunk.kind, chunk.language, chunk.source) == (Kind.CODE, "py", "x = 1\n\ny")
    assert chunk.original == "```py title=a\nx = 1\n\ny\n```"


def test_a_fence_that_is_never_closed_runs_to_the_end():
    assert kinds("Text:\n```python\nx = 1\n# no title") == [
        (Kind.TEXT, "Text:"),
        (Kind.CODE, "x = 1\n# no title"),
    ]


def test_a_longer_fence_holds_a_shorter_one():
    assert kinds("````md\n```py\nx\n```\n````\nend") == [
        (Kind.CODE, "```py\nx\n```"),
        (Kind.TEXT, "end"),
    ]


def test_a_list_keeps_its_code_and_blank_lines_together():
    text = "1. First:\n\n   ```bash\n   pip\n   ```\n\n2. Second"
    assert kinds(text) == [(Kind.TEXT, text)]


def test_a_formula_is_taken_out_of_its_delimiters():
    assert kinds("$$\nx^2\n$$\nafter") == [(Kind.FORMULA, "x^2"), (Kind.TEXT, "after")]
    assert kinds("\\[ y \\]") == [(Kind.FORMULA, "y")]


def test_a_formula_that_is_not_closed_becomes_text_again():
    assert [kind for kind, _ in kinds("$$\n\nprice is high")] == [Kind.TEXT, Kind.TEXT]


def test_a_long_list_is_cut_between_entries_and_goes_on_counting():
    text = "\n".join(f"{i}. entry number {i} with some words" for i in range(1, 201))
    chunks = split(text)
    assert len(chunks) > 3
    assert all(chunk.is_continued for chunk in chunks[1:])
    assert "\n".join(chunk.source for chunk in chunks) == text
    second = chunks[1]
    assert second.number == int(re.match(r"\d+", second.source)[0])


def test_a_long_paragraph_is_cut_at_sentences():
    text = "This is a sentence of some length, is it not? " * 400
    chunks = split(text)
    assert "".join(chunk.source for chunk in chunks) == text
    assert max(len(chunk.source) for chunk in chunks) <= 2_100
    assert all(chunk.source.endswith("?") for chunk in chunks[:-1])
    assert all(chunk.source[0] == " " and chunk.is_joined for chunk in chunks[1:])


def test_one_endless_word_is_cut():
    chunks = split("x" * 100_000)
    assert max(len(chunk.source) for chunk in chunks) <= 6_000
    assert "".join(chunk.source for chunk in chunks) == "x" * 100_000


def test_long_code_is_cut_without_losing_a_line():
    code = "\n".join(f"line_{i} = {i}" for i in range(1000))
    chunks = split(f"```py\n{code}\n```")
    assert len(chunks) > 5
    assert "\n".join(chunk.source for chunk in chunks) == code
    assert [chunk.is_continued for chunk in chunks] == [False] + [True] * (len(chunks) - 1)


def test_a_big_table_is_cut_into_tables_with_the_same_columns():
    table = "| a | b |\n|---|---|\n" + "\n".join(f"| {i} | x |" for i in range(200))
    chunks = split(table)
    assert len(chunks) > 2
    rows = [row for chunk in chunks for row in parse(chunk.source)[0].rows]
    assert [plain(row[0]) for row in rows] == [str(i) for i in range(200)]
    assert all(chunk.head == chunks[0].source for chunk in chunks[1:])


def test_half_a_fence_is_not_shown():
    splitter = Splitter()
    splitter.feed("Text\n\n``")
    assert splitter.tail() == []
    splitter.feed("`py\nx = 1\n``")
    (chunk,) = splitter.tail()
    assert (chunk.kind, chunk.source) == (Kind.CODE, "x = 1")


@pytest.mark.parametrize(
    "text",
    [
        "Steps:\n- one\n- two",
        "# A\ntext\n## B\nmore",
        "text\n---\nmore",
        "- a\n  - b\n    - c\n- d",
        "> a\n> > b\n\nc",
        "Here:\n| a | b |\n|---|---|\n| 1 | 2 |\nafter\n\nend",
        "- a\n\n  second\n- b\n\npara",
        "a\n\n***\n\nb",
        "    code\n\n    more\n\ntext",
        "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
        "1. a\n2. b\n\n- c\n- d\n\n1) e",
        "* a\n+ b\n- c",
        "> q\nlazy\n\n> again",
        "para\n    not code\n\n\tcode",
        "1. A\n\n```\nx\n```\n\n2. B",
    ],
)
def test_cutting_first_reads_like_reading_whole(text):
    shapes = []
    for chunk in split(text):
        if chunk.kind is Kind.CODE:
            shapes.append(Code(chunk.language, chunk.source))
        else:
            shapes.extend(parse(chunk.source))
    assert tuple(shapes) == parse(text)
    assert all(
        isinstance(b, Paragraph | Heading | Listing | Quote | Rule | Table | Code) for b in shapes
    )
