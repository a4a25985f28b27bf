"""Blocks become leaves with the right indents, markers and bars."""

from app.render.markdown import parse
from app.render.tree import Code, Paragraph, Table
from app.ui.transcript.flow import flow


def shape(text, **more):
    return [(leaf.marker, leaf.indent, leaf.bars) for leaf in flow(parse(text), **more)]


def test_bullets_change_with_depth():
    assert shape("- a\n  - b\n    - c\n      - d") == [
        ("•", 22, ()),
        ("◦", 44, ()),
        ("▪", 66, ()),
        ("▪", 88, ()),
    ]


def test_numbers_count_from_their_start():
    assert [marker for marker, _, _ in shape("3. a\n4. b")] == ["3.", "4."]
    assert [marker for marker, _, _ in shape("1. a\n2. b", number=41)] == ["41.", "42."]
    assert shape("99. a\n100. b")[0][1] == 22 + 16


def test_only_the_first_block_of_an_entry_has_the_marker():
    leaves = flow(parse("- a\n\n  b\n\n  ```\n  c\n  ```"))
    assert [leaf.marker for leaf in leaves] == ["•", "", ""]
    assert isinstance(leaves[2].block, Code)
    assert leaves[2].indent == 22


def test_an_entry_that_begins_with_code_keeps_its_marker():
    leaves = flow(parse("- ```\n  x\n  ```"))
    assert [type(leaf.block) for leaf in leaves] == [Paragraph, Code]
    assert leaves[0].marker == "•"


def test_quotes_have_bars():
    assert shape("> a\n> > b") == [("", 16, (0,)), ("", 32, (0, 16))]
    leaves = flow(parse("> | a |\n> |---|\n> | b |"))
    assert isinstance(leaves[0].block, Table)
    assert leaves[0].bars == (0,)


def test_tasks_and_gaps():
    leaves = flow(parse("- [ ] a\n- [x] b"))
    assert [leaf.is_done for leaf in leaves] == [False, True]
    assert leaves[1].gap == 0
    assert flow(parse("- a\n\n- b"))[1].gap > 0
    after_code = flow(parse("1. ```\n   x\n   ```\n2. b"))[-1]
    assert after_code.gap > 0
