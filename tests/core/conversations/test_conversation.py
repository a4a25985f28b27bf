from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Message,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    Timing,
    title_from,
)
from app.core.costs.usage import Usage

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def message(id_, parent=None, sequence=0, *parts):
    return Message(id_, "c", parent, Role.USER, parts, sequence, NOW)


def test_a_message_reads_its_parts_by_kind():
    picture = Attachment("00", "cat.png", "image/png", 9)
    said = message("m", None, 1, ReasoningPart("hm"), TextPart("Hello"), TextPart(" you"))
    assert (said.text, said.reasoning, said.attachments) == ("Hello you", "hm", ())
    assert message("m", None, 1, AttachmentPart(picture)).attachments == (picture,)


@pytest.mark.parametrize(
    ("first", "total", "tokens", "speed"),
    [
        (1.0, 3.0, 100, 50.0),
        (None, 3.0, 100, None),
        (1.0, None, 100, None),
        (1.0, 3.0, None, None),
        (1.0, 3.0, 0, None),
        (1.0, 1.01, 100, None),
    ],
)
def test_speed_counts_after_the_first_word_and_is_unknown_when_unclear(first, total, tokens, speed):
    found = Provenance("p", "m", usage=Usage(5, tokens), timing=Timing(first, total))
    assert found.tokens_per_second == speed


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "New conversation"),
        (" \n\n", "New conversation"),
        ("###\n- \nWhat is a token?", "What is a token?"),
        ("# Plan\nmore", "Plan"),
        ("> `quoted`", "quoted`"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60 + "…"),
        ("one two three four", "one two three four"),
        ("x" * 50 + " " + "y" * 9 + " z", "x" * 50 + " " + "y" * 9 + "…"),
        ("x" * 50 + " " + "y" * 20, "x" * 50 + "…"),
        ("ab " + "y" * 80, "ab " + "y" * 57 + "…"),
        ("x" * 58 + "👨‍👩‍👧‍👦" + "y", "x" * 58 + "…"),
        ("x" * 59 + "🇳🇴🇸🇪", "x" * 59 + "…"),
        ("x" * 59 + "e\u0301" * 9, "x" * 59 + "…"),
    ],
)
def test_a_title_is_the_first_line_cut_at_a_word(text, title):
    assert title_from(text) == title


@given(st.text(), st.integers(4, 80))
def test_a_title_is_one_short_line(text, limit):
    title = title_from(text, limit)
    assert title
    assert len(title.splitlines()) == 1
    assert len(title) <= max(limit + 1, len("New conversation"))
