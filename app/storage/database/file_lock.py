"""A lock between programs: the system drops it when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class FileLock:
    """The lock a file stands for; the file is made with it."""

    def __init__(self, path: Path, *, is_passing: bool = False) -> None:
        """`is_passing` takes the file away again with the lock."""
        self._path = path
        self._is_passing = is_passing
        self._file: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether the system keeps others out; not where it knows no locks."""
        return self._file is not None

    def acquire(self) -> bool:
        """Takes the lock; False when another process holds it.

        A folder that takes no file, or a disk that knows no locks, has none: then it is True.
        """
        if self._file is not None:
            return True
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:  # read-only: nothing will be written, so two may read
            return True
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):  # POSIX, Windows
            os.close(file)
            return False
        except OSError:
            os.close(file)
            return True
        if self._is_passing and not self._is_still(file):
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Gives the lock back; doing so again does nothing."""
        if self._file is None:
            return
        if self._is_passing and sys.platform != "win32":  # which takes away no open file
            self._path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = None

    def _is_still(self, file: int) -> bool:
        """Whether the file is the one at the path: its last holder may have taken it away."""
        try:
            return os.path.samestat(os.fstat(file), self._path.stat())
        except OSError:
            return False


if sys.platform == "win32":

    def _lock(file: int) -> None:
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: int) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
