"""Where the sockets of children lie: a folder for the user alone, with a short path."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

from app.core.errors import ProviderError

LONGEST = 104
"""Bytes of a socket's path with its closing zero, on the strictest system (macOS; Linux: 108)."""


def socket_folder(profile: Path) -> Path:
    """The folder of sockets for a profile, told by one of its own folders; made when missing.

    Two profiles have two folders. Raises ProviderError where none can be had that is the user's
    alone, or where paths in it would be too long.
    """
    name = blake2b(str(profile).encode(errors="surrogateescape"), digest_size=6).hexdigest()
    folder = _runtime() / f"facet-{name}"
    try:
        folder.mkdir(mode=0o700, parents=False, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise ProviderError(
            f"The folder {folder} cannot be used: {error.strerror}.",
            "The model on this computer needs it for its socket: make its parent writable, or set "
            "XDG_RUNTIME_DIR to a folder of yours.",
        ) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise ProviderError(
            f"{folder} belongs to somebody else.",
            "Remove it, or set XDG_RUNTIME_DIR to a folder of yours.",
        )
    if found.st_mode & 0o077:
        folder.chmod(0o700)
    longest = len(os.fsencode(folder)) + len("/0123456789abcdef.sock") + 1
    if longest > LONGEST:
        raise ProviderError(
            f"The path {folder} is too long for a socket ({longest} bytes; {LONGEST} are allowed).",
            "Set XDG_RUNTIME_DIR to a folder with a shorter path and start Facet again.",
        )
    return folder


def _runtime() -> Path:
    """The system's folder for such things; the temporary one where the system names none."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if named and sys.platform != "darwin" and os.path.isabs(named):
        return Path(named)
    return Path(tempfile.gettempdir())
