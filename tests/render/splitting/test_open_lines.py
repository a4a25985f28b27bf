"""Where open lines end: each kind of block, and the places where a long one may be cut."""

import pytest

from app.render.splitting.chunk import Kind
from app.render.splitting.open_lines import OpenLines
from app.render.splitting.splitter import split


def sources(text):
    return [chunk.source for chunk in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[^1]: a\n\n    b\n\nc", ["[^1]: a\n\n    b", "c"]),
        ("[^1]: a\n[^2]: b", ["[^1]: a", "[^2]: b"]),
        ("text\n[^1]: a", ["text", "[^1]: a"]),
        ("- a\n\n\tb\nc", ["- a\n\n\tb\nc"]),
        ("1. a\n  - b\n2. c", ["1. a\n  - b\n2. c"]),
        ("$$x$$ is\n$$\ny\n$$", ["$$x$$ is", "y"]),
        ("\\[\n\na\n\\]", ["a"]),
        ("\\[a](b)", ["\\[a](b)"]),
    ],
)
def test_where_blocks_end(text, expected):
    assert sources(text) == expected


def test_chunks_know_where_they_begin():
    text = "a\nb\n\n```\nx\n```\n| h |\n|---|\n| c |\n\n- l"
    assert [chunk.line for chunk in split(text)] == [0, 4, 6, 10]


def test_a_copy_can_try_lines_without_harm():
    lines = OpenLines()
    lines.line("- a")
    twin = lines.fork()
    twin.line("- b")
    twin.end()
    lines.end()
    assert [chunk.source for chunk in twin.taken()] == ["- a\n- b"]
    assert [chunk.source for chunk in lines.taken()] == ["- a"]


def test_the_empty_formula_is_text():
    (chunk,) = split("$$")
    assert (chunk.kind, chunk.source) == (Kind.TEXT, "$$")
