"""Brings one find into view: makes what it stands in, opens what hides it, scrolls to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.transcript.blocks.block_item import BlockItem
from app.ui.transcript.blocks.letter_positions import position_in
from app.ui.transcript.layout.column import Anchor
from app.ui.transcript.layout.message import FOOT, HEAD, MessageLayout
from app.ui.transcript.layout.row_groups import block_rows
from app.ui.transcript.search.searcher import ABOVE, ROWS, Match, Told
from app.ui.transcript.sections.footer import Foot
from app.ui.transcript.sections.reasoning import ReasoningSection
from app.ui.transcript.sections.section import Stack

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

FROM_TOP = 1 / 3
"""Where in the view a find is put that was out of it."""
EDGE = 24
"""Px from either edge that do not count as in view."""


def make(view: TranscriptView, index: int, part: int) -> None:
    """Makes the blocks of a part, so that its finds are the true ones; unfolds it if need be."""
    layout, at = view.column.layouts[index], part - ROWS
    layout.settle(view.column.width)
    if not 0 <= at < len(layout.rows):
        return
    row = layout.rows[at]
    if row.is_hidden:
        view.folding.open(index, at)
        layout.settle(view.column.width)
    if row.width != layout.text_width:
        layout.heights.set(at, row.measure(layout.text_width, layout.style, layout.references))


def land(view: TranscriptView, index: int, part: int, find: Match) -> None:
    """Shows a find, a third below the top where it was out of view."""
    layout = view.column.layouts[index]
    view.reading.stop_following()
    _open(view, layout, part, find)
    make(view, index, part)
    view.column.remeasure(index)
    inner = find_top(layout, part, find)
    height = view.viewport().height()
    y = view.column.top(index) + inner - view.verticalScrollBar().value()
    if EDGE <= y <= height - EDGE - layout.style.line_height:
        view.settle()
        return
    row = part - ROWS if ROWS <= part < ROWS + len(layout.rows) else HEAD if part < ROWS else FOOT
    distance = int(height * FROM_TOP - inner) + layout.row_top(row)
    view.reading.stay(Anchor(index, row, distance))


def _open(view: TranscriptView, layout: MessageLayout, part: int, find: Match) -> None:
    if isinstance(find.owner, ReasoningSection):
        if not find.owner.is_open:
            find.owner.is_open = True
            layout.invalidate()
    elif isinstance(find.owner, Foot):
        if find.owner.unfold(find.number):
            layout.invalidate()
    elif isinstance(find.owner, BlockItem) and find.owner.reveal(find.first, find.last):
        view.folding.note_touched(layout)
        layout.invalidate_rows(block_rows(layout.rows, part - ROWS))


def find_top(layout: MessageLayout, part: int, find: Match) -> float:
    """How far below the top of its message a find stands, px."""
    owner = find.owner
    if isinstance(owner, ReasoningSection):
        return layout.gap + owner.text_top(find.first, layout.style)
    if isinstance(owner, BlockItem) and owner.document is not None:
        items = layout.rows[part - ROWS].items or []
        top = layout.row_top(part - ROWS) + layout.rows[part - ROWS].item_top(items.index(owner))
        return top + owner.origin().y() + position_in(owner.document, find.first).top()
    if isinstance(owner, Foot):
        return layout.foot_top + owner.text_top(find.number, find.first)
    stack, top = (
        (layout.above, layout.above_top) if part == ABOVE else (layout.below, layout.below_top)
    )
    return top + _strip_top(stack, find)


def _strip_top(stack: Stack, find: Match) -> int:
    top = 0
    for section in stack.sections:
        if section is find.owner and isinstance(section, Told):
            return top + section.text_top(find.number, find.first)
        top += section.height
    return top
