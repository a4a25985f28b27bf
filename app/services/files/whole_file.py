"""Writes a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import TransferError
from app.core.identity import new_id


def write_whole(path: Path, text: str) -> None:
    """Writes a text as UTF-8; raises TransferError, and then what was there before still is.

    What is no plain file (a pipe, a link) is written to as it stands.
    """
    is_plain = not path.is_symlink() and (path.is_file() or not path.exists())
    growing = path.with_name(f".facet-{new_id()}.new") if is_plain else path
    try:
        growing.write_text(text, encoding="utf-8", newline="")
        if is_plain:
            growing.replace(path)
    except OSError as error:
        if is_plain:
            growing.unlink(missing_ok=True)
        raise TransferError(
            f"{path.name} could not be written: {error.strerror}.", "Choose another folder."
        ) from error
