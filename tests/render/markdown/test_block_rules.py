"""Displayed formulas and footnotes stand where blocks may stand."""

import pytest

from app.render.markdown.parser import parse
from tests.markdown.outline import outline


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$$\nx\n$$", "math[x]"),
        ("text\n$$\nx\n$$\nmore", "p[text] math[x] p[more]"),
        ("> $$\n> x\n> $$", "quote[math[x]]"),
        ("- a\n  \\[\n  - x\n  \\]", "ul[p[a] math[- x]]"),
        ("- a\n  $$\n  x\n- b", "ul[p[a] math[x] | p[b]]"),
        ("$$\n\nx", "p[$$] p[x]"),
        ("    $$\n    x", "code[$$⏎x]"),
        ("$$\n" + "x\n" * 70 + "$$", "math[" + "⏎".join("x" * 70) + "]"),
    ],
)
def test_formulas(source, expected):
    assert outline(parse(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[^1]: a", "foot:1[p[a]]"),
        ("[^1]: a\nb", "foot:1[p[a⏎b]]"),
        ("[^1]: a\n\n  b\n\nc", "foot:1[p[a] p[b]] p[c]"),
        ("[^1]: a\n[^2]: b", "foot:1[p[a]] foot:2[p[b]]"),
        ("[^1]: - a\n      - b", "foot:1[ul[p[a] ul[p[b]]]]"),
        ("[^1]:\n    a", "foot:1[p[a]]"),
        ("> [^1]: a", "quote[foot:1[p[a]]]"),
        ("[^a b] c", "p[[^a b] c]"),
    ],
)
def test_footnotes(source, expected):
    assert outline(parse(source)) == expected


def test_a_long_formula_is_shown_as_it_was_written_and_says_so():
    source = "$$\n" + "x+" * 1_500 + "x\n$$"
    (code, remark) = parse(source)
    assert code.language == "latex"
    assert remark.text == "This formula is too long to draw: shown as it was written."
