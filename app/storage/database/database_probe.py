"""Looks at the file where the database should be, before anything is opened for writing."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

import apsw

from app.core.errors import DatabaseUnusableError
from app.storage.database import migrations
from app.storage.database.sqlite_errors import DAMAGED_HINT, translated

APPLICATION_ID = 0x46414354  # "FACT"
BUSY_MS = 5000
"""Milliseconds to wait for another program that holds the database."""

TABLES = ("conversation", "message", "journal", "draft", "preset", "ledger", "attachment")

_MAGIC = b"SQLite format 3\0"
_LOOKS = 20
_log = logging.getLogger("storage")


@dataclass(frozen=True, slots=True)
class DatabaseProbe:
    """What was found: its `user_version`, and whether a write-ahead log holds content."""

    path: Path
    exists: bool
    version: int = 0
    has_log: bool = False
    is_writable: bool = False


def examine(path: Path) -> DatabaseProbe:
    """Looks at a file without changing a byte; DatabaseUnusableError for one that is not ours.

    Another program may write to it meanwhile: what is wrong then is looked at again.
    """
    for _ in range(_LOOKS):
        before = _state(path)
        try:
            return _examine(path)
        except DatabaseUnusableError:
            if _state(path) == before:
                raise
    return _examine(path)


def _state(path: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes when a program writes: the file's and the log's identity, size and time."""
    states: list[tuple[int, int, int] | None] = []
    for file in (path, _log_of(path)):
        try:
            found = file.stat()
            states.append((found.st_ino, found.st_size, found.st_mtime_ns))
        except OSError:
            states.append(None)
    return tuple(states)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _log_size(path: Path) -> int:
    try:
        return _log_of(path).stat().st_size
    except FileNotFoundError:
        return 0


def _examine(path: Path) -> DatabaseProbe:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return DatabaseProbe(path, exists=False)
    except OSError as error:
        raise DatabaseUnusableError(
            f"The database of conversations cannot be read: {error.strerror}.",
            f"Check that {path} is a file and that you may read it.",
        ) from error
    has_log = _log_size(path) > 0
    _check_header(path, header, size, has_log=has_log)
    is_writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with translated(reading=True):
        version = _log_version(path, header) if has_log else _version(path)
    return DatabaseProbe(path, True, version, has_log, is_writable)


def marker(path: Path) -> Path:
    """The file that says a database was made here, so that a missing one is not replaced."""
    return path.with_name(f"{path.name}.known")


def was_known(path: Path) -> bool:
    """Whether a database was at this path before."""
    return marker(path).exists()


def remember(path: Path) -> None:
    """Notes that a database is at this path; a disk that takes no note costs the note alone."""
    if was_known(path):
        return
    try:
        marker(path).write_text(
            "Facet keeps its conversations in the database beside this file. While this file is\n"
            "here and the database is not, Facet asks for the database and makes no new one.\n",
            encoding="utf-8",
        )
    except OSError as error:
        _log.warning("no marker beside the database: %s", error.strerror)


def probe(connection: apsw.Connection) -> int:
    """The `user_version`, after the schema and a row of every table were read.

    Raises apsw.Error where a page is damaged, apsw.SQLError where the tables are not ours.
    """
    version: int = connection.pragma("user_version")
    for table in TABLES if version else ():
        connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()
    return version


def immutable(path: Path) -> apsw.Connection:
    """A read-only connection that needs and makes no file beside; only right without a log."""
    return apsw.Connection(
        f"{path.absolute().as_uri()}?immutable=1",
        flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI,
    )


def _check_header(path: Path, header: bytes, size: int, *, has_log: bool) -> None:
    kept = (
        "Nothing was changed. Put a kept copy in its place, or, to start afresh, move"
        f" {path.name} and {marker(path).name} away; then start again."
    )
    if size == 0:
        raise DatabaseUnusableError(f"The database of conversations is empty: {path}", kept)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise DatabaseUnusableError(f"This is not a database: {path}", kept)
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise DatabaseUnusableError(f"This database belongs to another program: {path}", kept)
    page = int.from_bytes(header[16:18])
    pages = int.from_bytes(header[28:32])
    if not has_log and size < (65536 if page == 1 else page) * pages:
        raise DatabaseUnusableError(
            f"A part of the database of conversations is missing: {path}", DAMAGED_HINT
        )


def _version(path: Path) -> int:
    connection = immutable(path)
    try:
        version: int = connection.pragma("user_version")
        if 0 < version <= migrations.NEWEST:
            return probe(connection)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        return version
    except apsw.SQLError as error:
        raise DatabaseUnusableError(
            f"The database of conversations lacks what Facet put there: {path}", DAMAGED_HINT
        ) from error
    finally:
        connection.close()


def _log_version(path: Path, header: bytes) -> int:
    """The version with what is in the log; as the file says where the log cannot be read yet."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.set_busy_timeout(BUSY_MS)
        version: int = connection.pragma("user_version")
        return version
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.FullError):
        return int.from_bytes(header[60:64])
    finally:
        connection.close()
