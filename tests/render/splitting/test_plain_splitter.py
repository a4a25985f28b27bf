"""An answer as it was written, in pieces that stay."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.characters import sound
from app.render.markdown.document import blocks_of
from app.render.splitting.chunk import Kind
from app.render.splitting.plain_splitter import LINES, SIZE, PlainSplitter
from app.render.tree import Typed, plain


def cut(*pieces):
    splitter = PlainSplitter()
    chunks = [chunk for piece in pieces for chunk in splitter.feed(piece)]
    return chunks + splitter.finish()


@given(st.text(max_size=400), st.integers(1, 9))
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_however_it_arrives(text, size):
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    chunks = cut(*pieces)
    assert "".join(chunk.original for chunk in chunks) == sound(text)
    assert chunks == cut(text)


def test_long_texts_are_cut_at_lines_and_long_lines_anywhere():
    chunks = cut("line\n" * 100 + "x" * 5_000)
    assert all(chunk.kind is Kind.PLAIN for chunk in chunks)
    assert max(len(chunk.source) for chunk in chunks) <= SIZE
    assert max(chunk.source.count("\n") for chunk in chunks) < LINES
    assert [chunk.line for chunk in chunks[:3]] == [0, 40, 80]
    assert [chunk.is_joined for chunk in chunks] == [False, False, False, False, True, True]


def test_marks_are_shown_and_what_deceives_too():
    (chunk,) = cut("# **T**\n\n- `a`\x1b")
    blocks = blocks_of(chunk, {})
    assert all(isinstance(block, Typed) for block in blocks)
    assert [plain(block.runs) for block in blocks] == ["# **T**", "", "- `a`\u241b"]


def test_what_is_open_is_the_rest():
    splitter = PlainSplitter()
    assert splitter.feed("a\nb") == []
    assert [chunk.source for chunk in splitter.tail()] == ["a\nb"]
    assert splitter.finish()[0].source == "a\nb"
    assert splitter.tail() == []
