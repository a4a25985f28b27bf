"""Brings one find into view: makes what it stands in, opens what hides it, scrolls to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.transcript.blocks.block_item import Piece
from app.ui.transcript.layout.column import Anchor
from app.ui.transcript.layout.message import FOOT, HEAD, Sheet
from app.ui.transcript.layout.row_groups import block_rows, remeasure
from app.ui.transcript.painting.highlights import position_in
from app.ui.transcript.search.searcher import ABOVE, ROWS, Find, Told
from app.ui.transcript.sections.footer import Foot
from app.ui.transcript.sections.reasoning import Thought
from app.ui.transcript.sections.section import Stack

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

FROM_TOP = 1 / 3
"""Where in the view a find is put that was out of it."""
EDGE = 24
"""Px from either edge that do not count as in view."""


def make(view: TranscriptView, index: int, part: int) -> None:
    """Makes the pieces of a part, so that its finds are the true ones; unfolds it if need be."""
    sheet, at = view.column.sheets[index], part - ROWS
    sheet.settle(view.column.width)
    if not 0 <= at < len(sheet.rows):
        return
    row = sheet.rows[at]
    if row.is_hidden:
        view.folding.open(index, at)
        sheet.settle(view.column.width)
    if row.width != sheet.text_width:
        sheet.heights.set(at, row.measure(sheet.text_width, sheet.style, sheet.references))


def land(view: TranscriptView, index: int, part: int, find: Find) -> None:
    """Shows a find, a third below the top where it was out of view."""
    sheet = view.column.sheets[index]
    view.reading.stop_following()
    _open(view, sheet, part, find)
    make(view, index, part)
    view.column.remeasure(index)
    inner = find_top(sheet, part, find)
    height = view.viewport().height()
    y = view.column.top(index) + inner - view.verticalScrollBar().value()
    if EDGE <= y <= height - EDGE - sheet.style.line_height:
        view.settle()
        return
    row = part - ROWS if ROWS <= part < ROWS + len(sheet.rows) else HEAD if part < ROWS else FOOT
    distance = int(height * FROM_TOP - inner) + sheet.row_top(row)
    view.reading.stay(Anchor(index, row, distance))


def _open(view: TranscriptView, sheet: Sheet, part: int, find: Find) -> None:
    if isinstance(find.owner, Thought):
        if not find.owner.is_open:
            find.owner.is_open = True
            sheet.width = 0
    elif isinstance(find.owner, Foot):
        if find.owner.unfold(find.number):
            sheet.width = 0
    elif isinstance(find.owner, Piece) and find.owner.reveal(find.first, find.last):
        view.folding.note_touched(sheet)
        remeasure(sheet, block_rows(sheet.rows, part - ROWS))


def find_top(sheet: Sheet, part: int, find: Find) -> float:
    """How far below the top of its message a find stands, px."""
    owner = find.owner
    if isinstance(owner, Thought):
        return sheet.gap + owner.text_top(find.first, sheet.style)
    if isinstance(owner, Piece) and owner.document is not None:
        pieces = sheet.rows[part - ROWS].pieces or []
        top = sheet.row_top(part - ROWS) + sheet.rows[part - ROWS].piece_top(pieces.index(owner))
        return top + owner.origin().y() + position_in(owner.document, find.first).top()
    if isinstance(owner, Foot):
        return sheet.foot_top + owner.text_top(find.number, find.first)
    stack, top = (sheet.above, sheet.above_top) if part == ABOVE else (sheet.below, sheet.below_top)
    return top + _strip_top(stack, find)


def _strip_top(stack: Stack, find: Find) -> int:
    top = 0
    for section in stack.sections:
        if section is find.owner and isinstance(section, Told):
            return top + section.text_top(find.number, find.first)
        top += section.height
    return top
