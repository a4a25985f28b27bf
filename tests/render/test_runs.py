"""Running text."""

from app.render.runs import Mark, Run, passage, plain


def test_plain_text_of_runs():
    assert plain((Run("a\u2028", Mark.STRONG), Run("b"))) == "a\nb"


def test_what_a_search_looks_through_keeps_its_line_breaks():
    assert passage((Run("a\u2028", Mark.STRONG), Run("b"))) == ("a\u2028b",)
    assert passage(()) == ()
