"""Large files on their way into the store: read, looked at and kept in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.core.conversations.attachment import Attachment
from app.core.errors import AppError
from app.core.identity import new_id
from app.core.models.picture_limits import sent_size
from app.services.generation.request_files import Shrink
from app.services.notices import NoticeService
from app.services.tasks import TaskScope
from app.storage.files.attachments import AttachmentStore

LARGE = 500_000
"""Bytes from which on a file is taken in beside the window instead of in it."""

THUMBNAIL = 320
"""Pixels of the longer side of the small picture that goes with `taken`."""

T = TypeVar("T")

Item = Path | tuple[bytes, str]
"""A file, or pasted bytes with a name for them."""


class AttachingService(QObject):
    """`taken` carries the conversation's id, an Attachment and the bytes of a small picture."""

    taken = Signal(str, object, object)

    def __init__(
        self,
        store: AttachmentStore,
        shrink: Shrink,
        notices: NoticeService,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._shrink = shrink
        self._notices = notices
        self._scope = scope

    def take(self, items: Sequence[Item], conversation_id: str) -> None:
        """Takes files in one after the other; what cannot be attached becomes a notice."""

        async def work() -> None:
            for item in items:
                try:
                    attachment, small = await asyncio.to_thread(self._take, item)
                except AppError as error:
                    self._notices.report(error)
                else:
                    self.taken.emit(conversation_id, attachment, small)

        self._scope.start(f"attach {new_id()}", work, owner=conversation_id)

    def shrink_later(
        self, data: bytes, size: tuple[int, int], done: Callable[[bytes | None], None]
    ) -> None:
        """Makes a picture smaller in a thread and gives it to `done`, None when it cannot be."""

        async def work() -> None:
            done(await asyncio.to_thread(self._shrink, data, size))

        self._scope.start(f"shrink {new_id()}", work)

    def beside(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Does work in a thread and gives what came of it to `done`; an AppError is reported."""

        async def wait() -> None:
            done(await asyncio.to_thread(work))

        self._scope.start(f"beside {new_id()}", wait)

    def _take(self, item: Item) -> tuple[Attachment, bytes]:
        if isinstance(item, Path):
            attachment = self._store.add_file(item)
        else:
            attachment = self._store.add(*item)
        if not attachment.is_image:
            return attachment, b""
        data = self._store.read(attachment.sha256)
        size = sent_size(attachment, THUMBNAIL)
        return attachment, (self._shrink(data, size) if size else None) or data


def is_large(item: Path | bytes) -> bool:
    """Whether an item is taken in beside the window; a file that cannot be looked at is not."""
    if isinstance(item, bytes):
        return len(item) >= LARGE
    try:
        return item.stat().st_size >= LARGE
    except OSError:
        return False
