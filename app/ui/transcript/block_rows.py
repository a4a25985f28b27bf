"""Rows that belong together: one block of code or one table may be cut into many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ui.transcript.block_state import RowStates
from app.ui.transcript.rows import ChunkRow

if TYPE_CHECKING:
    from app.ui.transcript.sheet import Sheet


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
    if index and row.chunk.is_continued:
        row.take_states(rows[index - 1].states, rows[index - 1].part + 1, is_live=is_live)
    else:
        row.take_states(states.setdefault(index, RowStates()), 0, is_live=is_live)


def remeasure(sheet: Sheet, rows: range) -> None:
    """Rows are laid out anew when they are seen: their code was folded, unfolded or wrapped."""
    for index in rows:
        row = sheet.rows[index]
        row.width = 0
        sheet.heights.set(index, row.guess(sheet.text_width or 600, sheet.style))
    sheet.width = 0
