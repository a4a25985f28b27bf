"""From what is drawn back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.characters import copied
from app.render.output.cut import slice_units, units
from app.render.output.drawn_code import WIDEST_LINE, drawable, written_between

CODE = 'def f():\n\treturn "a\u00a0b"  \n\n# \U0001f600 end'


def between(source, shown_part):
    at = drawable(source).index(shown_part)
    first = units(drawable(source)[:at])
    return written_between(source, first, first + units(shown_part))


@given(st.data())
def test_every_stretch_of_harmless_code_is_exact(data):
    size = len(CODE)
    first, last = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
    here, there = units(CODE[:first]), units(CODE[:last])
    assert written_between(CODE, here, there) == CODE[first:last]
    assert written_between(CODE, here, there) == slice_units(drawable(CODE), here, there)


@pytest.mark.parametrize(
    ("source", "part", "wanted"),
    [
        ("x = 'a\u202eb'", "'a[U+202E]b'", "'ab'"),
        ("x = 'a\u202eb'", "b'", "b'"),
        ("ls\x1b[8m; rm", "; rm", "; rm"),
        ("one\ntwo \u200b\u200b\u200b here\nthree", "here\nthr", "here\nthr"),
    ],
)
def test_labels_of_hidden_characters_are_not_copied(source, part, wanted):
    assert between(source, part) == wanted


def test_breaks_of_an_overlong_line_are_only_drawn():
    line = "".join(chr(97 + index % 26) for index in range(3 * WIDEST_LINE + 5))
    source = f"first\n{line}\nlast"
    assert drawable(source).count("\n") == 5
    size = units(drawable(source))
    assert written_between(source, 0, size) == source
    assert (
        written_between(source, 6 + WIDEST_LINE - 2, 6 + WIDEST_LINE + 3)
        == (line[WIDEST_LINE - 2 : WIDEST_LINE + 2])
    )
    assert written_between(source, 3, size - 2) == source[3:-2]


def test_the_whole_is_what_copying_gives():
    source = "a\u202e\tb \x07\n\u2066c"
    assert written_between(source, 0, units(drawable(source))) == copied(source, is_code=True)
