"""What a person typed stays what it is; only code between fences is told from it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.markdown.document import read_typed
from app.render.splitting.chunk import Kind
from app.render.splitting.plain_splitter import SIZE
from app.render.splitting.typed_splitter import TypedSplitter, typed_chunks
from app.render.tree import Code, Typed

TYPED = [
    r"C:\Users\me\.ssh\_old\[1].txt",
    "def __init__(self, *args, **kw):\n    self.x = 2*3*4\n\n\treturn `x`",
    "   three blanks, a list\n\n\n1. one\n* two\n> three\n# four",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "$x$ and $$y$$ and \\(z\\) and \\[w\\]",
    "<details>\n<summary>x</summary>\ny\n</details>",
    "[^1]: note\n[a]: https://e.org\n[a](b) ![c](d) &amp; &copy;",
    "trailing  \nblanks\t \n---\n===",
    "`` ` ``",
    "in ```one``` line",
    "\n\nleading lines",
    "   ",
]


def again(chunks):
    """The text that the originals of some chunks are."""
    text = ""
    for chunk in chunks:
        text += ("\n" if text and not chunk.is_joined else "") + chunk.original
    return text


def drawn(text):
    """What is drawn of each block."""
    return [block.as_text() for block in read_typed(text)]


@pytest.mark.parametrize("text", TYPED)
def test_every_line_is_drawn_as_it_was_typed(text):
    assert "\n".join(drawn(text)) == text
    assert all(isinstance(block, Typed) for block in read_typed(text))


@pytest.mark.parametrize(
    ("text", "before", "code", "after"),
    [
        ("*a*\n```py\nx = 2*3\n```\n_b_", ["*a*"], "x = 2*3", ["_b_"]),
        ("a\n\n~~~\n```\n~~~\n\n b", ["a", ""], "```", ["", " b"]),
        ("```\nnever closed\n\n# no title", [], "never closed\n\n# no title", []),
        ("````md\n```\nx\n```\n````", [], "```\nx\n```", []),
        ("a\n```", ["a"], "", []),
    ],
)
def test_fences_are_read(text, before, code, after):
    blocks = read_typed(text)
    codes = [block for block in blocks if isinstance(block, Code)]
    assert [block.text for block in codes] == [code]
    at = blocks.index(codes[0])
    assert [b.as_text() for b in blocks[:at]] == before
    assert [b.as_text() for b in blocks[at + 1 :]] == after


PIECES = ["word ", "```\n", "\n", "```py\n", "~~~\n", "x" * 50, " ", "\\[", "    ", "*", "|a", "`"]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_originals_are_the_text_again(pieces):
    text = "".join(pieces)
    assert again(typed_chunks(text)) == text.removesuffix("\n")


@given(st.lists(st.sampled_from(PIECES[5:]), max_size=60))
@settings(max_examples=200, deadline=None)
def test_without_fences_all_of_it_is_drawn(pieces):
    text = "".join(pieces)
    if "```" not in text and "~~~" not in text:
        assert "\n".join(drawn(text)) == text.removesuffix("\n")


def test_a_long_line_goes_on_behind_a_word_and_is_one_line_again():
    text = "some words " * 1000 + "end"
    chunks = typed_chunks(text)
    assert len(chunks) > 4
    assert max(len(chunk.source) for chunk in chunks) <= SIZE
    assert all(chunk.source.endswith(" ") for chunk in chunks[:-1])
    assert again(chunks) == text
    assert drawn(text) == [text]


def test_long_code_and_many_lines_are_cut():
    text = "\n".join(f"line {n}" for n in range(300)) + "\n```\n" + "x = 1\n" * 500 + "```\nend"
    chunks = typed_chunks(text)
    assert [chunk.kind for chunk in chunks].count(Kind.CODE) > 2
    assert len(chunks) > 8
    assert again(chunks) == text
    assert chunks[-1].line == text.count("\n")


def test_it_comes_whole():
    splitter = TypedSplitter()
    assert splitter.feed("a ``") == []
    assert splitter.feed("` b") == []
    assert splitter.finish() == splitter.tail() == typed_chunks("a ``` b")
