"""Where Facet keeps things: settings, data, cache and logs, or all of them under one profile."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import StorageError


@dataclass(frozen=True, slots=True)
class Folders:
    """Four folders, each for the user alone."""

    config: Path
    data: Path
    cache: Path
    logs: Path

    @property
    def database(self) -> Path:
        """The file of conversations."""
        return self.data / "facet.db"

    @property
    def attachments(self) -> Path:
        """The folder of large attachments."""
        return self.data / "attachments"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.json"


def folders(profile: Path | None = None) -> Folders:
    """The folders of a profile, or the platform's own; made when missing.

    Raises StorageError when there can be no data folder. Another that cannot be made (the disk is
    full or read-only) is left missing: whoever writes there says so.
    """
    if profile is not None:
        root = profile.expanduser().absolute()
        found = Folders(root / "config", root / "data", root / "cache", root / "logs")
    else:
        from platformdirs import PlatformDirs

        places = PlatformDirs("facet", appauthor=False, roaming=False)
        found = Folders(
            places.user_config_path,
            places.user_data_path,
            places.user_cache_path,
            places.user_log_path,
        )
    for folder in (found.data, found.config, found.cache, found.logs):
        try:
            _make(folder)
        except OSError as error:
            if folder.is_dir() or folder != found.data:
                continue
            raise StorageError(
                f"The folder {folder} cannot be made: {error.strerror}.",
                "Make its parent writable, or start Facet with --profile and another folder.",
            ) from error
    return found


def _make(folder: Path) -> None:
    """Makes a folder for the user alone. Its parents, which may be anyone's, keep their rights."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
