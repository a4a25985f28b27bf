"""How large a window opens: it grows with the text, and stays on its screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QKeyEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.theme import Theme
from app.ui.window.latin_keys import act_as_latin

FRAME = 60
"""Px of a screen's height that title bars and panels take."""
SIDES = 8
"""Px of its width that a window's borders take."""


def grown(window: QWidget, theme: Theme, width: int, height: int) -> QSize:
    """A size in px at 100 %, larger with large text but never smaller, and inside the screen."""
    zoom = max(1.0, theme.text_zoom)
    return QSize(round(width * zoom), round(height * zoom)).boundedTo(room_of(window))


def room_of(window: QWidget) -> QSize:
    """What a window can take of the screen it is on, its title bar left out."""
    return window.screen().availableSize() - QSize(0, FRAME)


def bound_size(window: QWidget) -> None:
    """Makes a window that is larger than the room on its screen as large as that."""
    room = room_of(window) - QSize(SIDES, 0)
    if window.isMaximized() or window.isFullScreen():
        return
    least = window.minimumSize()
    layout = window.layout()
    if layout is not None:
        least = least.expandedTo(layout.totalMinimumSize())
    if least != least.boundedTo(room):
        # Said explicitly, so that a layout that wants more does not push past the screen.
        window.setMinimumSize(least.boundedTo(room))
    if window.size() != window.size().boundedTo(room):
        window.resize(window.size().boundedTo(room))


def moved_inside(frame: QRect, area: QRect) -> QPoint:
    """Where the upper left corner of a frame goes so that it lies in an area, its head first."""
    left = max(area.left(), min(frame.left(), area.right() + 1 - frame.width()))
    top = max(area.top(), min(frame.top(), area.bottom() + 1 - frame.height()))
    return QPoint(left, top)


class FittedDialog(QDialog):
    """A dialog inside the room of its screen: where it opens, and where it is moved to."""

    _is_listening = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if not self._is_listening and handle is not None:
            self._is_listening = True
            handle.screenChanged.connect(self._on_screen_changed)
        bound_size(self)
        frame = QRect(self.frameGeometry().topLeft(), self.size() + QSize(SIDES, FRAME))
        place = moved_inside(frame, self.screen().availableGeometry())
        if place != frame.topLeft():
            self.move(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not act_as_latin(event, self.actions()):
            super().keyPressEvent(event)

    def _on_screen_changed(self, _screen: QScreen) -> None:
        bound_size(self)
