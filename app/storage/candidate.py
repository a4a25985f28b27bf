"""Looks at the file where the database should be, before anything is opened for writing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import apsw

from app.core.errors import DatabaseUnusableError
from app.storage.faults import DAMAGED_HINT, translated

APPLICATION_ID = 0x46414354  # "FACT"

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was found: `version` is its `user_version`, `has_log` whether a write-ahead log holds content."""

    path: Path
    exists: bool
    version: int = 0
    has_log: bool = False
    is_writable: bool = False


def examine(path: Path) -> Candidate:
    """Looks at a file without changing a byte; raises DatabaseUnusableError for one that is not ours."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return Candidate(path, exists=False)
    except OSError as error:
        raise DatabaseUnusableError(
            f"The database of conversations cannot be read: {error.strerror}.",
            f"Check that {path} is a file and that you may read it.",
        ) from error
    log = path.with_name(f"{path.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    _check_header(path, header, size, has_log=has_log)
    return Candidate(path, True, _version(path, has_log=has_log), has_log, _is_writable(path))


def marker(path: Path) -> Path:
    """The file that says a database was made here, so that a missing one is never quietly replaced."""
    return path.with_name(f"{path.name}.known")


def was_known(path: Path) -> bool:
    """Whether a database was at this path before."""
    return marker(path).exists()


def remember(path: Path) -> None:
    """Notes that a database is at this path; a disk that takes no note changes nothing else."""
    if was_known(path):
        return
    try:
        marker(path).write_text(
            "Facet keeps its conversations beside this file. While it is here and the database is not,\n"
            "Facet asks for the database instead of starting afresh.\n",
            encoding="utf-8",
        )
    except OSError as error:
        raise DatabaseUnusableError(
            f"The disk takes no files in {path.parent}: {error.strerror}.",
            "Free some space or make the folder writable.",
        ) from error


def _check_header(path: Path, header: bytes, size: int, *, has_log: bool) -> None:
    kept = f"Nothing was changed. Move {path.name} away or put a kept copy in its place, then start again."
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


def _version(path: Path, *, has_log: bool) -> int:
    """The schema's number, asked of SQLite so that a log is counted in; also touches the schema."""
    with translated(reading=True):
        target, flags = str(path), apsw.SQLITE_OPEN_READONLY
        if not has_log:  # nothing to read along, so no file beside it is needed or made
            target = f"{path.absolute().as_uri()}?immutable=1"
            flags |= apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(target, flags=flags)
        try:
            connection.set_busy_timeout(5000)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            version: int = connection.pragma("user_version")
        finally:
            connection.close()
    return version


def _is_writable(path: Path) -> bool:
    """Whether both the file and its folder (for the log) may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
