"""The scroll bar of a transcript. It paints itself: a style sheet takes a fifth of a frame for it,
and it moves with each frame of an answer whose end is followed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from app.ui.theme import Theme

MARGIN = 2
RADIUS = 4
MARKER = 2
"""Px of a marker's height."""


class ScrollBar(QScrollBar):
    """Upright, with markers at places of the content."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._markers: tuple[float, ...] = ()

    def event(self, event: QEvent) -> bool:
        """Stays opaque, which a style sheet undoes: else the whole window is drawn below it."""
        is_done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return is_done

    def set_markers(self, places: Sequence[float]) -> None:
        """Marks places of the content, each from 0 (its beginning) to 1 (its end)."""
        if self._markers != (markers := tuple(places)):
            self._markers = markers
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, the thumb while there is something to scroll, and the markers."""
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        colour = self._theme.colour
        painter.fillRect(self.rect(), colour("background"))
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        controls = QStyle.SubControl
        if self.maximum() > self.minimum():
            thumb = self.style().subControlRect(
                QStyle.ComplexControl.CC_ScrollBar, option, controls.SC_ScrollBarSlider, self
            )
            is_under = option.activeSubControls & controls.SC_ScrollBarSlider
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("muted" if is_under else "scroll"))
            edge = MARGIN
            rect = QRectF(thumb).adjusted(edge, edge, -edge, -edge)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if self._markers:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            width, room = self.width() - 2 * MARGIN, self.height() - MARKER
            for top in {round(place * room) for place in self._markers}:
                painter.fillRect(MARGIN, top, width, MARKER, colour("found_now"))
