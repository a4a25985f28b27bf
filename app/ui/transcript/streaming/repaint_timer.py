"""Repaints a transcript while time is shown in it: the wait for a first word, or for a retry."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer

from app.core.conversations.conversation import MessageState
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

TICK = 400
"""Milliseconds between two states of the waiting line."""
SECOND = 1000


class RepaintTimer:
    """Runs only while there is a time to show."""

    def __init__(self, state: TranscriptState, viewport: Viewport) -> None:
        self._state = state
        self._viewport = viewport
        self._timer = QTimer(viewport.area)
        self._timer.timeout.connect(self._on_ticked)

    def watch(self) -> None:
        """Looks whether a time is shown, and how often it has to be drawn."""
        layouts = self._state.column.layouts
        last = layouts[-1] if layouts else None
        if last and last.message.state is MessageState.WRITING and last.foot.is_waiting:
            self._run(TICK)
        elif (last and last.reasoning.is_live) or any(
            extras.deadline is not None and extras.deadline > time.monotonic()
            for extras in self._state.extras.values()
        ):
            self._run(SECOND)
        else:
            self._timer.stop()

    def _run(self, pause: int) -> None:
        if not self._timer.isActive() or self._timer.interval() != pause:
            self._timer.start(pause)

    def _on_ticked(self) -> None:
        self.watch()
        self._viewport.update()
