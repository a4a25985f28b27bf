"""The rounded outline of a table, open where the table goes on above or below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.lines import draw_box, draw_rule

RADIUS = 8
FADE = 20
"""Px at a side over which what goes on beyond it grows faint."""


@dataclass(slots=True)
class Frame:
    """Where the outline stands in the viewport, px."""

    left: int
    top: int
    width: int
    height: int
    is_open_above: bool = False
    is_open_below: bool = False
    ground: str = "background"
    """The colour it stands on, by name."""

    @property
    def rect(self) -> QRectF:
        """What it stands around, with its lines."""
        return QRectF(self.left, self.top, self.width, self.height)

    def _draw(self, painter: QPainter, line: QColor, ground: QColor | None = None) -> None:
        above = 2 * RADIUS if self.is_open_above else 0
        below = 2 * RADIUS if self.is_open_below else 0
        draw_box(painter, self.rect.adjusted(0, -above, 0, below), RADIUS, line, ground)

    def fill(self, canvas: Canvas, height: int) -> None:
        """Lays the ground of the header, so high, px."""
        painter = canvas.painter
        painter.save()
        painter.setClipRect(QRectF(self.left, self.top, self.width, height))
        ground = canvas.style.colour("hover" if self.ground == "bubble" else "panel")
        self._draw(painter, ground, ground)
        painter.restore()

    def paint(self, canvas: Canvas, *, fade_left: bool, fade_right: bool) -> None:
        """The line around, after the sides at which more is hidden were made faint."""
        painter, line = canvas.painter, canvas.style.line_on(self.ground)
        painter.save()
        painter.setClipRect(self.rect)
        if self.is_open_below:
            draw_rule(painter, self.left, self.top + self.height - 1, self.width, line)
        for is_wanted, at, towards in (
            (fade_left, self.left, 1),
            (fade_right, self.left + self.width, -1),
        ):
            if is_wanted:
                self._fade(painter, canvas.style.colour(self.ground), at, towards)
        self._draw(painter, line)
        painter.restore()

    def _fade(self, painter: QPainter, colour: QColor, at: int, towards: int) -> None:
        clear = QColor(colour)
        clear.setAlpha(0)
        gradient = QLinearGradient(at, 0, at + towards * FADE, 0)
        gradient.setColorAt(0, colour)
        gradient.setColorAt(1, clear)
        band = QRectF(min(at, at + towards * FADE), self.top, FADE, self.height)
        painter.fillRect(band, gradient)
