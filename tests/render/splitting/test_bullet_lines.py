"""Plain bullets are taken quickly, and what comes out is what the usual way gives."""

import random

import pytest

from app.render.splitting.bullet_lines import take_bullets
from app.render.splitting.list_entries import Entry
from app.render.splitting.long_lines import LongLines
from app.render.splitting.open_lines import LONG_CHUNK, OpenLines
from app.render.splitting.splitter import split

LINES = (
    "- plain",
    "- other words",
    "* star",
    "1. one",
    "- `code`",
    "- ```py",
    "  ```",
    "  more",
    "  - inner",
    "---",
    "- - both",
    "-",
    "",
    "text",
    "- " + "long " * 500,
    "- 7. number",
)


def chunks_line_by_line(lines):
    state = LongLines()
    for line in lines:
        state.line(line)
    state.end()
    return state.taken()


@pytest.mark.parametrize("seed", range(40))
def test_the_same_as_line_by_line(seed):
    chance = random.Random(seed)
    lines = [
        line
        for _ in range(60)
        for line in [chance.choice(LINES)] * chance.choice((1, 1, 2, 90))
        if line or chance.random() < 0.5
    ]
    lines.append("end")
    assert split("\n".join(lines)) == chunks_line_by_line(lines)


def open_list(first="- a"):
    state = OpenLines()
    state.line(first)
    return state


def test_takes_what_belongs_to_the_list():
    state = open_list()
    assert take_bullets(state, ["- b", "- c", "  d"], 0) == 2
    assert state.lines == ["- a", "- b", "- c"]
    assert state.entries.open == [Entry(0, 2, "-")]


@pytest.mark.parametrize("line", ["* b", "- `b`", "- ~~~", "-", "- - -", "  - b", "b", ""])
def test_leaves_anything_else(line):
    assert take_bullets(open_list(), [line], 0) == 0


@pytest.mark.parametrize("first", ["1. a", "text", "- a\n  ```"])
def test_takes_nothing_outside_a_list_of_bullets(first):
    state = OpenLines()
    for line in first.split("\n"):
        state.line(line)
    assert take_bullets(state, ["- b"], 0) == 0


def test_leaves_the_place_where_the_list_is_cut():
    state = open_list()
    taken = take_bullets(state, ["- b"] * 1_000, 0)
    assert taken < 1_000
    assert LONG_CHUNK < state.size < LONG_CHUNK + 5
