"""Tokens inside a line become runs that cannot deceive."""

import pytest

from app.render.markdown.parser import parse
from app.render.tree import Mark, Run


def runs(text, references=None):
    (block,) = parse(text, references)
    return block.runs


def test_marks_inside_the_same_marks_end_with_the_outer():
    assert runs("__foo, __bar__, baz__") == (Run("foo, bar, baz", Mark.STRONG),)


def test_a_link_that_may_not_be_opened_is_its_label_with_the_address_as_a_hint():
    assert runs("[x](javascript:alert(1)) y") == (
        Run("x", hint="javascript:alert(1)"),
        Run(" y"),
    )


def test_what_hides_in_an_address_is_shown():
    (run,) = runs("[x](./a\u202eb)")
    assert "\u202e" not in run.hint


def test_the_label_of_a_picture_is_plain():
    (run,) = runs("![foo *bar* ![b](/u)](https://a.test/p)")
    assert run.text == "foo bar b [image: a.test (not loaded)]"


def test_a_picture_in_a_link_names_its_own_address():
    (run,) = runs("[![m](https://a.test/p?d=1)](https://b.test)")
    assert (run.link, run.hint) == ("https://b.test", "https://a.test/p?d=1")


def test_formulas_and_notes_beside_each_other_stay_apart():
    assert [run.text for run in runs("$x$$y$ $a$ [^1][^2]")][-3:] == [" ", "1", "2"]


def test_a_footnote_says_itself_in_the_hint():
    (_, sign) = runs("It[^n]", {"^": {"n": "is so"}})
    assert sign == Run("n", Mark.NOTE, "", "is so")


@pytest.mark.parametrize("text", ["<br>x<br>", "\u3000<br/>x", "<summary>x</summary>"])
def test_no_breaks_at_the_ends(text):
    assert "".join(run.text for run in runs(text)).strip("\u3000") == "x"


def test_spaces_inside_code_stay():
    assert runs("`` ` ``") == (Run("`", Mark.CODE),)
    assert runs("`  a  `") == (Run(" a ", Mark.CODE),)
