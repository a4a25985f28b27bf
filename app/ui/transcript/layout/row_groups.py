"""Rows that belong together: one block of code or one table may be cut into many."""

from __future__ import annotations

from collections.abc import Sequence

from app.render.splitting.chunk import Kind
from app.ui.transcript.layout.block_state import RowStates
from app.ui.transcript.layout.height_index import HeightIndex
from app.ui.transcript.layout.rows import ChunkRow


def block_rows(rows: Sequence[ChunkRow], index: int) -> range:
    """All rows of the block that a row belongs to."""
    first, last = index, index + 1
    while first and rows[first].chunk.is_continued:
        first -= 1
    while last < len(rows) and rows[last].chunk.is_continued:
        last += 1
    return range(first, last)


def recall(
    rows: Sequence[ChunkRow], states: dict[int, RowStates], index: int, *, is_live: bool
) -> None:
    """Gives a row what the reader did to its blocks before, and to those it goes on with."""
    row = rows[index]
    row.owner = _part_around(rows, index)
    if row.chunk.is_end and row.owner:
        row.owner.is_ended = True
    if index and row.chunk.is_continued:
        row.take_states(rows[index - 1].states, rows[index - 1].part + 1, is_live=is_live)
    else:
        row.take_states(states.setdefault(index, RowStates()), 0, is_live=is_live)


def _part_around(rows: Sequence[ChunkRow], index: int) -> ChunkRow | None:
    """The title of the foldable part that a row stands in."""
    depth = rows[index].chunk.inside
    above = rows[index - 1] if index and depth else None
    while above is not None and (above.chunk.kind is not Kind.FOLD or above.chunk.inside >= depth):
        above = above.owner
    return above


def part_rows(rows: Sequence[ChunkRow], index: int) -> range:
    """The rows in the foldable part whose title a row is."""
    inside, last = rows[index].chunk.inside, index + 1
    while last < len(rows) and rows[last].chunk.inside > inside:
        last += 1
    return range(index + 1, last)


def hide_shut(rows: Sequence[ChunkRow], heights: HeightIndex, index: int) -> None:
    """Where a part ends that is not open, its rows take no room."""
    owner = rows[index].owner
    if not rows[index].chunk.is_end or owner is None or not owner.is_shut:
        return
    while index and rows[index] is not owner:
        if index < len(heights):
            heights.set(index, 0)
        index -= 1
