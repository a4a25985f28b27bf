"""The part of a transcript that is in view: how tall it is, where it stands, and how it moves."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea

from app.ui.transcript.layout.column import Column


class Viewport:
    """What of a column a scroll area shows. Lengths in px; `value` is the distance of its top from
    the top of the content."""

    def __init__(self, area: QAbstractScrollArea, column: Column) -> None:
        self.area = area
        self.widget = area.viewport()
        self.bar = area.verticalScrollBar()
        self._column = column

    @property
    def value(self) -> int:
        """How far it is scrolled down."""
        return self.bar.value()

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.widget.width()

    @property
    def height(self) -> int:
        """How tall it is."""
        return self.widget.height()

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        return self.area.hasFocus()

    def update(self) -> None:
        """Has it drawn anew."""
        self.widget.update()

    def scroll_to(self, value: int) -> None:
        """Shows what stands that far below the top of the content, as far as there is so much."""
        self.bar.setValue(value)

    def scroll_by(self, distance: int) -> None:
        """Goes down, or up by less than 0."""
        self.bar.setValue(self.bar.value() + distance)

    def to_global(self, point: QPoint) -> QPoint:
        """Where a place of the viewport lies on the screen."""
        return self.widget.mapToGlobal(point)

    # --- messages in it

    def corner(self, index: int) -> QPoint:
        """Where a message begins: its upper left corner, in the viewport."""
        column = self._column
        return QPoint(column.left(self.width), column.top(index) - self.value)

    def first_in_view(self) -> int:
        """The message at the top edge."""
        return self._message_at(0)

    def last_in_view(self) -> int:
        """The message at the bottom edge."""
        return self._message_at(self.height - 1)

    def _message_at(self, y: int) -> int:
        return min(self._column.at(self.value + y), len(self._column.layouts) - 1)
