"""An open stretch is shown as it will be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.render.markdown.parser import parse
from app.render.splitting.mended_markdown import mend
from app.render.tree import Listing, Paragraph, Table, plain


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("Hello", "Hello"),
        ("a **bo", "a **bo**"),
        ("a **bold*", "a **bold**"),
        ("a **bold**", "a **bold**"),
        ("a **", "a"),
        ("***both*", "***both***"),
        ("x `co", "x `co`"),
        ("x `", "x"),
        ("**a `b", "**a `b`**"),
        ("~~go", "~~go~~"),
        ("2 * 3", "2 * 3"),
        ("snake_case", "snake_case"),
        ("see [the te", "see the te"),
        ("see [text](https://exa", "see text"),
        ("see ![alt](https://x", "see "),
        ("see [text](https://example.org)", "see [text](https://example.org)"),
        ("text\n-", "text"),
        ("text\n#", "text"),
        ("- one\n- ", "- one"),
        ("1. one\n2", "1. one"),
        ("- **a", "- **a**"),
        ("| a | b", "| a | b|\n|---|---|"),
        ("| a | b |\n|--", "| a | b |\n|---|---|"),
        ("\\*a", "\\*a"),
    ],
)
def test_mended(source, mended):
    assert mend(source) == mended


def test_a_growing_table_is_a_table_from_its_first_bar():
    text = "| Name | Value |\n|------|:-----:|\n| a | 1 |"
    for end in range(4, len(text)):
        assert isinstance(parse(mend(text[:end]))[0], Table), text[:end]


def test_growing_bold_never_shows_its_stars():
    text = "Some **bold words** and *more* `code` here."
    for end in range(len(text) + 1):
        shown = "".join(plain(b.runs) for b in parse(mend(text[:end])))
        assert "*" not in shown, text[:end]
        assert "`" not in shown, text[:end]


def test_a_growing_list_never_becomes_a_title():
    text = "Steps:\n- one\n- two"
    for end in range(1, len(text) + 1):
        kinds = {type(block) for block in parse(mend(text[:end]))}
        assert kinds <= {Paragraph, Listing}, text[:end]


@given(st.text(alphabet="ab *_`~[]()!|-\n#>1.\\:/", max_size=80))
@settings(max_examples=400, deadline=None)
def test_anything_can_be_mended_and_read(text):
    parse(mend(text))
