"""Blocks become leaves with the right indents, markers and bars."""

import pytest

from app.render.markdown.parser import parse
from app.render.tree import Code, Paragraph, Table, plain
from app.ui.transcript.layout.flow import flow


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3. 1. inner", [(["3.", "1."], "inner")]),
        (
            "3. 1. inner\n   2. more\n4. b",
            [(["3.", "1."], "inner"), (["2."], "more"), (["4."], "b")],
        ),
        ("- - a\n  - b\n- c", [(["•", "◦"], "a"), (["◦"], "b"), (["•"], "c")]),
        ("- 1. - deep", [(["•", "1.", "▪"], "deep")]),
        ("1. - [x] done", [(["1.", "◦"], "done")]),
        ("> 2. * q", [(["2.", "◦"], "q")]),
        ("- 2. # title", [(["•", "2."], "title")]),
        ("- 1.\n  2. b", [(["•", "1."], ""), (["2."], "b")]),
    ],
)
def test_an_entry_that_begins_with_a_list_has_no_empty_line(text, wanted):
    leaves = flow(parse(text))
    shown = [([entry.marker for entry in (*leaf.around, leaf)], leaf) for leaf in leaves]
    assert [(markers, plain(leaf.block.runs)) for markers, leaf in shown] == wanted
    for leaf in leaves:
        indents = [entry.indent for entry in (*leaf.around, leaf)]
        assert indents == sorted(set(indents))


def test_quotes_have_bars():
    assert shape("> a\n> > b") == [
        ("", 16, ((0, "line"),)),
        ("", 32, ((0, "line"), (16, "line"))),
    ]
    leaves = flow(parse("> | a |\n> |---|\n> | b |"))
    assert isinstance(leaves[0].block, Table)
    assert leaves[0].bars == ((0, "line"),)


def test_tasks_and_gaps():
    leaves = flow(parse("- [ ] a\n- [x] b"))
    assert [leaf.is_done for leaf in leaves] == [False, True]
    assert leaves[1].gap == 0
    assert flow(parse("- a\n\n- b"))[1].gap > 0
    after_code = flow(parse("1. ```\n   x\n   ```\n2. b"))[-1]
    assert after_code.gap > 0


def test_alerts_have_a_title_and_their_colour():
    leaves = flow(parse("> [!WARNING]\n> Hot\n>\n> - a"))
    assert [plain(leaf.block.runs) for leaf in leaves] == ["Warning", "Hot", "a"]
    assert [leaf.icon for leaf in leaves] == ["triangle-alert", "", ""]
    assert {leaf.bars for leaf in leaves} == {((0, "warn"),)}


def test_an_alert_that_goes_on_has_no_second_title():
    leaves = flow(parse("> [!TIP]\n> more"), is_continued=True)
    assert [plain(leaf.block.runs) for leaf in leaves] == ["more"]
    assert leaves[0].bars == ((0, "good"),)


def test_footnotes_are_quiet_and_have_their_label():
    leaves = flow(parse("[^1]: a\n\n    b"))
    assert [(leaf.marker, leaf.indent, leaf.colour) for leaf in leaves] == [
        ("1.", 22, "muted"),
        ("", 22, "muted"),
    ]


def test_what_follows_a_quote_in_a_list_keeps_its_distance():
    leaves = flow(parse("1. a\n   > b\n2. c"))
    assert [leaf.gap > 0 for leaf in leaves] == [True, True, True]


def test_the_title_of_an_alert_stands_where_its_words_begin():
    from app.render.markdown.parser import parse
    from app.render.tree import plain

    def title(words):
        return plain(flow(parse(f"> [!NOTE]\n> {words}"))[0].block.runs)

    assert title("words") == "Note"
    assert title("\u05e9\u05dc\u05d5\u05dd words") == "\u200fNote"
    assert title("1. \u0645\u0631\u062d\u0628\u0627") == "Note"
