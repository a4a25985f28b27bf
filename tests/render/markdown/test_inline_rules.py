"""Formulas, footnote signs, the few tags, and lenient bold; each with what it must not touch."""

import pytest

from app.render.markdown.document import read
from app.render.markdown.inline_rules import MOST_FORMULAS
from app.render.markdown.parser import parse
from app.render.tree import Mark, Remark, Run
from tests.markdown.outline import outline
from tests.render.cost import grows_evenly


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x$ \\(y\\) `$z$`", "p[<m>x</m> <m>y</m> <c>$z$</c>]"),
        ("a \\\\(x\\\\) b", "p[a \\(x\\) b]"),
        ("one $$a=1$$ two", "p[one] math[a=1] p[two]"),
        ("- $$a=1$$", "ul[math[a=1]]"),
        ("| a |\n|---|\n| $$x^2$$ |", "table[a / <m>x^2</m>]"),
        ("**$x$**", "p[<b><m>x</m></b>]"),
    ],
)
def test_formulas(source, expected):
    assert outline(parse(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a[^1]", "p[a<fn>1</fn>]"),
        ("a[^x]", "p[a[^x]]"),
        ("a[^x]\n\n[^X]: t", "p[a<fn>x</fn>] foot:X[p[t]]"),
        ("`[^1]`", "p[<c>[^1]</c>]"),
        ("\\[^1]", "p[[^1]]"),
        ("[^1](https://e.org)", "p[<a=https://e.org>^1</a>]"),
    ],
)
def test_footnote_signs(source, expected):
    assert outline(read(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<BR>b", "p[a⏎b]"),
        ("`<br>`", "p[<c><br></c>]"),
        ("</br>", "p[</br>]"),
        ("H<sub>2</sub>O", "p[H<sub>2</sub>O]"),
        ("<sub>**a**</sub>", "p[<b><sub>a</sub></b>]"),
        ("a</sub>", "p[a</sub>]"),
        ("<sub>a\nb</sub>", "p[<sub>a⏎b</sub>]"),
        ("the <summary>x</summary> tag", "p[the <summary>x</summary> tag]"),
        ("<details open><summary>x</summary>", "p[<b>x</b>]"),
        ("text\n</details>", "p[text]"),
        (
            "[a <kbd>b</kbd>](https://e.org)",
            "p[<a=https://e.org>a </a><a=https://e.org><kbd>b</kbd></a>]",
        ),
        ("<b>x</b> <script>", "p[<b>x</b> <script>]"),
        ('<sub onclick="x">a</sub>', 'p[<sub onclick="x">a</sub>]'),
    ],
)
def test_tags(source, expected):
    assert outline(parse(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**Note:**text", "p[<b>Note:</b>text]"),
        ("**(**foo)", "p[**(**foo)]"),
        ('a**"foo"**', 'p[a**"foo"**]'),
        ("**a** b**", "p[<b>a</b> b**]"),
        ("请*务必*读", "p[请<i>务必</i>读]"),
        ("__init__.py", "p[<b>init</b>.py]"),
    ],
)
def test_bold(source, expected):
    assert outline(parse(source)) == expected


@pytest.mark.parametrize("sign", ["<sub>", "\\(", "$", "[^1", "$$", "<summary>"])
def test_many_openings_cost_no_more_each(sign):
    assert grows_evenly(parse, sign, 500)


def test_links_are_found_among_many_but_not_among_countless_brackets():
    link = "[a](https://e.org) "
    assert outline(parse(link * 150)).count("<a=") == 1 + 149
    source = "[" * 400 + "a" + "](u)" * 300
    assert outline(parse(source)) == f"p[{source}]"


def test_more_formulas_than_anybody_writes_stay_the_text_they_are():
    paragraph, remark = parse("\\(a_1\\) $_b_$ " * MOST_FORMULAS)
    formulas = [run.text for run in paragraph.runs if run.marks & Mark.MATH]
    assert formulas == ["a_1", "_b_"] * (MOST_FORMULAS // 2)
    rest = "\\(a_1\\) $_b_$ " * (MOST_FORMULAS // 2)
    assert paragraph.runs[-1] == Run(f" {rest.strip()}")
    assert remark == Remark("80 more formulas here are shown as written.")
    assert parse("$a_1$ " * (MOST_FORMULAS + 1))[1] == Remark(
        "1 more formula here is shown as written."
    )


def test_formulas_are_counted_paragraph_by_paragraph():
    blocks = parse("$x^2$ " * MOST_FORMULAS + "\n\n" + "$y^2$ " * MOST_FORMULAS)
    assert len(blocks) == 2
    for block in blocks:
        assert sum(bool(run.marks & Mark.MATH) for run in block.runs) == MOST_FORMULAS
