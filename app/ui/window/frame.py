"""The window before anything is in it: its three zones, painted as they will be."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme

HEADER = 52


def paint_frame(window: QWidget, theme: Theme, left: int, right: int) -> None:
    """Paints the zones; `left` and `right` are the widths of the panels, 0 for a hidden one."""
    width, height = window.width(), window.height()
    with QPainter(window) as painter:
        painter.fillRect(window.rect(), theme.colour("background"))
        painter.fillRect(QRect(0, 0, left, height), theme.colour("list"))
        painter.fillRect(QRect(width - right, 0, right, height), theme.colour("panel"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(left, 0, left, height)
        painter.drawLine(width - right, 0, width - right, height)
        painter.drawLine(left, HEADER - 1, width, HEADER - 1)
