"""Shows what a search over all conversations found in one message: the word itself, selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.text.needle import Needle
from app.ui.transcript.interaction.selection import Place
from app.ui.transcript.search.reveal import land, make
from app.ui.transcript.search.searcher import ROWS, Match, Searcher

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView


def show_hit(view: TranscriptView, message_id: str, word: str = "") -> None:
    """Brings a message into view and selects the first place of a word in it, if it shows one."""
    view.show_message(message_id)
    index = view.column.indexes.get(message_id)
    needle = Needle(word)
    if index is None or not needle:
        return
    layout, searcher = view.column.layouts[index], Searcher(needle)
    layout.build()
    for row in range(len(layout.rows)):
        if not searcher.row_count(layout.rows[row]):
            continue
        make(view, index, ROWS + row)
        found = searcher.matches(layout, ROWS + row)
        if found:
            land(view, index, ROWS + row, found[0])
            _select(view, index, row, found[0])
            return


def _select(view: TranscriptView, index: int, row: int, find: Match) -> None:
    items = view.column.layouts[index].rows[row].items or []
    place = next(at for at, item in enumerate(items) if item is find.owner)
    view.selection.select(Place(index, row, place, find.first), Place(index, row, place, find.last))
    view.viewport().update()
