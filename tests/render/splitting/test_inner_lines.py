"""Lines deep inside a list are taken quickly, and what comes out is what the usual way gives."""

import random

import pytest

from app.render.splitting.inner_lines import take_inner_lines
from app.render.splitting.open_lines import LONG_ENTRY, OpenLines
from app.render.splitting.splitter import split
from tests.render.splitting.test_bullet_lines import chunks_line_by_line

LINES = (
    "1. one",
    "- top",
    "  - inner",
    "    - deeper",
    "       12. deep number",
    "    ```py",
    "    ```",
    "        x = 1",
    "    words that go on",
    "\t- behind a tab",
    "    \t- behind both",
    "    > quoted",
    "    ---",
    "     ",
    "      \x0b",
    "",
    "text",
    "    " + "long " * 500,
)


@pytest.mark.parametrize("seed", range(60))
def test_the_same_as_line_by_line(seed):
    chance = random.Random(seed)
    lines = [chance.choice(("1. one", "- top"))]
    for _ in range(60):
        line = chance.choice(LINES)
        lines += [line] * chance.choice((1, 1, 1, 2, 70))
    lines.append("end")
    assert split("\n".join(lines)) == chunks_line_by_line(lines)


def open_list():
    state = OpenLines()
    state.line("- a")
    return state


def test_takes_what_stands_deep_inside():
    state = open_list()
    state.line("  - b")
    assert take_inner_lines(state, ["    - c", "      d", "- e"], 0) == 2
    assert state.lines == ["- a", "  - b", "    - c", "      d"]
    assert [entry.offset for entry in state.entries.open] == [2, 4, 6]


@pytest.mark.parametrize("line", ["- b", "  - b", "   b", "\tb", "    \tb", "     ", "", "b"])
def test_leaves_anything_else(line):
    assert take_inner_lines(open_list(), [line], 0) == 0


def test_takes_nothing_outside_a_list():
    state = OpenLines()
    state.line("text")
    assert take_inner_lines(state, ["    - b"], 0) == 0


def test_leaves_the_place_where_the_list_is_cut():
    state = open_list()
    taken = take_inner_lines(state, ["    - b"] * 1_000, 0)
    assert taken < 1_000
    assert LONG_ENTRY < state.size < LONG_ENTRY + 9
