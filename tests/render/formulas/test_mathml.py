"""What is mended before ziamath draws: signs, rows, and arrows with words."""

import itertools

import pytest

from app.render.formulas.formula import draw


def width(tex):
    return draw(tex, is_display=True).width


def lines(tex):
    """The heights at which ink stands, as stretches from the top, em."""
    shapes = draw(tex, is_display=True).shapes
    found = []
    for shape in shapes:
        ys = [y for _, places in shape.steps for y in places[1::2]]
        found.append((min(ys), max(ys)))
    found.sort()
    joined = [found[0]]
    for top, bottom in found[1:]:
        if top <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(bottom, joined[-1][1]))
        else:
            joined.append((top, bottom))
    return joined


@pytest.mark.parametrize(
    ("signed", "bare"),
    [
        ("x=-1", "x=1"),
        ("(-1)", "(1)"),
        ("a,-1", "a,1"),
        ("a\\cdot-1", "a\\cdot1"),
        ("x\\le-1", "x\\le1"),
        ("\\left(-1\\right)", "\\left(1\\right)"),
        ("\\begin{aligned}a&=-1\\end{aligned}", "\\begin{aligned}a&=1\\end{aligned}"),
    ],
)
def test_a_sign_stands_close_to_its_number(signed, bare):
    assert width(signed) - width(bare) < width("-1") - width("1") + 0.15


@pytest.mark.parametrize(
    ("less", "bare"),
    [("x-1", "x1"), ("(a)-1", "(a)1"), ("n!-1", "n!1"), ("x^2-1", "x^21"), ("|x|-1", "|x|1")],
)
def test_a_minus_between_two_has_room_on_both_sides(less, bare):
    assert width(less) - width(bare) > width("-1") - width("1") + 0.3


@pytest.mark.parametrize(
    "tex",
    [
        "\\begin{aligned} aa &= 1 \\\\ bb &= 2 \\end{aligned}",
        "\\begin{align} ag &= p \\\\ bg &= q \\end{align}",
        "\\begin{matrix} (1) \\\\ (2) \\end{matrix}",
        "pqg = 1 \\\\ \\hat{A} = 2",
        "\\begin{gather*} pqg \\\\ \\hat{A} \\end{gather*}",
    ],
)
def test_rows_stand_apart(tex):
    found = lines(tex)
    gaps = [after[0] - before[1] for before, after in itertools.pairwise(found)]
    assert max(gaps) > 0.4


def test_rows_without_columns_are_centred():
    shapes = draw("aaaaaaaaaaaaaaaa \\\\ b", is_display=True).shapes
    last = [x for _, places in shapes[-1].steps for x in places[::2]]
    middle = (min(last) + max(last)) / 2
    assert abs(middle - width("aaaaaaaaaaaaaaaa") / 2) < 0.2


def test_an_arrow_with_words_is_long_and_apart():
    assert width("a \\xrightarrow{f} b") > width("ab") + 1.6
    assert draw("\\xrightarrow[g]{f}", is_display=True).descent > 0.2


def test_columns_of_a_matrix_stand_apart():
    assert width("\\begin{matrix} 1 & 0 \\end{matrix}") > width("10") + 0.6


def test_modulo_stands_apart():
    assert width("a \\bmod b") > width("a \\mathrm{mod} b") + 0.4
    assert width("a \\equiv b \\pmod{n}") > width("a \\equiv b (\\mathrm{mod} n)") + 0.8


def test_a_limit_stands_apart_from_what_it_is_of():
    assert width("\\lim_{x\\to0}f") > width("\\lim_{x\\to0}") + width("f") + 0.1
    assert width("\\max_x(f)") < width("\\max_x") + width("(f)") + 0.1


def test_arrows_between_statements_have_room():
    assert width("a \\implies b") > width("a\\Longrightarrow b") + 0.4
    assert draw("a \\not= b", is_display=True) == draw("a \\neq b", is_display=True)
