"""Makes a new database, brings an older one up to date, and keeps the copy made before."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import apsw

from app.core.errors import DatabaseUnusableError
from app.storage.database import database_probe, migrations
from app.storage.database.file_lock import FileLock
from app.storage.database.sqlite_errors import translated
from app.storage.search import tokenizer

PATIENCE = 120.0
"""Seconds to wait for a program that makes the database or brings it up to date: one of many
gigabytes is copied first."""

_LOOK_EVERY = 0.02  # seconds
_UNFINISHED = re.compile(r"(\.\w+)?\.new(-journal)?")


def prepare(connection: apsw.Connection) -> apsw.Connection:
    """What every connection needs: the wait for others, foreign keys, the words of the search.

    A connection that cannot be used is closed before its error is raised: it might hold a lock.
    """
    with ExitStack() as undo:
        undo.callback(connection.close)
        connection.set_busy_timeout(database_probe.BUSY_MS)
        connection.pragma("foreign_keys", True)
        connection.pragma("schema_version")  # the first read: what stands in its way is told here
        tokenizer.register(connection)
        undo.pop_all()
    return connection


def lock_of(path: Path) -> Path:
    """The file that is locked while the database at `path` is made or brought up to date."""
    return path.with_name(f"{path.name}.making")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Waits until no other program makes this database or brings it up to date.

    Raises DatabaseUnusableError for one that does so for ever.
    """
    lock = FileLock(lock_of(path), is_passing=True)
    end = time.monotonic() + PATIENCE
    while not lock.acquire():
        if time.monotonic() > end:
            raise DatabaseUnusableError(
                f"Another Facet is making the database of conversations and does not end: {path}",
                "Close the other Facet, or restart the computer; then start again.",
            )
        time.sleep(_LOOK_EVERY)
    try:
        if lock.is_held:  # so whoever left something unfinished was ended before it could go on
            _clear_unfinished(path)
        yield
    finally:
        lock.release()


def create(path: Path) -> None:
    """Makes the file whole under another name first, so that no half of one is ever at `path`.

    A file that appeared there meanwhile stays. Raises DatabaseUnusableError.
    """
    growing = _growing(path)
    with translated():
        connection = prepare(apsw.Connection(str(growing), flags=apsw.SQLITE_OPEN_READWRITE))
        try:
            connection.pragma("synchronous", "FULL")
            connection.pragma("application_id", database_probe.APPLICATION_ID)
            migrations.migrate(connection)
            connection.pragma("journal_mode", "wal")
        finally:
            connection.close()
    try:
        os.link(growing, path)
        growing.unlink()
    except FileExistsError:
        growing.unlink()
    except OSError:  # a file system without links
        growing.rename(path)


def upgrade(path: Path) -> None:
    """Brings an older file up to the newest schema and keeps a copy of it as it was.

    Another program may do so at the same time: one does, the others wait.
    """
    with alone(path), translated():
        connection = prepare(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE))
        try:
            version: int = connection.pragma("user_version")
            if version < migrations.NEWEST:
                connection.pragma("synchronous", "FULL")
                keep_copy(connection, _free_name(path, version))
                migrations.migrate(connection)
        finally:
            connection.close()


def keep_copy(connection: apsw.Connection, target: Path) -> None:
    """Copies a whole database, its log included, to a new file: all of it or nothing."""
    growing = _growing(target)
    copy = apsw.Connection(str(growing), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        copy.pragma("synchronous", "FULL")
        with copy.backup("main", connection, "main") as backup:
            while not backup.done:
                backup.step(2000)
    finally:
        copy.close()
    growing.replace(target)


def _growing(path: Path) -> Path:
    """An empty file, for the user alone, under a name of its own that says it is not finished."""
    try:
        file, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".new")
        os.close(file)
    except OSError as error:
        raise DatabaseUnusableError(
            f"No database can be made in {path.parent}: {error.strerror}.",
            "Make the folder writable or free some space, or start Facet with --profile and another"
            " folder.",
        ) from error
    return Path(name)


def _clear_unfinished(path: Path) -> None:
    """Takes away what programs that were ended left half made beside the database."""
    named = re.compile(rf"{re.escape(path.stem)}(-version-[\d-]+)?{re.escape(path.suffix)}")
    for file in path.parent.iterdir():
        start = named.match(file.name)
        if start and _UNFINISHED.fullmatch(file.name, start.end()):
            with suppress(OSError):
                file.unlink()


def _free_name(path: Path, version: int) -> Path:
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        kept = path.with_name(f"{path.stem}-version-{version}{suffix}{path.suffix}")
        if not kept.exists():
            return kept
        number += 1
