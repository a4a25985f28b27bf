"""The rounded ground of the composer, with a soft shadow around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.theme import Theme

RADIUS = 14
_SHADOW = (0, 2, 4, 6, 8, 10, 12, 14)
_OPACITY = 2
_OPACITY_DARK = 9
"""Px by which each layer of the shadow is larger than the card; opacity of a layer, of 255."""


class Card(QFrame):
    """A rounded frame in the colour of the background."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("background"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, RADIUS, RADIUS)

    def paint_shadow(self, painter: QPainter) -> None:
        """Draws the shadow on the ground around the card; called by the parent's paint event."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.geometry()).translated(0, 5)
        painter.setBrush(QColor(0, 0, 0, _OPACITY_DARK if self._theme.is_dark else _OPACITY))
        for spread in _SHADOW:
            grown = box.adjusted(-spread, -spread, spread, spread)
            painter.drawRoundedRect(grown, RADIUS + spread, RADIUS + spread)
