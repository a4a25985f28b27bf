"""What lies at a place of the viewport: a message, a button, a link, a letter."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF

from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.selection import END, Place
from app.ui.transcript.layout.message import FOOT, HEAD
from app.ui.transcript.state import NOWHERE, TranscriptState
from app.ui.transcript.viewport import Viewport


class HitTest:
    """Finds what the pointer is over. Points are in the viewport's coordinates."""

    def __init__(self, state: TranscriptState, viewport: Viewport) -> None:
        self._column = state.column
        self._viewport = viewport

    def message_at(self, point: QPoint) -> int:
        """The message at a place, or NOWHERE."""
        column = self._column
        y = point.y() + self._viewport.value
        if not column.layouts or y >= column.total or y < column.top(0):
            return NOWHERE
        return column.at(y)

    def region_at(self, point: QPointF) -> tuple[int, HitRegion | None]:
        """(message, what can be clicked) at a place."""
        index = self.message_at(point.toPoint())
        if index < 0:
            return NOWHERE, None
        inner = self._inside(index, point)
        for region in self._column.layouts[index].regions(int(inner.y())):
            if region.rect.contains(inner):
                return index, region
        return index, None

    def link_at(self, point: QPointF) -> tuple[str, str]:
        """(address, tool tip) at a place."""
        index = self.message_at(point.toPoint())
        if index < 0:
            return "", ""
        layout, inner = self._column.layouts[index], self._inside(index, point)
        row = layout.row_at(int(inner.y()))
        if row < 0:
            return "", ""
        return layout.rows[row].link_at(
            inner.x() - layout.text_left, inner.y() - layout.row_top(row)
        )

    def place_at(self, point: QPointF) -> Place | None:
        """The place in the text that is nearest."""
        column = self._column
        if not column.layouts:
            return None
        y = point.y() + self._viewport.value
        if y < column.top(0):
            return Place(0)
        index = column.at(int(y))
        layout, inner = column.layouts[index], self._inside(index, point)
        row = layout.row_at(int(inner.y()))
        if row == HEAD or not layout.rows:
            return Place(index)
        if row == FOOT:
            return Place(index, len(layout.rows) - 1, END, END)
        item, position = layout.rows[row].position_at(
            inner.x() - layout.text_left, inner.y() - layout.row_top(row)
        )
        return Place(index, row, item, position)

    def is_text(self, index: int, point: QPointF) -> bool:
        """Whether text of a message is there, and not what stands above, below or beside it."""
        layout, inner = self._column.layouts[index], self._inside(index, point)
        return layout.row_at(int(inner.y())) >= 0 and inner.x() >= layout.text_left - 4

    def _inside(self, index: int, point: QPointF) -> QPointF:
        return point - QPointF(self._viewport.corner(index))
