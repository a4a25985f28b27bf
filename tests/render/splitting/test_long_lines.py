"""Overlong lines are cut, and what they stand in goes on: nothing of it is seen or lost."""

import random

import pytest

from app.render.markdown.document import blocks_of, read
from app.render.splitting.long_lines import LONG_LINE, LONG_ROW, LongLines
from app.render.splitting.splitter import Splitter, split
from app.render.tree import Item, Listing, Paragraph, Quote, Run, Table

WORDS = "The quick fox jumps over the lazy dog, and so on. "
LONG = (WORDS * 200).strip()


def test_a_space_at_the_cut_of_a_line_goes_to_the_rest():
    (first, second) = split("word " * (LONG_LINE // 5 + 20))
    assert first.source.endswith("word")
    assert second.source.startswith(" word")
    assert second.is_joined


@pytest.mark.parametrize("word", ["word ", "x", "Ends here. ", "a|"])
def test_an_enormous_line_is_cut_as_a_smaller_one_is(word):
    first = LongLines()
    first.line(word * (10_000 // len(word)) * 40)
    first.end()
    other = LongLines()
    rest = ""
    for _ in range(40):
        rest = other.shortened(rest + word * (10_000 // len(word)))
    other.line(rest)
    other.end()
    assert [c.source for c in first.taken()] == [c.source for c in other.taken()]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- ", "\n- next"),
        ("7. ", "\n8. next\n\nend"),
        ("- a\n  - ", "\n  - b\n- c"),
        ("- a\n  1. b\n\n     ", "\n\n     more\n- c"),
        ("- a\n  - b\n\n  ", "\n- c"),
        ("> ", "\n> more\n\nend"),
        ("> > ", "\n\nend"),
        ("> [!TIP]\n> ", "\n\nend"),
        ("", "\nmore"),
    ],
)
@pytest.mark.parametrize("text", [LONG, "字" * 5_000])
def test_a_cut_line_is_read_as_the_one_it_was(before, after, text):
    short = read(f"{before}SHORT{after}")
    whole = read(f"{before}{text}{after}")
    assert repr(whole) == repr(short).replace("SHORT", text)
    assert max(len(chunk.original) for chunk in split(f"{before}{text}{after}")) < 3_000


@pytest.mark.parametrize("before", ["- ", "- a\n  2. ", "> ", "", "|a|\n|-|\n|", "- ```\n  "])
def test_the_chunks_give_back_what_was_written(before):
    text = f"{before}{LONG}\n"
    joined = ""
    for chunk in split(text):
        joined += ("" if chunk.is_joined or not joined else "\n") + chunk.original
    assert joined == text.strip()


@pytest.mark.parametrize("before", ["- ", "- a\n  2. ", "> ", "> - ", "", "# ", "|a|\n|-|\n|"])
@pytest.mark.parametrize("words", [WORDS, "字", "- + 1. # > ", "a   " + " " * 40, "x"])
@pytest.mark.parametrize("seed", range(3))
def test_streamed_it_is_cut_as_in_one(before, words, seed):
    chance = random.Random(seed)
    text = before + words * (9_000 // len(words)) + "\n- end"
    splitter, found, at = Splitter(), [], 0
    while at < len(text):
        size = chance.choice((1, 7, 60, 400))
        found += splitter.feed(text[at : at + size])
        splitter.tail()
        at += size
    assert found + splitter.finish() == split(text)


def test_rows_of_an_entry_go_on_in_its_place():
    chunks = split(f"- {LONG}\n- next")
    (blocks,) = [blocks_of(chunk, {}) for chunk in chunks[1:2]]
    assert isinstance(blocks[0], Listing)
    assert blocks[0].items[0].is_continued
    last = blocks_of(chunks[-1], {})[0]
    assert last.items[-1] == Item((Paragraph((Run("next"),)),))


def test_an_alert_stays_one():
    (alert,) = read(f"> [!NOTE]\n> {LONG}")
    assert alert == Quote((Paragraph((Run(LONG),)),), "note")


def test_an_endless_row_is_text_behind_its_cut():
    blocks = read("|a|\n|-|\n|" + "x " * LONG_ROW)
    assert [type(block) for block in blocks] == [Table, Paragraph]


def test_blanks_at_the_end_of_a_line_are_not_a_line_of_their_own():
    text = "- " + "x" * (LONG_LINE - 2) + " " * 50 + "\n- next"
    (listing,) = read(text)
    assert len(listing.items) == 2
    assert listing.is_tight
