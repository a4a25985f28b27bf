"""Pictures that a model made: taken out of its reply, looked at, and kept like attached files."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.conversations.attachment import Attachment
from app.core.conversations.events import Noticed
from app.core.errors import AppError
from app.storage.files.attachments import MAX_BYTES, AttachmentStore
from app.storage.files.pictures import picture_type

MOST = 16
"""Pictures of one answer that are kept."""

LONGEST = MAX_BYTES * 4 // 3 + 1000
"""Characters of a data URL that holds as much as can be kept."""

_HEAD = re.compile(r"data:image/[\w.+-]{1,40}(?:;[\w.=+-]{0,80}){0,4};base64,", re.IGNORECASE)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}


@dataclass(frozen=True, slots=True)
class Taken:
    """The pictures that were kept, and notices about those that were not."""

    pictures: tuple[Attachment, ...] = ()
    notices: tuple[Noticed, ...] = ()


class MadePictures:
    """Keeps the pictures of answers in the store of attachments."""

    def __init__(self, store: AttachmentStore) -> None:
        self._store = store

    async def take_in(self, data_urls: Sequence[str]) -> Taken:
        """Decodes and stores pictures in a thread; what is no sound picture becomes a notice."""
        return await asyncio.to_thread(self._take_in, data_urls) if data_urls else Taken()

    def _take_in(self, data_urls: Sequence[str]) -> Taken:
        found: dict[str, Attachment] = {}
        notices: list[Noticed] = []
        fresh = list(dict.fromkeys(data_urls))
        for number, url in enumerate(fresh[:MOST], 1):
            if len(url) > LONGEST:
                notices.append(_refused(number, "it is larger than 25 MiB"))
                continue
            data = _decoded(url)
            kind = picture_type(data)
            if not kind:
                notices.append(_refused(number, "it is no PNG, JPEG, WebP or GIF picture"))
                continue
            try:
                kept = self._store.add(data, f"picture {number}.{_ENDINGS[kind]}")
            except AppError as error:
                notices.append(_refused(number, error.message.rstrip(".")))
            else:
                found.setdefault(kept.sha256, kept)
        if len(fresh) > MOST:
            text = f"The answer has {len(fresh)} pictures; the first {MOST} were kept."
            notices.append(Noticed("pictures_left_out", text))
        return Taken(tuple(found.values()), tuple(notices))


def _decoded(url: str) -> bytes:
    """The bytes of a data URL; none for anything else."""
    head = _HEAD.match(url[:600])
    if head is None:
        return b""
    try:
        return base64.b64decode(url[head.end() :], validate=False)
    except (binascii.Error, ValueError):
        return b""


def _refused(number: int, reason: str) -> Noticed:
    return Noticed("picture_refused", f"Picture {number} of the answer was not kept: {reason}.")
