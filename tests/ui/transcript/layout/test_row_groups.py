"""Rows that belong together."""

from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows, part_rows, recall
from app.ui.transcript.painting.style import Style
from tests.ui.transcript.driver import item_in


def sheet_of(theme, words, text):
    layout = MessageLayout(words.answer("a", text), (1, 1), Style(theme))
    layout.settle(600)
    return layout


def code(count):
    return "see\n\n```\n" + "\n".join(f"l{n}" for n in range(count)) + "\n```\n\nend"


def test_the_parts_of_long_code_are_one_block(theme, words):
    layout = sheet_of(theme, words, code(450))
    last = len(layout.rows) - 1
    assert last > 3
    assert block_rows(layout.rows, 1) == block_rows(layout.rows, 3) == range(1, last)
    assert block_rows(layout.rows, 0) == range(1)
    assert block_rows(layout.rows, last) == range(last, last + 1)


def test_they_share_one_state_and_count_their_lines(theme, words):
    layout = sheet_of(theme, words, code(450))
    states = {id(layout.rows[index].states) for index in block_rows(layout.rows, 1)}
    assert len(states) == 1
    assert layout.rows[1].states.at(0).line_count == 450


def test_hidden_rows_have_no_height_until_they_are_opened(theme, words):
    layout = sheet_of(theme, words, code(450))
    rows = block_rows(layout.rows, 1)
    assert [layout.heights[index] for index in rows[1:]] == [0] * (len(rows) - 1)
    layout.rows[1].states.at(0).is_unfolded = True
    layout.invalidate_rows(rows)
    assert all(layout.heights[index] > 0 for index in rows)


def test_what_was_touched_is_given_again(theme, words):
    layout = sheet_of(theme, words, code(45))
    layout.states[1].at(0).is_wrapped = True
    other = MessageLayout(layout.message, (1, 1), layout.style)
    other.states = layout.states
    other.settle(600)
    other.measure(0, 9_999, lambda row: None)
    assert item_in(other, 1).is_wrapped
    recall(other.rows, other.states, 1, is_live=True)
    assert not other.rows[1].states.at(0).is_folded


PARTS = """a

<details>
<summary>One</summary>

b

<details open>
<summary>Two</summary>
c
</details>
</details>
d
"""


def test_rows_know_the_foldable_part_they_stand_in(theme, words):
    rows = sheet_of(theme, words, PARTS).rows
    one, two = rows[1], rows[3]
    assert [row.owner for row in rows] == [None, None, one, one, two, two, one, None]
    assert list(part_rows(rows, 1)) == [2, 3, 4, 5, 6]
    assert list(part_rows(rows, 3)) == [4, 5]
    assert one.is_shut
    assert not two.is_shut
    assert two.is_hidden


def test_what_stands_in_a_closed_part_takes_no_room(theme, words):
    layout = sheet_of(theme, words, PARTS)
    assert [layout.heights[index] > 0 for index in range(8)] == [True, True, *[False] * 5, True]
    layout.measure(0, 9_999, lambda row: None)
    assert [layout.heights[index] > 0 for index in range(8)] == [True, True, *[False] * 5, True]


def test_a_part_without_an_end_is_open(theme, words):
    rows = sheet_of(theme, words, "<details>\n<summary>One</summary>\n\nb").rows
    assert not rows[0].is_shut
    assert not rows[1].is_hidden
