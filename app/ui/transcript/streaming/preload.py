"""Loads ahead what the first answer would have to wait for: the Markdown reader and the common
lexers, in idle slices."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

WAIT = 1500
"""Milliseconds after the first show."""
PAUSE = 120


class Preload(QObject):
    """Loads one thing at a time while nothing else is going on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.step)

    def start(self) -> None:
        """Begins once; further calls do nothing."""
        if self._waiting is None:
            self._waiting = []
            self._timer.start(WAIT)

    def step(self) -> bool:
        """Loads the next thing; False when all is there."""
        if self._waiting is None:
            self._waiting = []
        if not self._waiting:
            from app.render.code import COMMON
            from app.render.markdown import parser

            parser.parse("*x*")
            self._waiting = list(reversed(COMMON))
        else:
            from app.render.code import preload

            preload(self._waiting.pop())
        if self._waiting:
            self._timer.start(PAUSE)
        return bool(self._waiting)
