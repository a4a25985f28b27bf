"""Draws what of a transcript is in view."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.painting.row_cache import RowCache
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

RING = 2
"""Px the ring of the focus is wide."""


def paint(
    painter: QPainter, state: TranscriptState, viewport: Viewport, row_cache: RowCache
) -> None:
    """The visible messages, and the focus ring."""
    column = state.column
    if not column.layouts:
        return
    value, height = viewport.value, viewport.height
    canvas = Canvas(painter, 0, height, state.style, state.pointer)
    growing_cache = row_cache if column.is_growing else None
    if growing_cache is not None:
        growing_cache.begin()
    else:
        row_cache.clear()
    x, ringed = column.left(viewport.width), state.focused if viewport.has_focus else None
    index = column.at(value)
    while index < len(column.layouts):
        y = column.top(index) - value
        if y >= height:
            break
        layout = column.layouts[index]
        if layout.width:
            is_active = index in (ringed, state.hovered)
            chosen = state.selection.in_layout(index, layout)
            if column.marks is not None:
                canvas.marks = column.marks(index, -y, height - y)
            canvas.is_last = index == len(column.layouts) - 1
            layout.paint(
                canvas, x, y, is_active=is_active, selections=chosen, row_cache=growing_cache
            )
        if index == ringed:
            _paint_ring(canvas, state, layout, x, y)
        index += 1


def _paint_ring(
    canvas: Canvas, state: TranscriptState, layout: MessageLayout, x: int, y: int
) -> None:
    top = max(y + layout.gap - 6, canvas.top - 20)
    bottom = min(y + layout.height - 2, canvas.bottom + 20)
    rect = QRectF(x - 10, top, layout.width + 20, bottom - top)
    if (stop := state.focused_stop()) is not None:
        rect = stop.rect.translated(x, y).adjusted(-3, -3, 3, 3)
    draw_box(canvas.painter, rect, 8, canvas.style.colour("accent"), thick=RING)
