"""Draws what of a transcript is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.lines import draw_box

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

RING = 2
"""Px the ring of the focus is wide."""


def paint(view: TranscriptView, painter: QPainter) -> None:
    """The visible messages, and the focus ring."""
    column, style = view.column, view.style_now
    if not column.layouts:
        return
    value, height = view.verticalScrollBar().value(), view.viewport().height()
    canvas = Canvas(painter, 0, height, style, view.mouse.position)
    row_cache = view.row_cache if column.is_growing else None
    if row_cache is not None:
        row_cache.begin()
    else:
        view.row_cache.clear()
    x = column.left(view.viewport().width())
    index = column.at(value)
    while index < len(column.layouts):
        y = column.top(index) - value
        if y >= height:
            break
        layout = column.layouts[index]
        if layout.width:
            has_ring = index == view.focused and view.hasFocus()
            is_active = has_ring or index == view.mouse.hovered
            chosen = view.selection.in_layout(index, layout)
            if column.marks is not None:
                canvas.marks = column.marks(index, -y, height - y)
            canvas.is_last = index == len(column.layouts) - 1
            layout.paint(canvas, x, y, is_active=is_active, selections=chosen, row_cache=row_cache)
        if index == view.focused and view.hasFocus():
            _paint_focus(view, canvas, layout, x, y)
        index += 1


def _paint_focus(
    view: TranscriptView, canvas: Canvas, layout: MessageLayout, x: int, y: int
) -> None:
    top = max(y + layout.gap - 6, canvas.top - 20)
    bottom = min(y + layout.height - 2, canvas.bottom + 20)
    rect = QRectF(x - 10, top, layout.width + 20, bottom - top)
    stops = layout.focus_stops()
    if 0 <= view.focused_region < len(stops):
        rect = stops[view.focused_region].rect.translated(x, y).adjusted(-3, -3, 3, 3)
    draw_box(canvas.painter, rect, 8, canvas.style.colour("accent"), thick=RING)
