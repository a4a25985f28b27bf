"""Where the files of a conversation go when it is written: beside the text, into it, or nowhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from app.core.conversations.attachment import Attachment
from app.core.errors import StorageError

_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class FilePlace(StrEnum):
    """Where the files go."""

    BESIDE = "beside"
    EMBEDDED = "embedded"
    NAMED = "named"


class WrittenFiles:
    """Gives the files of one written conversation their addresses, and holds what is to be written
    for them: bytes by the path, in a folder beside the text that has its name."""

    def __init__(self, path: Path, place: FilePlace, read: Callable[[str], bytes]) -> None:
        """`path` is where the text goes; `read` gives the bytes with a hash, or StorageError."""
        self.folder = path.with_name(f"{path.stem} files")
        self.contents: dict[Path, bytes] = {}
        self._place = place
        self._read = read
        self._addresses: dict[str, str] = {}
        self._taken: set[str] = set()

    def address(self, attachment: Attachment) -> str | None:
        """How the text names the file: a path from its own folder or a data: address; "" where
        files are not written, None for a file that is no longer there."""
        if self._place is FilePlace.NAMED:
            return ""
        if attachment.sha256 not in self._addresses:
            try:
                data = self._read(attachment.sha256)
            except StorageError:
                return None
            self._addresses[attachment.sha256] = self._placed(attachment, data)
        return self._addresses[attachment.sha256]

    def _placed(self, attachment: Attachment, data: bytes) -> str:
        if self._place is FilePlace.EMBEDDED:
            return f"data:{attachment.media_type};base64,{base64.b64encode(data).decode()}"
        path = self._free(attachment)
        self.contents[path] = data
        return quote(f"{path.parent.name}/{path.name}")

    def _free(self, attachment: Attachment) -> Path:
        """A path that no other file of this conversation has, and none of the user's."""
        name = Path(_UNFIT.sub("_", attachment.name).strip(" .") or "file")
        if _RESERVED.match(name.name):
            name = Path(f"_{name}")
        number = 1
        while True:
            tried = name if number == 1 else name.with_stem(f"{name.stem} {number}")
            path = self.folder / tried
            if tried.name.casefold() not in self._taken and _is_free(path, attachment):
                self._taken.add(tried.name.casefold())
                return path
            number += 1


def _is_free(path: Path, attachment: Attachment) -> bool:
    """Whether nothing is there but what an earlier writing of the same file left."""
    if not path.exists():
        return True
    if not path.is_file() or path.stat().st_size != attachment.size:
        return False
    return sha256(path.read_bytes()).hexdigest() == attachment.sha256
