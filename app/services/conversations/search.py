"""Search over all conversations, off the main thread."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal

from app.services.tasks import TaskScope
from app.storage.search.search_index import SearchIndex


class SearchService(QObject):
    """Finds messages; `found` carries the query and its hits, newest first."""

    found = Signal(str, object)

    def __init__(self, index: SearchIndex, scope: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._scope = scope
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search")

    def find(self, query: str) -> None:
        """Looks for a text; a search still running is given up. A blank query finds nothing."""
        loop = asyncio.get_running_loop()

        async def look() -> None:
            hits = []
            if query.strip():
                hits = await loop.run_in_executor(self._thread, self._index.find, query)
            self.found.emit(query, hits)

        self._scope.start("search", look)

    def close(self) -> None:
        """Waits for a search that still runs, and closes the index."""
        self._thread.shutdown(cancel_futures=True)
        self._index.close()
