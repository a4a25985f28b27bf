"""Attachments by the hash of their bytes: small ones in the database, large ones in files."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import apsw

from app.core.conversations.attachment import Attachment
from app.core.errors import StorageError, TransferError
from app.storage.database.database import Database
from app.storage.database.reading import row_of
from app.storage.files.metadata import lies_on_its_side, without_metadata
from app.storage.files.pages import pages_of
from app.storage.files.pictures import picture_size, picture_type
from app.storage.files.recordings import recording_type, seconds_of

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
SMALL_BYTES = 100_000
"""From this size on a file is kept beside the database, not in it: SQLite reads smaller ones faster
than a file system opens them, and larger ones would swell every copy of the database."""

MAX_NAME_BYTES = 120


class AttachmentStore:
    """The attachments under a folder; with a database the small ones are kept in that."""

    def __init__(self, folder: Path, database: Database | None = None) -> None:
        self._folder = folder
        self._database = database

    def add(self, data: bytes, name: str) -> Attachment:
        """Stores the bytes of a picture, PDF, sound, film or UTF-8 text; waits for the disk.

        Pictures are kept without what they tell of their maker (place, camera, time).

        Raises TransferError for what is empty, too large or of another kind, StorageError when it
        cannot be written.
        """
        data = without_metadata(data) if len(data) <= MAX_BYTES else data
        attachment = describe(data, name)
        if self._database is not None and len(data) < SMALL_BYTES:
            self._database.write(lambda writer: _insert(writer, attachment.sha256, data)).result()
        else:
            self._write_file(attachment.sha256, data)
        return attachment

    def add_file(self, path: Path) -> Attachment:
        """Stores what a file holds; as `add`, and TransferError for one that cannot be read."""
        label = clean_name(path.name)
        if path.exists() and not path.is_file():  # a pipe would keep Facet waiting
            raise TransferError(f"{label} is not a file.", "Choose a file.")
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)  # no more of an endless or huge one
        except OSError as error:
            raise TransferError(
                f"{label} cannot be read: {error.strerror}.", "Choose another file."
            ) from error
        return self.add(data, path.name)

    def remove(self, sha256_hexes: Collection[str]) -> None:
        """Forgets files for good; waits for the disk. Raises StorageError."""
        if self._database is not None:
            chosen = json.dumps(list(sha256_hexes))
            self._database.write(
                lambda writer: writer.execute(
                    "DELETE FROM attachment WHERE sha256 IN (SELECT value FROM json_each(?))",
                    (chosen,),
                )
            ).result()
        for name in sha256_hexes:
            try:
                self._path(name).unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(
                    f"A deleted attachment could not be removed: {error.strerror}.",
                    "Make the data folder writable.",
                ) from error

    def read(self, sha256_hex: str) -> bytes:
        """The bytes with this hash; StorageError when they are missing or changed."""
        data = self._read_row(sha256_hex)
        if data is None:
            data = self._read_file(sha256_hex)
        if sha256(data).hexdigest() != sha256_hex:
            raise StorageError("This attachment is damaged on the disk.", "Attach the file again.")
        return data

    def _read_row(self, sha256_hex: str) -> bytes | None:
        if self._database is None:
            return None
        reader = self._database.new_reader()  # attachments are read on any thread
        try:
            row = row_of(reader, "SELECT data FROM attachment WHERE sha256 = ?", sha256_hex)
        finally:
            reader.close()
        return None if row is None else bytes(row[0])

    def _read_file(self, sha256_hex: str) -> bytes:
        try:
            return self._path(sha256_hex).read_bytes()
        except OSError as error:
            raise StorageError(
                "This attachment is no longer there.", "Attach the file again."
            ) from error

    def _write_file(self, sha256_hex: str, data: bytes) -> None:
        path = self._path(sha256_hex)
        try:
            if path.exists() and sha256(path.read_bytes()).hexdigest() == sha256_hex:
                return
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
                try:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    Path(file.name).unlink(missing_ok=True)
                    raise
            Path(file.name).replace(path)
        except OSError as error:
            raise StorageError(
                f"The attachment could not be stored: {error.strerror}.",
                "Free some space or make the data folder writable, and attach it again.",
            ) from error

    def _path(self, sha256_hex: str) -> Path:
        if len(sha256_hex) != 64 or not set(sha256_hex) <= set("0123456789abcdef"):
            raise StorageError("This attachment is no longer there.", "Attach the file again.")
        return self._folder / sha256_hex[:2] / sha256_hex


def describe(data: bytes, name: str) -> Attachment:
    """What the bytes are, found from themselves; TransferError for what cannot be attached."""
    label = clean_name(name)
    if not data:
        raise TransferError(f"{label} is empty.", "Choose another file.")
    if len(data) > MAX_BYTES:
        raise TransferError(
            f"{label} is larger than the {MAX_BYTES // 1_048_576} MiB that can be attached.",
            "Attach a smaller file or a part of it.",
        )
    digest = sha256(data).hexdigest()
    if kind := picture_type(data):
        size = picture_size(data)
        if size is None:
            raise TransferError(
                f"{label} is not a whole picture.", "Save it again as PNG or JPEG and attach that."
            )
        if size[0] * size[1] > MAX_PIXELS:
            raise TransferError(
                f"{label} has {size[0]} × {size[1]} pixels; at most 40 million can be attached.",
                "Make the picture smaller and attach that.",
            )
        width, height = size[::-1] if lies_on_its_side(data) else size
        return Attachment(digest, label, kind, len(data), width, height)
    if data.startswith(b"%PDF-"):
        return Attachment(digest, label, "application/pdf", len(data), pages=pages_of(data))
    if recording := recording_type(data):
        return Attachment(digest, label, recording, len(data), seconds=seconds_of(data))
    if _is_text(data):
        return Attachment(digest, label, "text/plain", len(data))
    raise TransferError(
        f"{label} is of a kind that cannot be attached.",
        "Pictures, PDF, sound, films and UTF-8 text can be.",
    )


def clean_name(name: str) -> str:
    """A file name as a label: its last part without control or bidi characters, ≤ 120 bytes."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    letters = [c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    label = "".join(letters).strip(" .")
    stem, dot, ending = label.rpartition(".")
    if not stem or len(ending.encode()) > 16:
        stem, dot, ending = label, "", ""
    room = MAX_NAME_BYTES - len((dot + ending).encode())
    return (stem.encode()[:room].decode("utf-8", "ignore") + dot + ending) or "attachment"


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _insert(writer: apsw.Connection, sha256_hex: str, data: bytes) -> None:
    writer.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?)", (sha256_hex, data))
