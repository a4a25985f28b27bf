"""How large a window opens: it grows with the text, and stays on its screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme

FRAME = 60
"""Px of a screen's height that title bars and panels take."""


def grown(window: QWidget, theme: Theme, width: int, height: int) -> QSize:
    """A size in px at 100 %, larger with large text but never smaller, and inside the screen."""
    zoom = max(1.0, theme.text_zoom)
    room = window.screen().availableSize() - QSize(0, FRAME)
    return QSize(round(width * zoom), round(height * zoom)).boundedTo(room)
