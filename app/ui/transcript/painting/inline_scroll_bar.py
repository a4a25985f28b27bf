"""The thin bar under code and tables that are wider than the column."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.painting.pixels import Pixels

BAR_ROOM = 10
"""Height in which the bar can be taken, px."""
BAR_COMMAND = "block.scroll"
THICK = 3
SHORTEST = 28.0


def bar_region(place: QRectF, state: BlockState) -> list[HitRegion]:
    """The thumb of the bar in a place; nothing when everything is in view."""
    if not state.room:
        return []
    width = place.width()
    length = max(SHORTEST, width * width / (width + state.room))
    left = place.left() + (width - length) * state.offset / state.room
    rect = QRectF(left, place.top(), length, place.height())
    return [HitRegion(rect, BAR_COMMAND, "", "Move sideways")]


def scroll_for(moved: float, width: float, state: BlockState) -> int:
    """How far a block moves when its thumb is moved, px."""
    length = max(SHORTEST, width * width / (width + max(1, state.room)))
    return round(moved * state.room / max(1.0, width - length))


def paint_bar(canvas: Canvas, bar: list[HitRegion], x: float, y: float) -> None:
    """Draws the thumb."""
    pixels = Pixels(canvas.painter)
    tall = pixels.count(THICK) / pixels.ratio
    for region in bar:
        rect = region.rect.translated(x, y)
        thumb = QRectF(rect.left(), pixels.y(rect.bottom() - 2) - tall, rect.width(), tall)
        colour = canvas.style.colour("muted" if canvas.is_under(rect) else "faint")
        draw_box(canvas.painter, thumb, THICK / 2, ground=colour)
