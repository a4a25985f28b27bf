"""Makes a new database, brings an older one up to date, and keeps the copy made before."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import apsw

from app.core.errors import DatabaseUnusableError
from app.storage.database import database_probe, migrations
from app.storage.database.sqlite_errors import translated
from app.storage.search import tokenizer


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


def upgrade(path: Path, version: int) -> Path:
    """Brings an older file up to the newest schema; returns the copy of it as it was."""
    kept = _free_name(path, version)
    with translated():
        connection = prepare(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE))
        try:
            connection.pragma("synchronous", "FULL")
            keep_copy(connection, kept)
            migrations.migrate(connection)
        finally:
            connection.close()
    return kept


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
    """An empty file, for the user alone, under a name that says it is not finished."""
    growing = path.with_name(f"{path.name}.new")
    try:
        for leftover in (growing, path.with_name(f"{growing.name}-journal")):
            leftover.unlink(missing_ok=True)
        os.close(os.open(growing, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnusableError(
            f"No database can be made in {path.parent}: {error.strerror}.",
            "Make the folder writable or free some space, or start Facet with --profile and another"
            " folder.",
        ) from error
    return growing


def _free_name(path: Path, version: int) -> Path:
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        kept = path.with_name(f"{path.stem}-version-{version}{suffix}{path.suffix}")
        if not kept.exists():
            return kept
        number += 1
