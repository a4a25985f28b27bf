"""The one SQLite file: opened only after it was looked at, written by one thread, read beside it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import apsw

from app.core.errors import DatabaseTooNewError, DatabaseUnusableError, StorageError
from app.storage import migrations, words
from app.storage.candidate import APPLICATION_ID, Candidate, examine, remember, was_known
from app.storage.faults import translated

T = TypeVar("T")

MINIMUM_SQLITE = (3, 51, 3)
"""SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that two connections write (SECURITY.md, finding 10)."""

BUSY_MS = 5000
_SQLITE_HINT = "Install Facet again: it brings a current SQLite with apsw."


class Database:
    """An open database. Reads use `reader` on the main thread or a `new_reader()`; writes go through `write`."""

    def __init__(
        self, path: Path, *, read_only_reason: str = "", is_immutable: bool = False
    ) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self._is_immutable = is_immutable
        self._writer = None if self.is_read_only else self._connect(apsw.SQLITE_OPEN_READWRITE)
        self.reader = self.new_reader()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="facet-writer")
        self._lock = threading.Lock()
        self._is_closed = False
        self._is_durable: bool | None = None

    @classmethod
    def open(cls, path: Path, *, expect_existing: bool = False) -> Database:
        """Opens or makes the database, brought up to the newest schema with a copy kept before.

        A newer file, or one that cannot be written, opens read-only with `read_only_reason`. Raises
        DatabaseUnusableError for a file that is missing though one was there before, empty, foreign,
        damaged or locked; nothing is overwritten.
        """
        check_sqlite()
        found = examine(path)
        if not found.exists:
            if expect_existing or was_known(path):
                raise DatabaseUnusableError(
                    f"The database of conversations is missing: {path}",
                    "It was there before, so Facet makes no new one in its place. Put the file back, or "
                    f"to start afresh remove {_marker_name(path)} beside it.",
                )
            _create(path)
            found = examine(path)
        database = cls._open_found(found)
        if not database.is_read_only:
            remember(path)
        return database

    @classmethod
    def _open_found(cls, found: Candidate) -> Database:
        if found.version > migrations.NEWEST:
            reason = "These conversations were written by a newer Facet. They can be read, but not changed."
            return cls._read_only(found, reason)
        if not found.is_writable:
            reason = (
                f"The conversations can be read, but not changed: writing to {found.path.parent}"
                " is not allowed."
            )
            return cls._read_only(found, reason)
        if found.version < migrations.NEWEST:
            _upgrade(found)
        try:
            with translated():
                return cls(found.path)
        except DatabaseUnusableError as error:
            # A full disk cannot even take the index of the log; what is there can still be read.
            if isinstance(error.__cause__, apsw.IOError | apsw.FullError):
                reason = f"The conversations can be read, but not changed. {error.message}"
                return cls._read_only(found, reason)
            raise

    @classmethod
    def _read_only(cls, found: Candidate, reason: str) -> Database:
        """Opens without writing a byte; a log with content that cannot be read along is an error."""
        if found.version < migrations.NEWEST:
            raise DatabaseUnusableError(
                "The database of conversations is of an older Facet and cannot be brought up to date.",
                "Make its folder writable, or free some space, and start again.",
            )
        with translated(reading=True):
            try:
                database = cls(found.path, read_only_reason=reason)
                database._probe()
            except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.FullError):
                if found.has_log:
                    raise
                database = cls(found.path, read_only_reason=reason, is_immutable=True)
                database._probe()
        return database

    @property
    def is_read_only(self) -> bool:
        """Whether every write is refused, for `read_only_reason`."""
        return bool(self.read_only_reason)

    def new_reader(self) -> apsw.Connection:
        """A connection of its own for a long read; close it afterwards. Raises DatabaseUnusableError."""
        with translated(reading=True):
            return self._connect(apsw.SQLITE_OPEN_READONLY)

    def write(self, work: Callable[[apsw.Connection], T], *, durable: bool = True) -> Future[T]:
        """Runs `work` in one transaction on the writer thread; the future holds what it returned.

        `durable` waits for the disk (for what the user did); without it a power cut may lose the last
        seconds, a crash of the program nothing. The future raises StorageError, and then nothing changed.
        """
        with self._lock:
            if self._is_closed or self._writer is None:
                refused: Future[T] = Future()
                refused.set_exception(self._refusal())
                return refused
            return self._thread.submit(self._run, self._writer, work, durable)

    def close(self) -> None:
        """Finishes the queued writes and closes every connection; closing again does nothing."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        self._thread.shutdown(wait=True)
        self.reader.close()
        if self._writer is not None:
            self._writer.close()

    def _refusal(self) -> StorageError:
        if self._is_closed:
            return StorageError("The database of conversations is closed.", "Start Facet again.")
        return DatabaseUnusableError(
            "This was not saved: the conversations can only be read.", self.read_only_reason
        )

    def _run(
        self, writer: apsw.Connection, work: Callable[[apsw.Connection], T], durable: bool
    ) -> T:
        with translated():
            if durable is not self._is_durable:
                writer.pragma("synchronous", "FULL" if durable else "NORMAL")
                self._is_durable = durable
            writer.execute("BEGIN IMMEDIATE")
            try:
                result = work(writer)
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:  # SQLite has rolled back by itself after some errors
                    writer.execute("ROLLBACK")
                raise
            return result

    def _connect(self, flags: int) -> apsw.Connection:
        target = str(self.path)
        if self._is_immutable:
            target = f"{self.path.absolute().as_uri()}?immutable=1"
            flags |= apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(target, flags=flags)
        prepare(connection)
        if flags & apsw.SQLITE_OPEN_READWRITE:
            connection.pragma("journal_mode", "wal")
        return connection

    def _probe(self) -> None:
        """Reads one row of every table the program reads, so that an unreadable file is known at once."""
        try:
            for table in ("conversation", "message", "journal", "draft", "preset", "ledger"):
                self.reader.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()
        except apsw.SQLError as error:
            self.close()
            raise DatabaseTooNewError(
                "The database of conversations was written by a newer Facet that this one cannot read.",
                "Start the newer Facet. Nothing was changed.",
            ) from error
        except apsw.Error:
            self.close()
            raise


def check_sqlite() -> None:
    """Raises DatabaseUnusableError when the SQLite in use is one that can corrupt a database."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split(".")[:3])
    if version < MINIMUM_SQLITE:
        raise DatabaseUnusableError(
            f"SQLite {apsw.sqlite_lib_version()} is too old to be trusted with conversations.",
            _SQLITE_HINT,
        )


def prepare(connection: apsw.Connection) -> None:
    """What every connection needs: the wait for others, foreign keys, the words of the search."""
    connection.set_busy_timeout(BUSY_MS)
    connection.pragma("foreign_keys", True)
    words.register(connection)


def _marker_name(path: Path) -> str:
    from app.storage.candidate import marker

    return marker(path).name


def _create(path: Path) -> None:
    """Makes the file whole under another name and then gives it its own, so that no half of one is left."""
    growing = path.with_name(f"{path.name}.new")
    try:
        for leftover in (growing, growing.with_name(f"{growing.name}-journal")):
            leftover.unlink(missing_ok=True)
        os.close(os.open(growing, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnusableError(
            f"No database of conversations can be made in {path.parent}: {error.strerror}.",
            "Make the folder writable or free some space, or start Facet with --profile and another folder.",
        ) from error
    with translated():
        connection = apsw.Connection(str(growing), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            prepare(connection)
            connection.pragma("synchronous", "FULL")
            connection.pragma("application_id", APPLICATION_ID)
            migrations.migrate(connection)
        finally:
            connection.close()
    try:
        os.link(growing, path)  # unlike a rename it never replaces a file that appeared meanwhile
        growing.unlink()
    except FileExistsError:
        growing.unlink()
    except OSError:  # a file system without links
        growing.rename(path)


def _upgrade(found: Candidate) -> None:
    """Brings an older file up to the newest schema, keeping a copy of it as it was."""
    with translated():
        connection = apsw.Connection(str(found.path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            prepare(connection)
            connection.pragma("synchronous", "FULL")
            keep_copy(connection, copy_path(found.path, found.version))
            migrations.migrate(connection)
        finally:
            connection.close()


def copy_path(path: Path, version: int) -> Path:
    """Where the copy of a database goes before it is migrated; a name that is still free."""
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        kept = path.with_name(f"{path.stem}-before-version-{version + 1}{suffix}{path.suffix}")
        if not kept.exists():
            return kept
        number += 1


def keep_copy(connection: apsw.Connection, target: Path) -> None:
    """Copies a whole database, log included, to a new file, complete or not at all."""
    growing = target.with_name(f"{target.name}.new")
    growing.unlink(missing_ok=True)
    os.close(os.open(growing, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    copy = apsw.Connection(str(growing), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        copy.pragma("synchronous", "FULL")
        with copy.backup("main", connection, "main") as backup:
            while not backup.done:
                backup.step(2000)
    finally:
        copy.close()
    growing.replace(target)
