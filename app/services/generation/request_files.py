"""The files that go with a request: read, and large pictures made smaller, in a thread."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, Part, Role
from app.core.errors import StorageError
from app.core.models.picture_limits import SIDE, is_packed, sent_size
from app.storage.files.attachments import AttachmentStore
from app.storage.files.pictures import picture_type

Shrink = Callable[[bytes, tuple[int, int] | None], bytes | None]
"""Makes a picture smaller, to a size in px or only in bytes; None when it cannot."""

KEPT_BYTES = 48_000_000
"""Bytes of smaller pictures held, so that a long conversation does not make them again."""

AT_ONCE = 100
"""Messages read from the disk between two pictures of the window."""


def as_it_is(_data: bytes, _size: tuple[int, int] | None) -> bytes | None:
    """Stands where nothing can make pictures smaller: they are sent as they are."""
    return None


@dataclass(slots=True)
class Outgoing:
    """Messages as they are sent, and the bytes of their files by sha256."""

    messages: list[Message]
    blobs: dict[str, bytes] = field(default_factory=dict)


class Sending:
    """Prepares files for requests. `side()` is the most pixels a picture may have, 0 for any."""

    def __init__(
        self,
        store: AttachmentStore,
        shrink: Shrink = as_it_is,
        side: Callable[[], int] = lambda: SIDE,
    ) -> None:
        self._store = store
        self._shrink = shrink
        self._side = side
        self._made: OrderedDict[tuple[str, int], tuple[Attachment, bytes]] = OrderedDict()
        self._making = Lock()

    async def prepared(self, branch: Sequence[Message]) -> Outgoing:
        """The branch as it is sent. The original of a picture stays in the store as it is.

        A file that is gone raises StorageError in the last question; in earlier messages it only
        lacks its bytes.
        """
        has_files = False
        for place, message in enumerate(branch, 1):
            # Messages are read from the disk here, by the one thread that may: some at a time.
            has_files = bool(message.attachments) or has_files
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)
        if not has_files:
            return Outgoing(list(branch))
        return await asyncio.to_thread(self._prepare, branch, self._side())

    def _prepare(self, branch: Sequence[Message], side: int) -> Outgoing:
        places = [place for place, message in enumerate(branch) if message.role is Role.USER]
        question = places[-1] if places else -1
        out = Outgoing([])
        for place, message in enumerate(branch):
            found: Mapping[str, Attachment] = {}
            for file in message.attachments:
                try:
                    sent, data = self._sent(file, side)
                except StorageError:
                    if place == question:
                        raise
                    continue
                out.blobs[sent.sha256] = data
                found = {**found, file.sha256: sent}
            parts = tuple(_replaced(part, found) for part in message.parts)
            out.messages.append(replace(message, parts=parts) if found else message)
        return out

    def _sent(self, file: Attachment, side: int) -> tuple[Attachment, bytes]:
        if not is_packed(file, side):
            return file, self._store.read(file.sha256)
        with self._making:  # another thread may be at the same picture: it is made once
            return self._packed(file, side)

    def _packed(self, file: Attachment, side: int) -> tuple[Attachment, bytes]:
        key = (file.sha256, side)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        data = self._store.read(file.sha256)
        size = sent_size(file, side)
        smaller = self._shrink(data, size)
        if smaller is None:
            return file, data
        width, height = size or (file.width, file.height)
        kind = picture_type(smaller)
        digest = sha256(smaller).hexdigest()
        made = Attachment(digest, file.name, kind, len(smaller), width, height)
        self._made[key] = made, smaller
        while sum(len(kept) for _, kept in self._made.values()) > KEPT_BYTES:
            self._made.popitem(last=False)
        return made, smaller


def _replaced(part: Part, found: Mapping[str, Attachment]) -> Part:
    if isinstance(part, AttachmentPart) and part.attachment.sha256 in found:
        return AttachmentPart(found[part.attachment.sha256])
    return part
