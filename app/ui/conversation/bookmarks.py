"""Joins the transcript to the bookmarks: each conversation opens where it was left."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.core.conversations.bookmark import Bookmark
from app.services.conversations.bookmarks import BookmarkService
from app.ui.transcript.view import TranscriptView

PAUSE = 700
"""Milliseconds of rest after scrolling before the place is kept."""


class Bookmarks(QObject):
    """Keeps the place of the conversation that is shown."""

    def __init__(self, service: BookmarkService, transcript: TranscriptView) -> None:
        super().__init__(transcript)
        self._service = service
        self._transcript = transcript
        self._shown = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        transcript.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def turn_to(self, conversation_id: str) -> Bookmark | None:
        """Keeps the place in what is shown and gives the one in what is shown next."""
        self.keep()
        self._shown = conversation_id
        return self._service.bookmark(conversation_id)

    def keep(self) -> None:
        """Keeps the place now."""
        self._timer.stop()
        if self._shown and self._transcript.state.column.layouts:
            self._service.keep(self._shown, self._transcript.position.bookmark())

    def _on_scrolled(self) -> None:
        self._timer.start()
