"""An icon before the words of a button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from app.ui.theme import Theme

GAP = 5
"""Px more between icon and words than the 4 that Qt leaves, at 100 %."""


def put_icon(button: QAbstractButton, theme: Theme, name: str, colour: str, size: int = 14) -> None:
    """Gives a button an icon of that many px at 100 %, and room behind it."""
    side, gap = theme.px(size), theme.px(GAP)
    icon = theme.pixmap(name, colour, side)
    ratio = icon.devicePixelRatio()
    wide = QPixmap(round((side + gap) * ratio), round(side * ratio))
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    with QPainter(wide) as painter:
        painter.drawPixmap(gap if button.isRightToLeft() else 0, 0, icon)
    button.setIcon(QIcon(wide))
    button.setIconSize(QSize(side + gap, side))
