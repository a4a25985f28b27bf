"""Repaints a transcript while something in it counts: the wait for a first word, or for a retry."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.core.conversations.conversation import MessageState

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

TICK = 400
"""Milliseconds between two states of the waiting line."""
SECOND = 1000


class RepaintTimer:
    """Runs only while there is something to count."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._timer = QTimer(view)
        self._timer.timeout.connect(self._on_ticked)

    def watch(self) -> None:
        """Looks whether something counts, and how often it has to be drawn."""
        layouts = self._view.column.layouts
        last = layouts[-1] if layouts else None
        if last and last.message.state is MessageState.WRITING and last.foot.is_waiting:
            self._run(TICK)
        elif (last and last.reasoning.is_live) or any(
            extras.deadline is not None and extras.deadline > time.monotonic()
            for extras in self._view.extras.values()
        ):
            self._run(SECOND)
        else:
            self._timer.stop()

    def _run(self, pause: int) -> None:
        if not self._timer.isActive() or self._timer.interval() != pause:
            self._timer.start(pause)

    def _on_ticked(self) -> None:
        self.watch()
        self._view.viewport().update()
