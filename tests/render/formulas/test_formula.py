"""TeX becomes outlines, or a reason why its source is shown instead; hostile TeX costs little."""

import contextlib
import time

import pytest

from app.render.formulas.extent import Extent
from app.render.formulas.formula import FormulaError, draw
from app.render.formulas.source import DEEPEST_FORMULA

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
        ("\\def\\a{\\a\\a}\\a", "unknown command \\def"),
        ("\\newcommand{\\a}{x}\\a", "unknown command \\newcommand"),
        ("\\text{若}", "letters"),
        ("😀", "letters"),
        ("\\hspace{100000em} x", "too large"),
        ("x" * 3_000, "too long"),
        ("x & \\begin{b}", "not drawn: b"),
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


def square(word, is_bold):
    """A text font whose every sign is a square."""
    return Extent(float(len(word)), 0.8, 0.2)


def words(tex):
    return [s.text for s in draw(tex, is_display=True, measure=square).shapes if s.text]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (
            r"\text{平均速度} = \frac{\text{总路程}}{\text{总时间}}",
            ["平均速度", "总路程", "总时间"],
        ),
        (r"\boxed{\text{第三项}}", ["第三项"]),
        (r"速 = 5", ["速"]),
        (r"x_{\text{最大}}", ["最大"]),
        (r"\text{ok 😀 fin}", ["😀"]),
        (r"\text{👨‍👩‍👧🇩🇪}", ["👨‍👩‍👧🇩🇪"]),
        (r"\mbox{한국어 문장}", ["한국어 문장"]),
        (r"\text{if $x > 若$ then}", ["若"]),
        (r"\operatorname{最大}(x)", ["最大"]),
        (r"\text{crème, Müller, путь}", []),
        ("\\text{cafe\u0301}", []),
    ],
)
def test_words_that_the_font_lacks_are_left_to_a_text_font(tex, expected):
    assert words(tex) == expected


def test_such_a_word_takes_the_room_it_needs():
    wide = draw(r"a\text{若若若}b", is_display=True, measure=square)
    (word,) = [shape for shape in wide.shapes if shape.text]
    ((_, (x, _, em)),) = word.steps
    after = min(place[0] for _, place in wide.shapes[-1].steps if place)
    assert em == 1
    assert after >= x + 3


def lines(tex):
    """The long straight rules of a drawing, upright and level, as their width and height."""
    found = []
    for shape in draw(tex, is_display=True).shapes:
        xs = [x for _, places in shape.steps for x in places[::2]]
        ys = [y for _, places in shape.steps for y in places[1::2]]
        if [step[0] for step in shape.steps] == list("MLLLZ"):
            found.append((max(xs) - min(xs), max(ys) - min(ys)))
    upright = sum(height > 0.8 and width < 0.1 for width, height in found)
    level = sum(width > 0.4 and height < 0.1 for width, height in found)
    return upright, level


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\begin{array}{c|c} x & y \\ \hline 1 & 2 \end{array}", (1, 1)),
        (r"\begin{array}{|c|c|} \hline x & y \\ \hline 1 & 2 \\ \hline \end{array}", (3, 3)),
        (r"\begin{array}{c||c} x & y \\ \hline\hline 1 & 2 \end{array}", (2, 2)),
        (r"\left[\begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}\right]", (1, 0)),
        (r"\begin{bmatrix}[cc|c] 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}", (1, 0)),
        (r"\begin{array}{*{2}{c}|r} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}", (1, 0)),
        (r"\begin{matrix} a & b \\ \hline c & d \end{matrix}", (0, 1)),
        (r"\begin{array}{cc} 1 & 2 \\ 4 & 5 \end{array}", (0, 0)),
    ],
)
def test_rules_of_arrays(tex, expected):
    assert lines(tex) == expected


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        (r"\operatorname*{arg\,max}_x f", r"\mathop{\rm arg\,max}_x f"),
        (r"\mbox{two words}", r"\text{two words}"),
        (r"\tag{1} x = y", r"x = y \tag{1}"),
        (r"\begin{aligned} a \\[6pt] b \end{aligned}", r"\begin{aligned} a \\ b \end{aligned}"),
        (r"50% + y", r"50\% + y"),
        (r"\color{red}{x} + y", r"\textcolor{red}{x} + y"),
        (r"\text{a $x$ b}", r"\text{a }x\text{ b}"),
        (r"\bigl\{ x \bigr\}", r"\bigl\lbrace x \bigr\rbrace"),
        ("\\text{caf\\'e}", "\\text{café}"),
    ],
)
def test_the_same_drawing(tex, same):
    if "lbrace" in same:
        assert draw(tex, is_display=True).width < draw("xxx", is_display=True).width + 1
    else:
        assert draw(tex, is_display=True) == draw(same, is_display=True)


def test_an_operator_of_two_words_is_upright_with_its_variable_below():
    made = draw(r"\operatorname*{arg\,max}_x f", is_display=True)
    assert made.descent > draw(r"\operatorname{arg\,max}_x f", is_display=True).descent + 0.1
    assert len(made.shapes) == len("argmaxxf")


def test_words_keep_their_spaces_and_alphabets():
    wide, tight = (draw(tex, is_display=True).width for tex in (r"\text{a b}", r"\text{ab}"))
    assert wide > tight + 0.15
    assert draw(r"\texttt{ii}", is_display=True).width == pytest.approx(
        draw(r"\texttt{mm}", is_display=True).width, abs=0.2
    )
    assert draw(r"\mathbf{AB}", is_display=True) == draw(r"\mathbf{A}\mathbf{B}", is_display=True)
    assert draw(r"\mathbb{1}", is_display=True) != draw("1", is_display=True)


def test_cases_in_large_style_are_large():
    tex = r"\frac{1}{2} & x \\ \frac{3}{4} & y"
    cases = draw(rf"\begin{{dcases}} {tex} \end{{dcases}}", is_display=True)
    array = draw(rf"\left\{{\begin{{array}}{{ll}} {tex} \end{{array}}\right.", is_display=True)
    assert (cases.ascent, cases.descent) == (array.ascent, array.descent)
    assert len(cases.shapes) == len(array.shapes)
    tex = r"\frac{1}{2}"
    cases = draw(rf"\begin{{dcases}} {tex} \end{{dcases}}", is_display=False)
    assert cases.ascent > draw(tex, is_display=False).ascent
    assert draw(r"\begin{rcases} a \\ b \end{rcases}", is_display=True).width > 0.8


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{tabular}{c} a \end{tabular}",
        r"\begin{tikzcd} A \arrow[r] & B \end{tikzcd}",
        r"\begin{array}{p{3cm}} a \end{array}",
        r"\multicolumn{2}{c}{x}",
        r"\begin{array}{cc} a & b \\ \cline{1-2} c & d \end{array}",
        r"a \hline b",
        r"\genfrac(){0pt}{}{n}{k}",
        r"\colorbox{red}{x}",
        r"\Large x",
        r"\norm{x}",
        r"\text{a \\ b}",
        r"\text{a $x}",
        "\ue000",
        "\U00100000",
    ],
)
def test_what_would_be_drawn_wrong_is_not_drawn(tex):
    with pytest.raises(FormulaError):
        draw(tex, is_display=True, measure=square)
