"""Lights a message up once, so that the eye finds it; without motion it is a ring for a while."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

HELD = 0.35
"""Seconds of full light."""
FADED = 1.3
"""Seconds until it is gone."""
RING = 2.0
"""Seconds a ring stands still where motion is not wanted."""
FRAME = 33
TINT = 0.16
MARGIN = 10
RADIUS = 10


class Flash(QWidget):
    """Lies over one transcript while a message is lit; lets everything through."""

    def __init__(self, state: TranscriptState, viewport: Viewport) -> None:
        super().__init__(viewport.widget)
        self._state = state
        self._viewport = viewport
        self._message_id = ""
        self._begun = 0.0
        self._is_steady = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_ticked)
        viewport.widget.installEventFilter(self)
        self.hide()

    def start(self, message_id: str, *, is_steady: bool = False) -> None:
        """Lights a message up; `is_steady` is for those who want no motion."""
        self._message_id, self._is_steady = message_id, is_steady
        self._begun = time.monotonic()
        self.setGeometry(self._viewport.widget.rect())
        self.show()
        self.raise_()
        self._timer.start(int(RING * 1000) if is_steady else FRAME)

    def light(self) -> float:
        """How bright it is now, 0 to 1."""
        age = time.monotonic() - self._begun
        if self._is_steady:
            return float(age < RING)
        return max(0.0, min(1.0, (FADED - age) / (FADED - HELD)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps to the size of the view."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._viewport.widget.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring around the message, and a tint while it fades."""
        column = self._state.column
        index = column.indexes.get(self._message_id)
        light = self.light()
        if index is None or not light:
            return
        layout, corner = column.layouts[index], self._viewport.corner(index)
        place = QRectF(corner.x(), corner.y(), layout.width, layout.height)
        place.adjust(-MARGIN, 2, MARGIN, -2)
        accent, tint = self._state.style.colour("accent"), None
        if not self._is_steady:
            tint = QColor(accent)
            tint.setAlphaF(TINT * light)
        accent.setAlphaF(light)
        place = place.intersected(QRectF(self.rect()).adjusted(-20, -20, 20, 20))
        with QPainter(self) as painter:
            draw_box(painter, place, RADIUS, accent, tint, thick=2)

    def _on_ticked(self) -> None:
        if self.light() and not self._is_steady:
            self.update()
            return
        self._timer.stop()
        self.hide()
