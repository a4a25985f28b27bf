"""Colours of code: the right roles at the right UTF-16 places, and growing code ends like whole
code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.code import COMMON, Highlighter, lexer, preload, spans

PYTHON = '''import re

def syllables(line: str) -> int:  # counts
    """A
    docstring."""
    return len(re.findall(r"[aeiou]+", line)) + 0x1F
'''


def roles(code, language):
    found = []
    for line, row in zip(code.split("\n"), spans(code, language), strict=True):
        units = line.encode("utf-16-le")
        for start, length, role in row:
            text = units[2 * start : 2 * (start + length)].decode("utf-16-le")
            found.append((text, role))
    return found


def test_roles_of_python():
    found = roles(PYTHON, "python")
    assert ("import", "keyword") in found
    assert ("syllables", "name") in found
    assert ("# counts", "comment") in found
    assert ("0x1F", "number") in found
    assert any("aeiou" in text and role == "text" for text, role in found)


def test_places_count_as_qt_does():
    assert ('"👩‍💻😀"', "text") in [
        ("".join(t for t, r in roles('x = "👩‍💻😀"; y = 1', "python") if r == "text"), "text")
    ]
    assert ("1", "number") in roles('x = "😀😀"; y = 1', "python")


@pytest.mark.parametrize("language", ["", "no-such-language", "x" * 100, "<b>", "../etc"])
def test_unknown_languages_are_plain(language):
    assert spans("x = 1\ny", language) == [[], []]


@pytest.mark.parametrize("language", COMMON)
def test_common_languages_are_known(language):
    preload(language)
    assert lexer(language).name != "Text only"


def test_yaml_and_other_odd_tokens_have_a_place():
    assert len(spans("a:\n  - b: 1\n", "yaml")) == 3


@given(st.integers(1, 9))
@settings(max_examples=9, deadline=None)
def test_code_in_pieces_ends_like_whole_code(size):
    code = PYTHON * 20
    growing = Highlighter("python")
    rows: list = []
    for at in range(0, len(code), size * 7):
        first, changed = growing.append(code[at : at + size * 7])
        rows[first:] = changed
    assert growing.whole() == spans(code, "python")
    assert rows[-5:] == spans(code, "python")[-5:]


def test_only_a_window_is_coloured_again():
    growing = Highlighter("python")
    growing.append("x = 1\n" * 1000)
    first, changed = growing.append("y = 2\n")
    assert first > 900
    assert len(changed) < 100


def test_a_comment_on_the_last_line_is_one():
    (line,) = spans("done  # comment", "bash")
    assert line[-1] == (6, 9, "comment")
