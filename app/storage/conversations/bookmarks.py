"""Where somebody stopped reading, one place for each conversation."""

from __future__ import annotations

from concurrent.futures import Future

import apsw

from app.core.conversations.bookmark import Bookmark
from app.storage.database.database import Database
from app.storage.database.reading import row_of

_FURTHEST = 1_000_000
"""Px and rows; a bookmark says nothing beyond."""


class BookmarkRepository:
    """The bookmarks of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bookmark(self, conversation_id: str) -> Bookmark | None:
        """Where reading stopped, None for the end."""
        row = row_of(
            self._database.reader,
            "SELECT message_id, row, distance FROM bookmark WHERE conversation_id = ?",
            conversation_id,
        )
        return Bookmark(row[0], row[1], row[2]) if row else None

    def keep(self, conversation_id: str, bookmark: Bookmark | None) -> Future[None]:
        """Stores a place, or with None that reading stopped at the end; a conversation that is
        not stored has none."""

        def work(writer: apsw.Connection) -> None:
            writer.execute("DELETE FROM bookmark WHERE conversation_id = ?", (conversation_id,))
            if bookmark is None:
                return
            row, distance = (
                max(-_FURTHEST, min(number, _FURTHEST))
                for number in (bookmark.row, bookmark.distance)
            )
            writer.execute(
                "INSERT INTO bookmark SELECT id, ?, ?, ? FROM conversation WHERE id = ?",
                (bookmark.message_id, row, distance, conversation_id),
            )

        return self._database.write(work, durable=False)
