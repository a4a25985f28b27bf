from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversations.continuation import FARTHEST, Continuation, joined

TEXT = "The tide is the rise and fall of the sea, caused by the pull of the moon"


@pytest.mark.parametrize(
    ("rest", "whole"),
    [
        (" and the sun.", f"{TEXT} and the sun."),
        ("the pull of the moon and the sun.", f"{TEXT} and the sun."),
        (" the pull of the moon and the sun.", f"{TEXT} and the sun."),
        ("\n\nthe pull of the moon and the sun.", f"{TEXT} and the sun."),
        (f"{TEXT} and the sun.", f"{TEXT} and the sun."),
        ("moon and the sun.", f"{TEXT}moon and the sun."),
        ("The tide is the rise, again.", f"{TEXT}The tide is the rise, again."),
        (TEXT, TEXT),
        ("", TEXT),
    ],
)
def test_what_both_say_is_said_once(rest, whole):
    assert joined(TEXT, rest) == whole


def test_code_across_the_seam_stays_one_block():
    half = "```python\nfor number in range(10):\n    print(num"
    assert joined(half, "ber)\n```\n") == f"{half}ber)\n```\n"
    assert joined(half, "for number in range(10):\n    print(number)\n```") == f"{half}ber)\n```"


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_however_it_is_cut_the_same_comes_out(text, rest, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rest)), max_size=5)))
    places = [0, *cuts, len(rest)]
    seam = Continuation(text)
    pieces = [seam.feed(rest[a:b]) for a, b in pairwise(places)]
    assert text + "".join(pieces) + seam.flush() == joined(text, rest)


@given(st.text(min_size=8, max_size=200), st.text(max_size=60), st.integers(8, 200))
def test_a_repeated_end_is_taken_out_and_nothing_else(text, rest, count):
    repeated = text[-count:] + rest
    assert joined(text, repeated).endswith(rest)
    assert len(joined(text, repeated)) <= len(text) + len(repeated)


@given(st.text(max_size=100), st.text(max_size=100))
def test_what_was_there_is_never_changed(text, rest):
    assert joined(text, rest).startswith(text)


def test_a_very_long_text_is_looked_at_from_its_end():
    text = "ab cd ef " * (FARTHEST // 3) + "and this is the end"
    assert joined(text, "this is the end of it") == f"{text} of it"
