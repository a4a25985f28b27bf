"""One Facet for one data folder, and how a second start asks the first to come forward."""

from __future__ import annotations

from pathlib import Path

from app.storage.database.file_lock import FileLock

REQUEST = "raise.request"
"""The file by which a second start asks the first to come forward."""


class InstanceLock(FileLock):
    """The lock of a data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "facet.lock")


def ask_to_raise(folder: Path) -> None:
    """Leaves the request for the Facet that runs on this folder."""
    (folder / REQUEST).touch(mode=0o600)
