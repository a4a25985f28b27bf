"""Where the reader left each conversation."""

from __future__ import annotations

from app.core.conversations.bookmark import Bookmark
from app.services.tasks import TaskScope
from app.storage.conversations.bookmarks import BookmarkRepository


class BookmarkService:
    """Keeps a place for each conversation; what is kept twice is written once."""

    def __init__(self, repository: BookmarkRepository, scope: TaskScope) -> None:
        self._repository = repository
        self._scope = scope
        self._known: dict[str, Bookmark | None] = {}

    def bookmark(self, conversation_id: str) -> Bookmark | None:
        """Where reading stopped, None for the end."""
        if conversation_id not in self._known:
            self._known[conversation_id] = self._repository.bookmark(conversation_id)
        return self._known[conversation_id]

    def keep(self, conversation_id: str, bookmark: Bookmark | None) -> None:
        """Keeps a place; None is the end."""
        if self.bookmark(conversation_id) == bookmark:
            return
        self._known[conversation_id] = bookmark
        self._scope.watch(self._repository.keep(conversation_id, bookmark))
