"""Long lists inside lists are cut inside their entries, and are still the lists they are."""

import pytest

from app.render.markdown.document import blocks_of, read
from app.render.markdown.parser import parse
from app.render.splitting.line_signs import indent_of
from app.render.splitting.list_entries import Entries
from app.render.splitting.splitter import Splitter, split

WORDS = "some words of an entry, not very few"
NESTED = "- top\n" + "".join(f"  - {WORDS} {n}\n    - {WORDS}\n" for n in range(80))
NUMBERED = "7. top\n" + "".join(f"   {n}. {WORDS}\n" for n in range(1, 150)) + "8. next\n"
PARAGRAPHS = "- top\n\n" + "".join(f"  {WORDS} {n}\n\n" for n in range(150)) + "- next\n"
MIXED = NESTED + "- other\n  ```py\n" + "  x = 1\n" * 400 + "  ```\n  - inner\n"


@pytest.mark.parametrize("text", [NESTED, NUMBERED, PARAGRAPHS, MIXED])
def test_cut_and_joined_it_is_the_same(text):
    chunks = split(text)
    assert len(chunks) > 2
    assert read(text) == parse(text)
    assert "\n".join(chunk.original.rstrip("\n") for chunk in chunks).split() == text.split()


@pytest.mark.parametrize("text", [NESTED, NUMBERED, PARAGRAPHS])
def test_no_chunk_is_long(text):
    assert max(len(chunk.original) for chunk in split(text)) < 3_000


def test_what_is_repeated_is_not_drawn():
    chunk = split(NESTED)[1]
    assert chunk.above >= 1
    (listing,) = blocks_of(chunk, {})
    assert listing.items[0].is_continued
    assert "Heading" not in repr(listing)


def test_blocks_still_know_their_lines():
    (listing,) = read(PARAGRAPHS)
    blocks = listing.items[0].blocks
    assert [block.lines[0] for block in blocks[:3]] == [0, 2, 4]
    assert blocks[140].lines[0] == 280


def test_long_lines_in_one_entry_are_cut_too():
    text = "- top\n" + "".join(f"  {WORDS} {n}\n" for n in range(300))
    assert max(len(chunk.original) for chunk in split(text)) < 6_000


def test_the_entries_around_a_line():
    entries = Entries()
    for line in ("- a", "  1. b", "     - c"):
        entries.take(line, indent_of(line))
    assert [entry.offset for entry in entries.open] == [2, 5, 7]
    assert [entry.marker for entry in entries.around("     - d")] == ["-", "1."]
    assert entries.repeated(entries.around("     x")) == ["- #", "  1. #"]
    entries.take("  ```", indent_of("  ```"))
    assert entries.is_code
    entries.take("  - no entry", indent_of("  - no entry"))
    assert len(entries.open) == 3
    entries.take("  ```", indent_of("  ```"))
    assert not entries.is_code


def test_streamed_it_is_the_same():
    text = MIXED[:9_000]
    grown = Splitter()
    chunks = [chunk for letter in text for chunk in grown.feed(letter)]
    assert chunks + grown.finish() == split(text)
