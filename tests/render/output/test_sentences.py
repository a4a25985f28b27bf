"""Sentences of a growing answer."""

import pytest

from app.render.output.sentences import Sentences


def said(text, step):
    """(what is said while it arrives in pieces of `step`, what is said at the end)."""
    cutter = Sentences()
    heard = []
    for start in range(0, len(text), step):
        heard += cutter.feed(text[start : start + step])
    return heard, cutter.rest()


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_sentences_come_as_soon_as_they_end(step):
    heard, rest = said("It is **warm**. Is it? Yes! And the rest", step)
    assert heard == ["It is warm.", "Is it?", "Yes!"]
    assert rest == ["And the rest"]


@pytest.mark.parametrize("step", [1, 4, 1000])
def test_abbreviations_and_numbers_end_nothing(step):
    text = "See e.g. Dr. Who and 3.14 in No. 5 of it. Next"
    assert said(text, step)[0] == ["See e.g. Dr. Who and 3.14 in No. 5 of it."]


@pytest.mark.parametrize("step", [1, 1000])
def test_sentences_without_spaces_between_them(step):
    assert said("今日は暖かい。明日は？", step)[0] == ["今日は暖かい。", "明日は？"]


@pytest.mark.parametrize("step", [1, 5, 1000])
def test_headings_and_entries_are_said_one_by_one(step):
    heard, rest = said("# The plan\n\n1. Go there\n2. Come back\n\nDone", step)
    assert heard == ["Heading 1: The plan", "1. Go there", "2. Come back"]
    assert rest == ["Done"]


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_code_is_named_and_not_read(step):
    text = "Run this:\n\n```python\nprint('a. b. c')\nx = 1\n```\n\nThat is all."
    heard, rest = said(text, step)
    assert [*heard, *rest] == ["Run this:", "Code, python, 2 lines", "That is all."]


def test_code_that_never_ended_is_named_at_the_end():
    assert said("```\na\nb", 1) == ([], ["Code, 2 lines"])


@pytest.mark.parametrize("step", [1, 1000])
def test_a_table_is_named(step):
    heard, rest = said("| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter it.", step)
    assert [*heard, *rest] == ["Table, 2 columns, 1 row", "After it."]


def test_lines_of_one_paragraph_are_one_sentence():
    assert said("A long\nsentence in\nthree lines.\n\nNext", 1)[0] == [
        "A long sentence in three lines."
    ]


def test_a_sentence_without_end_is_cut():
    (only,) = said("word " * 1000, 50)[1]
    assert len(only) <= 601
    assert only.endswith("…")


def test_nothing_gives_nothing():
    assert said("\n\n  \n", 1) == ([], [])
