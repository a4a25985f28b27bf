"""Answers the disk refused: kept in memory, shown, and saved as soon as it takes them."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

from app.core.conversations.conversation import Message
from app.core.conversations.message_tree import MessageTree
from app.core.errors import AppError, StorageError
from app.services.notices import Notice, NoticeService
from app.services.tasks import TaskScope
from app.storage.conversations.journal import Journal

SAVE_AGAIN_SECONDS = 3.0


class Unsaved:
    """Holds what could not be written, tells once, and tries again until it is."""

    def __init__(self, journal: Journal, scope: TaskScope, notices: NoticeService) -> None:
        self._journal = journal
        self._scope = scope
        self._notices = notices
        self._answers: dict[str, Message] = {}
        self._told: set[str] = set()

    def keep(self, message: Message, error: AppError) -> None:
        """Holds a finished answer that could not be stored."""
        self._answers[message.id] = message
        text = f"{error.message} The answer is kept in memory and not saved yet"
        self._notices.show(Notice(f"{text}; Facet tries again by itself.", "error"))
        self._scope.start("save again", self._save_again)

    def watch(self, message_id: str, piece: Future[None]) -> None:
        """Tells, once an answer, when a piece of a running answer could not be written down."""

        def tell(error: AppError) -> None:
            if message_id not in self._told:
                self._told.add(message_id)
                text = f"{error.message} What is being written is only in memory until then."
                self._notices.show(Notice(text, "error"))

        self._scope.watch(piece, failed=tell)

    def lay_over(self, conversation_id: str, tree: MessageTree) -> None:
        """Puts the held answers of a conversation into its tree, where the file lacks them."""
        for message in self._answers.values():
            if message.conversation_id == conversation_id:
                tree.add(message)

    async def _save_again(self) -> None:
        while self._answers:
            await asyncio.sleep(SAVE_AGAIN_SECONDS)
            for message in list(self._answers.values()):
                try:
                    await asyncio.wrap_future(self._journal.fold(message))
                except StorageError:
                    continue
                del self._answers[message.id]
        self._notices.show(Notice("The answer is saved now."))
