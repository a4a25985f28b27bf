"""Puts formulas into the text that waited for them, as soon as they are drawn."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport


class FormulaUpdates(QObject):
    """Waits for the formulas of one view; the reader's place is kept."""

    def __init__(
        self, state: TranscriptState, viewport: Viewport, position: ScrollPosition
    ) -> None:
        super().__init__(viewport.area)
        self._column = state.column
        self._viewport = viewport
        self._position = position
        state.style.formulas.ready.connect(self._on_ready)

    def _on_ready(self) -> None:
        column, viewport = self._column, self._viewport
        if column.release_waiting():
            for layout in column.layouts_between(viewport.value, viewport.height):
                layout.invalidate()
            self._position.settle()
