"""TeX becomes outlines, or a reason why its source is shown instead; hostile TeX costs little."""

import contextlib
import time

import pytest

from app.render.formulas.formula import DEEPEST_FORMULA, FormulaError, draw

FORMULAS = [
    r"x",
    r"E = mc^2",
    r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{pmatrix} a \\ b \end{pmatrix}^T",
    r"\begin{bmatrix} 1 \end{bmatrix}_{ij}",
    r"\begin{cases} x & \text{if } a \\ y & \text{otherwise} \end{cases}",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
    r"\begin{aligned}[t] a &= b \end{aligned}",
    r"a &= b \\ c &= d",
    r"a = b \\ c = d",
    r"a = b \tag{1}",
    r"a = b \label{eq:1} \nonumber",
    r"\operatorname*{arg\,max}_x f(x)",
    r"\mathbb{R}^n \to \mathcal{L}(\mathbf{W})",
    r"\left. \frac{a}{b} \right|_{x=0}",
    r"\left( \left[ \left\{ x \right\} \right] \right)",
    r"\nabla \times \mathbf{E} = -\frac{\partial \mathbf{B}}{\partial t}",
    r"\underbrace{a + b}_{n} \overbrace{c}^{m}",
    r"\cancel{x} \boxed{y} \vec{v} \hat{n}",
    r"\color{red}{x} + 1",
    r"P(A \mid B) \leq 90^\circ",
    r"\lVert x \rVert_2 \cdot \lfloor y \rfloor",
    r"f'(x) + é",
    r"\begin{align} a &= b \\ c &= d \end{align}",
    r"\begin{alignat*}{2} a &= b & c &= d \end{alignat*}",
    r"\begin{eqnarray} a &=& b \\ &\le& c \end{eqnarray}",
    r"\begin{equation} \begin{split} a &= b \\ &= -c \end{split} \end{equation}",
    r"\begin{gather*} a \\ b \end{gather*}",
    r"\begin{multline} a \\ + b \end{multline}",
    r"x \xrightarrow[b]{n \to \infty} y",
]


@pytest.mark.parametrize("tex", FORMULAS)
@pytest.mark.parametrize("is_display", [True, False])
def test_drawn(tex, is_display):
    drawing = draw(tex, is_display=is_display)
    assert drawing.width > 0.3
    assert drawing.ascent > 0.3
    xs = [x for shape in drawing.shapes for _, places in shape.steps for x in places[::2]]
    ys = [y for shape in drawing.shapes for _, places in shape.steps for y in places[1::2]]
    assert min(xs) >= -0.35
    assert max(xs) <= drawing.width + 0.35
    assert min(ys) >= -drawing.ascent - 0.35
    assert max(ys) <= drawing.descent + 0.35


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        ("", "NoAvailableTokens"),
        ("\\frac{a", "AssertionError"),
        ("x^x^x", "Double"),
        ("^", "MissingSuperScript"),
        ("\\foo{x}", "unknown command \\foo"),
        ("\\ce{Ä}", "not chemistry"),
        ("\\def\\a{\\a\\a}\\a", "not drawn: \\def"),
        ("\\newcommand{\\a}{x}\\a", "not drawn: \\newcommand"),
        ("\\text{若}", "letters"),
        ("😀", "letters"),
        ("\\rule{100000em}{1em}", "too large"),
        ("x" * 3_000, "too long"),
        ("x & \\begin{b}", "NoAvailableTokens"),
        ("{" * 900, "nested too deeply"),
    ],
)
def test_not_drawn(tex, reason):
    with pytest.raises(FormulaError, match=reason.replace("\\", "\\\\")):
        draw(tex, is_display=True)


@pytest.mark.parametrize("opening", ["\\frac{1}{", "\\sqrt{", "x^{", "\\left({"])
def test_nesting_is_bounded_for_it_costs_twice_as_much_each_time(opening):
    closing = "}\\right)" if "left" in opening else "}"
    most = DEEPEST_FORMULA // (2 if "left" in opening else 1)
    started = time.process_time()
    draw(opening * most + "x" + closing * most, is_display=True)
    assert time.process_time() - started < 2
    with pytest.raises(FormulaError, match="nested"):
        draw(opening * 8 + "x" + closing * 8, is_display=True)


def test_a_displayed_sum_is_taller():
    tex = "\\sum_{i=1}^n i"
    high, low = draw(tex, is_display=True), draw(tex, is_display=False)
    assert high.ascent + high.descent > low.ascent + low.descent


def test_colours_and_lines_are_kept():
    assert {shape.colour for shape in draw("1+\\color{red}{x}", is_display=False).shapes} == {
        "",
        "red",
    }
    assert any(shape.pen > 0 for shape in draw("\\boxed{x}", is_display=False).shapes)


@pytest.mark.parametrize(
    "tex", ["\\right)", "\\left(", "}{", "\\end{matrix}", "\\begin{matrix}", "\\\\", "&", "%"]
)
def test_a_lost_half_is_no_crash(tex):
    with contextlib.suppress(FormulaError):
        draw(tex, is_display=True)
