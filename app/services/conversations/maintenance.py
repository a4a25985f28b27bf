"""What is done in quiet moments: removing for good what was deleted, and looking for damage."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError
from app.services.conversations.conversation_store import ConversationStore
from app.services.conversations.conversations import ConversationService
from app.services.generation.generation import GenerationService
from app.services.notices import Notice, NoticeService
from app.services.tasks import TaskScope
from app.storage.database.database import Database

MOST_TITLES = 3
"""Damaged conversations that are named in one notice."""


class MaintenanceService(QObject):
    """Keeps the database clean and sound while nobody waits for anything.

    Nothing is done while an answer is written or soon after the user did something. What was
    deleted can be brought back until Facet ends: only what was deleted before it began is removed,
    in steps, from the tables, the search index, the log of the database and the folder of files.
    Then every message is held against its hash; one that was changed on the disk is told once.

    Does nothing before `begin` is called: the command line has no quiet moments. `rested`: all that
    there was to do is done.
    """

    rested = Signal()

    def __init__(
        self,
        store: ConversationStore,
        database: Database,
        conversations: ConversationService,
        generation: GenerationService,
        notices: NoticeService,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._database = database
        self._conversations = conversations
        self._generation = generation
        self._notices = notices
        self._scope = scope
        self._began_at = datetime.now(UTC)
        self._used_at = time.monotonic()
        self._told: set[str] = set()
        self.quiet = 10.0
        """Seconds without a sign of the user after which a moment counts as quiet."""
        self.pause = 1.0
        """Seconds between two steps, and between two looks at whether it is quiet."""
        self.period = 24 * 3600.0
        """Seconds from one check of all messages to the next."""

    def begin(self) -> None:
        """Begins to wait for quiet moments."""
        if self._database.is_read_only:
            return
        self._conversations.opened.connect(self.note_use)
        self._conversations.turns.message_stored.connect(self.note_use)
        self._generation.ended.connect(self.note_use)
        self.note_use()
        self._scope.start("maintenance", self._work)

    def note_use(self) -> None:
        """The user did something: nothing is done for a while."""
        self._used_at = time.monotonic()

    async def _work(self) -> None:
        await self._try(self._remove_deleted)
        while True:
            await self._try(self._verify)
            self.rested.emit()
            await asyncio.sleep(self.period)

    async def _try(self, work: Callable[[], Awaitable[None]]) -> None:
        """Does one of the tasks; where the disk stands in its way that is told, and no more."""
        try:
            await work()
        except AppError as error:
            self._notices.report(error)

    async def _quiet(self) -> None:
        """Waits for a quiet moment."""
        while True:
            rest = self._used_at + self.quiet - time.monotonic()
            if self._generation.is_idle and rest <= 0:
                return
            await asyncio.sleep(max(rest, self.pause))

    async def _remove_deleted(self) -> None:
        await self._quiet()
        deleted = self._store.deleted
        can_return = self._conversations.is_deleted  # the clock may have been set back since
        doomed = [name for name in deleted.ids(self._began_at) if not can_return(name)]
        if not doomed:
            return
        files = await asyncio.to_thread(deleted.files_of, doomed)
        await asyncio.to_thread(self._store.attachments.remove, files)
        for conversation_id in doomed:
            is_more = True
            while is_more:
                await self._quiet()
                is_more = await asyncio.wrap_future(deleted.remove_some(conversation_id))
        while not await asyncio.wrap_future(self._database.empty_log()):
            await asyncio.sleep(self.pause)
            await self._quiet()

    async def _verify(self) -> None:
        while True:
            await self._quiet()
            damaged = await asyncio.to_thread(self._store.conversations.verify_idle)
            self._tell([name for name in damaged if name not in self._told])
            if self._store.conversations.is_verified:
                return
            await asyncio.sleep(self.pause)

    def _tell(self, damaged: list[str]) -> None:
        titles = self._store.conversations.titles_of(damaged)
        self._told.update(damaged)
        if not titles:
            return  # nothing new, or in conversations that are deleted
        what = "A message is" if len(damaged) == 1 else f"{len(damaged)} messages are"
        named = [f"“\u2068{title or 'New conversation'}\u2069”" for title in titles[:MOST_TITLES]]
        if len(titles) > MOST_TITLES:
            named.append(f"{len(titles) - MOST_TITLES} more")
        text = (
            f"{what} damaged on the disk, in {', '.join(named)}. What is left is shown there; a"
            " kept copy of the data folder may have it whole. The disk may be failing."
        )
        self._notices.show(Notice(text, "error"))
