"""The line above the first message that the model can still read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.lines import draw_rule
from app.ui.transcript.painting.style import Style

WORDS = "The model cannot see above here"
ROOM = 30


def context_limit_height(style: Style) -> int:
    """The room the line takes, px."""
    return style.px(ROOM)


def paint_context_limit(canvas: Canvas, x: int, y: int, width: int) -> None:
    """A dashed line with the words in its middle."""
    style, painter = canvas.style, canvas.painter
    painter.setFont(style.small_font)
    height = context_limit_height(style)
    words = painter.fontMetrics().horizontalAdvance(WORDS) + style.px(20)
    middle = y + height // 2
    side = max(0.0, (width - words) / 2)
    for left in (x, x + width - side):
        draw_rule(painter, left, middle, side, style.colour("line"), is_dashed=True)
    painter.setPen(style.colour("muted"))
    painter.drawText(QRectF(x, y, width, height), Qt.AlignmentFlag.AlignCenter, WORDS)
