"""Pieces that did not change stay; code that grows goes on growing."""

import pytest

from app.render.markdown.parser import parse
from app.ui.transcript.blocks.block_item import RowContext
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.rule import RuleItem
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.layout.block_factory import items_of
from app.ui.transcript.layout.flow import flow
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.item import TableItem


@pytest.fixture
def make(theme):
    row = RowContext(Style(theme))

    def made(text, old=(), *, is_open=True):
        return items_of(flow(parse(text)), row, old=old, is_open=is_open)

    return made


def test_neighbours_of_text_share_a_piece(make):
    kinds = [type(item) for item in make("a\n\nb\n\n---\n\n| c |\n|---|\n\n- d\n  ```\n  e\n  ```")]
    assert kinds == [TextItem, RuleItem, TableItem, TextItem, CodeItem]


def test_growing_code_in_a_list_stays_the_same_piece(make):
    old = make("- a\n  ```py\n  x = 1")
    new = make("- a\n  ```py\n  x = 1\n  y = 2", old)
    assert [a is b for a, b in zip(old, new, strict=True)] == [True, True]
    assert new[1].document.toPlainText() == "x = 1\ny = 2"
    assert new[1].source == "x = 1\ny = 2"


def test_when_it_is_complete_its_colours_are_those_of_the_whole(make):
    text = '- a\n  ```py\n  s = """one\n  two\n  """\n  x = 1'
    old = []
    for end in range(12, len(text) + 1):
        old = make(text[:end], old)
    (_, grown) = make(f"{text}\n  ```", old, is_open=False)
    (_, whole) = make(f"{text}\n  ```", is_open=False)

    def colours(item):
        block, found = item.document.begin(), []
        while block.isValid():
            found.append([(r.start, r.length) for r in block.layout().formats()])
            block = block.next()
        return found

    assert grown is old[1]
    assert colours(grown) == colours(whole)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a\n  ```py\n  x", "- a\n  ```js\n  x"),
        ("- a\n  ```py\n  x = 1", "- a\n  ```py\n  y = 1"),
        ("- a\n  ```py\n  x", "- a\n  - b\n    ```py\n    x"),
    ],
)
def test_other_code_is_another_piece(make, before, after):
    old = make(before)
    assert make(after, old)[-1] is not old[-1]


def test_text_that_changed_is_another_piece(make):
    old = make("a")
    assert make("a", old)[0] is old[0]
    assert make("ab", old)[0] is not old[0]
