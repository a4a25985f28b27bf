"""The end of a growing line: open marks are closed, what may become one is held back."""

import pytest

from app.render.formulas.tex import UNFINISHED
from app.render.splitting.open_marks import close_marks
from tests.render.cost import grows_evenly


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("a", "a"),
        ("a **b", "a **b**"),
        ("***both**", "***both***"),
        ("use ``a `", "use ``a ``"),
        ("use ``a ` b", "use ``a ` b``"),
        ("let $x^2 +", f"let $x^2 +{UNFINISHED}$"),
        ("let $", "let"),
        ("costs $5", "costs $5"),
        ("costs $5 and", "costs $5 and"),
        ("so \\(x_i", f"so \\(x_i{UNFINISHED}\\)"),
        ("so \\(", "so"),
        ("so $$x", f"so $$x{UNFINISHED}$$"),
        ("**a $x", f"**a $x{UNFINISHED}$**"),
        ("a\\", "a"),
        ("a\\\\", "a\\\\"),
        ("5 &lt", "5 "),
        ("AT&T rules", "AT&T rules"),
        ("a <br", "a "),
        ("a < b", "a < b"),
        ("a <div", "a <div"),
        ("H<sub>2", "H<sub>2</sub>"),
        ("<https://e.or", "https://e.or"),
        ("so[^1", "so"),
        ("so[^1]", "so[^1]"),
        ("[a](<https://e.org/x y", "a"),
        ("[a][re", "a"),
        ("it [1]", "it [1]"),
        ("`[a", "`[a`"),
        ("\\[a", f"\\[a{UNFINISHED}\\]"),
    ],
)
def test_closed(text, closed):
    assert close_marks(text) == closed


@pytest.mark.parametrize(
    "sign", ["[", "*a ", "`", "$x ", "\\(", "<sub>", "[a](", "**", "&", "<", "a\\", "_a", "![a]("]
)
def test_what_it_costs_grows_with_the_text_and_no_faster(sign):
    assert grows_evenly(close_marks, sign, 500)
