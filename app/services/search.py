"""Search over all conversations, off the main thread."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from app.services.tasks import TaskScope
from app.storage.search import SearchIndex


class SearchService(QObject):
    """Finds messages; `found` carries the query and its hits, newest first."""

    found = Signal(str, object)

    def __init__(self, index: SearchIndex, scope: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._scope = scope

    def find(self, query: str) -> None:
        """Looks for a text; a search still running is given up. A blank query finds nothing."""

        async def look() -> None:
            hits = await asyncio.to_thread(self._index.find, query) if query.strip() else []
            self.found.emit(query, hits)

        self._scope.start("search", look)
