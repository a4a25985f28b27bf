"""Whole pixels, also where a screen has 1.25 or 1.5 of them to a px: else some lines are twice as
thick as others."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter


class Pixels:
    """The pixels of what a painter draws on now. Lengths in the painter's px unless
    said."""

    def __init__(self, painter: QPainter) -> None:
        at = painter.deviceTransform()
        self.ratio = at.m11() or 1.0
        """Pixels for one px."""
        self._left, self._top = at.dx(), at.dy()
        self.thick = self.count(1)
        """How thick a thin line is, pixels."""
        self.line = self.thick / self.ratio
        """The same in the painter's px."""
        screen = painter.worldTransform().inverted()[0] * at
        self.transform = screen.inverted()[0]
        """Lets the painter count in pixels: round corners come out alike wherever they stand."""

    def x(self, x: float) -> float:
        """The nearest edge of a pixel across."""
        return (floor(x * self.ratio + self._left + 0.5) - self._left) / self.ratio

    def count(self, length: float) -> int:
        """How many whole pixels show a length best, one at least."""
        return max(1, floor(length * self.ratio + 0.49))

    def length(self, length: float) -> float:
        """A length in pixels."""
        return length * self.ratio

    def rect(self, box: QRectF) -> QRectF:
        """A rectangle in whole pixels."""
        left, top = self.x(box.left()), self.y(box.top())
        right, bottom = self.x(box.right()), self.y(box.bottom())
        ratio = self.ratio
        across, down = round(left * ratio + self._left), round(top * ratio + self._top)
        return QRectF(across, down, round((right - left) * ratio), round((bottom - top) * ratio))

    def y(self, y: float) -> float:
        """The nearest edge of a pixel downward."""
        return (floor(y * self.ratio + self._top + 0.5) - self._top) / self.ratio
