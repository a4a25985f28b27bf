"""Formulas are told from money and prose; the currency rule (`$5 … $10` is no formula)."""

import pytest

from app.render.formulas.tex import (
    body_of,
    closes_display,
    inline_formula,
    is_bracketed_formula,
    is_surely_formula,
    opens_display,
)
from app.render.markdown.parser import parse
from tests.markdown.outline import outline


def formula_in(text):
    found = inline_formula(text, text.index("$"), len(text))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("$x$", "x"),
        ("$a_b + c_d$ and", "a_b + c_d"),
        ("$n$th", "n"),
        ("$3x+2$", "3x+2"),
        ("$12$", "12"),
        ("$\\text{if this then that}$", "\\text{if this then that}"),
        ("$5 and *then* $10", None),
        ("$5-$10", None),
        ("$5 is less than $7, or 3$", None),
        ("$HOME/$USER", None),
        ("$very cheap$", None),
        ("$ x$", None),
        ("$x $", None),
        ("$x$5", None),
        ("$$", None),
        ("$a\nb$", None),
        ("$" + "x" * 3000 + "$", None),
    ],
)
def test_dollars(text, body):
    assert formula_in(text) == body


def test_a_letter_or_dollar_before_means_money():
    assert inline_formula("US$5 and A$", 2, 11) is None
    assert inline_formula("$$x$", 1, 4) is None


@pytest.mark.parametrize(
    ("body", "opening", "is_formula"),
    [
        ("x_i", "\\(", True),
        ("12", "\\(", True),
        ("n", "\\[", True),
        ("1", "\\[", False),
        ("optional", "\\(", False),
        ("see this", "\\[", False),
        ("\\\\", "\\[", False),
    ],
)
def test_brackets(body, opening, is_formula):
    assert is_bracketed_formula(body, opening) is is_formula


@pytest.mark.parametrize(
    ("line", "closing"),
    [
        ("$$", "$$"),
        ("  $$ x = 1 $$  ", "$$"),
        ("$$x^2", "$$"),
        ("\\[", "\\]"),
        ("\\[ a \\in [0,1]", "\\]"),
        ("$$x$$ is it", ""),
        ("$$x$$ and $$y$$", ""),
        ("$$$", ""),
        ("$$$$", ""),
        ("\\[foo]: /url", ""),
        ("\\[not a link](/foo)", ""),
        ("\\[1\\]", ""),
        ("text", ""),
    ],
)
def test_what_opens_a_displayed_formula(line, closing):
    assert opens_display(line) == closing


def test_what_closes_it():
    assert closes_display("$$", "$$", is_first=False)
    assert not closes_display("$$", "$$", is_first=True)
    assert closes_display("$$ x $$", "$$", is_first=True)
    assert closes_display("= 1 \\]", "\\]", is_first=False)


def test_the_body_has_no_signs_and_no_spaces_at_line_ends():
    assert body_of("$$\nx =  \n1\n$$") == "x =\n1"
    assert body_of("\\[ x \\]") == "x"


@pytest.mark.parametrize(
    ("body", "is_sure"),
    [
        ("x^2 +", True),
        ("\\frac{a", True),
        ("n", True),
        ("E = m", True),
        ("5", False),
        ("5 and", False),
        ("5 + ", False),
        ("cheap", True),
        ("cheap stuff", False),
        ("HOME", False),
        ("", False),
        (" x", False),
    ],
)
def test_an_open_formula_is_shown_as_one_only_when_it_can_be_nothing_else(body, is_sure):
    assert is_surely_formula(body) is is_sure


VARIABLES = [
    "${first}-${last}",
    "${first}${last}",
    "$user->name.$x",
    "$this->a, $this->b",
    "$a.$b",
    "$a-$b",
    "$first.$last",
    "$HOME$PATH",
    "$HOME/$USER",
    "$PATH:$HOME",
    "$(CC)-$(CFLAGS)",
    "$(SRC)$(OBJ)",
    "$x=$y",
    "$i<$n",
    "$a&&$b",
    "$a,$b",
    '"$a" and "$b"',
    '"$first$second"',
    "$arr[$i]",
    "$self->{name}.$x",
    "$Foo::bar.$x",
    "${VAR:-default}-${OTHER}",
    "$name_$date",
    "$dir/${file}.txt",
    "$5-$10",
    "$5k to $10k",
    "$1$2",
    "$env:PATH;$env:HOME",
    "cp $src $dst",
    "$@ and $<",
    "$x|$y",
    "$key=>$value",
]
FORMULAS = [
    "$x$",
    "$i$th",
    "$k$-means",
    "$f$(x)",
    "$a$, $b$",
    "$x-y$",
    "${n \\choose k}$",
    "${}^{14}C$",
    "${\\bf x}$",
    "$x^*$s",
    "$x_+$ and",
    "$a=b$",
    "$x<y$",
    "$(a+b)^2$",
    "$A \\to B$",
    "$\\$5$",
    "$n!$",
    "$x_{1}-x_{2}$",
    "$p$-value",
    "$\\alpha$-decay",
    "$|x|$",
    "$f'(x)$",
]


@pytest.mark.parametrize("text", VARIABLES)
def test_variables_of_programs_are_text(text):
    assert outline_of(text).count("<m>") == 0


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_beside_them_are_drawn(text):
    assert "<m>" in outline_of(text)


def outline_of(text):
    return outline(parse(text))
