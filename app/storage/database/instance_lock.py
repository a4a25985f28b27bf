"""One Facet for one data folder: a lock the system drops when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REQUEST = "raise.request"
"""The file by which a second start asks the first to come forward."""


class InstanceLock:
    """The lock of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "facet.lock"
        self._file: int | None = None

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
        self._file = file
        return True

    def release(self) -> None:
        """Gives the lock back; doing so again does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def ask_to_raise(folder: Path) -> None:
    """Leaves the request for the Facet that runs on this folder."""
    (folder / REQUEST).touch(mode=0o600)


if sys.platform == "win32":

    def _lock(file: int) -> None:
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: int) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
