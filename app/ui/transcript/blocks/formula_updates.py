"""Puts formulas into the text that waited for them, when they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView


class FormulaNews(QObject):
    """Watches for one view; the reader's place is kept."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        view.style_now.formulas.ready.connect(self._on_ready)

    def _on_ready(self) -> None:
        view = self._view
        if view.column.release_waiting():
            for layout in view.column.layouts_between(
                view.verticalScrollBar().value(), view.viewport().height()
            ):
                layout.invalidate()
            view.settle()
            view.viewport().update()
