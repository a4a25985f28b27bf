"""The tree's one function."""

from app.render.tree import Mark, Run, plain


def test_plain_text_of_runs():
    assert plain((Run("a\u2028", Mark.STRONG), Run("b"))) == "a\nb"
