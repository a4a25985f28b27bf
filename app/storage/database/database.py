"""The one SQLite file: looked at before it is opened, written by one thread, read beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import apsw

from app.core.errors import DatabaseTooNewError, DatabaseUnusableError, StorageError
from app.storage.conversations.messages import damaged_messages
from app.storage.database import creation, database_probe, migrations
from app.storage.database.database_probe import DatabaseProbe
from app.storage.database.reading import rows_of
from app.storage.database.sqlite_errors import translated
from app.storage.database.transaction import transaction

T = TypeVar("T")

MINIMUM_SQLITE = (3, 51, 3)
"""SQLite 3.7.0 to 3.51.2 can corrupt a database with a write-ahead log that two programs write: one
resets the log while the other still writes to it. Many systems carry an older one."""

_NOT_READABLE = (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.FullError)


class Database:
    """An open database. Short reads use `reader`, on the main thread; writes go through `write`."""

    def __init__(
        self, path: Path, connect: Callable[[], apsw.Connection], read_only_reason: str = ""
    ) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self._connect = connect
        self._writer = None if read_only_reason else _writer(path)
        with ExitStack() as undo:
            if self._writer is not None:
                undo.callback(self._writer.close)
            self.reader = connect()
            undo.pop_all()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="facet-writer")
        self._lock = threading.Lock()
        self._is_closed = False
        self._is_durable: bool | None = None

    @classmethod
    def open(cls, path: Path, *, expect_existing: bool = False) -> Database:
        """Opens or makes the database at the newest schema; before a step a copy is kept.

        A newer file, or one that cannot be written, opens read-only with `read_only_reason`. Raises
        DatabaseUnusableError for one that was there before and is missing, and for an empty,
        foreign, damaged or locked one; nothing is overwritten.
        """
        check_sqlite()
        found = database_probe.examine(path)
        if not found.exists:
            with creation.alone(path):
                found = cls._made(path, expect_existing=expect_existing)
        database = cls._open_found(found)
        if not database.is_read_only:
            database_probe.remember(path)
        return database

    @staticmethod
    def _made(path: Path, *, expect_existing: bool) -> DatabaseProbe:
        """Makes the database, unless another program did while this one waited."""
        found = database_probe.examine(path)
        if found.exists:
            return found
        if expect_existing or database_probe.was_known(path):
            raise DatabaseUnusableError(
                f"The database of conversations is missing: {path}",
                "It was there before, so no new one is made in its place. Put the file back;"
                f" or, to start afresh, remove {database_probe.marker(path).name} beside it.",
            )
        creation.create(path)
        return database_probe.examine(path)

    @classmethod
    def _open_found(cls, found: DatabaseProbe) -> Database:
        path = found.path
        if found.version > migrations.NEWEST:
            newer = (
                "These conversations were written by a newer Facet: they can only be read."
                " Start the newer one to go on with them."
            )
            return cls._open_read_only(found, newer)
        if not found.is_writable:
            closed = f"The conversations can only be read: {path.parent} may not be written."
            return cls._open_read_only(found, closed)
        try:
            if found.version < migrations.NEWEST:
                creation.upgrade(path)
            with translated():
                return cls(path, lambda: _reader(path))
        except DatabaseUnusableError as error:
            # A full disk cannot even take the index of the log; what is there can still be read.
            if not isinstance(error.__cause__, apsw.IOError | apsw.FullError):
                raise
            full = (
                "The conversations can only be read: the disk is full or takes no data."
                " Free some space and start Facet again."
            )
            return cls._open_read_only(found, full)

    @classmethod
    def _open_read_only(cls, found: DatabaseProbe, reason: str) -> Database:
        """Opens without changing the file, by the first of the ways that can read it here."""
        if found.version < migrations.NEWEST:
            raise DatabaseUnusableError(
                "The database is of an older Facet and cannot be brought up to date here.",
                "Make its folder writable or free some space, and start again.",
            )
        path = found.path
        with translated(reading=True):
            try:
                return cls._probed(path, lambda: _reader(path), reason)
            except _NOT_READABLE:
                if found.has_log:
                    return cls._opened_alone(path, reason)
                return cls._probed(path, lambda: _immutable_reader(path), reason)

    @classmethod
    def _opened_alone(cls, path: Path, reason: str) -> Database:
        """Reads file and log with the log's index in memory; further readers get a copy."""
        alone = _alone_reader(path)
        used: list[apsw.Connection] = []

        def connect() -> apsw.Connection:
            if not used:
                used.append(alone)
                return alone
            return _memory_copy(alone)

        return cls._probed(path, connect, reason)

    @classmethod
    def _probed(cls, path: Path, connect: Callable[[], apsw.Connection], reason: str) -> Database:
        database = cls(path, connect, reason)
        try:
            database_probe.probe(database.reader)
        except apsw.SQLError as error:
            database.close()
            raise DatabaseTooNewError(
                "The database was written by a newer Facet that this one cannot read.",
                "Start the newer Facet. Nothing was changed.",
            ) from error
        except apsw.Error:
            database.close()
            raise
        return database

    @property
    def is_read_only(self) -> bool:
        """Whether every write is refused, for `read_only_reason`."""
        return bool(self.read_only_reason)

    def new_reader(self) -> apsw.Connection:
        """A connection for long reads, to be closed by its user. Raises DatabaseUnusableError."""
        with translated(reading=True):
            return self._connect()

    def write(self, work: Callable[[apsw.Connection], T], *, durable: bool = True) -> Future[T]:
        """Runs `work` in one transaction on the writer thread; the future holds what it returned.

        `durable` waits for the disk (for what the user did); without it a power cut may lose the
        last seconds, a crash of the program nothing. When the future raises, nothing was changed;
        it raises StorageError for everything that is not a bug. It cannot be cancelled: whoever
        stops waiting for a write does not undo it.
        """
        return self._queue(lambda writer: self._run(writer, work, durable))

    def empty_log(self) -> Future[bool]:
        """Moves what the write-ahead log holds into the file, and leaves the log without a byte.

        The future says whether that was possible: not while somebody reads what is in the log.
        """
        return self._queue(_empty_log)

    def _queue(self, work: Callable[[apsw.Connection], T]) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        with self._lock:
            if self._is_closed or self._writer is None:
                future.set_exception(self._refusal())
            else:
                done = self._thread.submit(work, self._writer)
                done.add_done_callback(lambda done: _pass_on(done, future))
        return future

    @property
    def sqlite_version(self) -> str:
        """The version of the SQLite in use."""
        return apsw.sqlite_lib_version()

    def problems(self) -> list[str]:
        """What is wrong with the file, a sentence each; reads all of it, so ask in a thread."""
        found: list[str] = []
        try:
            reader = self.new_reader()
            try:
                checked = rows_of(reader, "PRAGMA quick_check(20)")
                found += [f"SQLite finds: {row[0]}" for row in checked if row[0] != "ok"]
                last = -1
                while last:
                    damaged, last = damaged_messages(reader, max(0, last), 1000)
                    found += [f"The message {name} is not as it was written." for name in damaged]
            finally:
                reader.close()
        except DatabaseUnusableError as error:
            found.append(error.message)
        return found

    def close(self) -> None:
        """Finishes the queued writes and closes its connections; closing again does nothing."""
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
            with transaction(writer):
                return work(writer)


def _pass_on(done: Future[T], future: Future[T]) -> None:
    error = done.exception()
    if error is None:
        future.set_result(done.result())
    else:
        future.set_exception(error)


def _empty_log(writer: apsw.Connection) -> bool:
    with translated():
        writer.set_busy_timeout(0)  # the user's writes must not wait for a reader
        try:
            is_busy, _, _ = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0]
        finally:
            writer.set_busy_timeout(database_probe.BUSY_MS)
    return not is_busy


def check_sqlite() -> None:
    """Raises DatabaseUnusableError when the SQLite in use is one that can corrupt a database."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split(".")[:3])
    if version < MINIMUM_SQLITE:
        raise DatabaseUnusableError(
            f"SQLite {apsw.sqlite_lib_version()} is too old to be trusted with conversations.",
            "Install Facet again: it brings a current SQLite with apsw.",
        )


def _writer(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    creation.prepare(connection)
    with ExitStack() as undo:
        undo.callback(connection.close)
        connection.pragma("journal_mode", "wal")
        connection.pragma("secure_delete", True)  # what is deleted for ever is overwritten
        undo.pop_all()
    return connection


def _reader(path: Path) -> apsw.Connection:
    return creation.prepare(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY))


def _immutable_reader(path: Path) -> apsw.Connection:
    return creation.prepare(database_probe.immutable(path))


def _alone_reader(path: Path) -> apsw.Connection:
    """Locks the file for itself, which keeps the log's index in memory, and leaves the log."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.pragma("locking_mode", "exclusive")
    connection.pragma("query_only", True)
    return creation.prepare(connection)


def _memory_copy(source: apsw.Connection) -> apsw.Connection:
    copy = apsw.Connection(":memory:")
    with copy.backup("main", source, "main") as backup:
        backup.step(-1)
    return creation.prepare(copy)
