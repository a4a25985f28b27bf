"""Writes files whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.core.errors import TransferError
from app.core.identity import new_id


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes bytes, or a text as UTF-8; raises TransferError, and then what was there
    before still is.

    What is no plain file (a pipe, a link) is written to as it stands.
    """
    is_plain = not path.is_symlink() and (path.is_file() or not path.exists())
    growing = path.with_name(f".facet-{new_id()}.new") if is_plain else path
    try:
        if isinstance(content, bytes):
            growing.write_bytes(content)
        else:
            growing.write_text(content, encoding="utf-8", newline="")
        if is_plain:
            growing.replace(path)
    except OSError as error:
        if is_plain:
            growing.unlink(missing_ok=True)
        raise TransferError(
            f"{path.name} could not be written: {error.strerror}.", "Choose another folder."
        ) from error


def write_with(path: Path, text: str, folder: Path, files: Mapping[Path, bytes]) -> None:
    """Writes a text and the files it names, which lie in `folder`; raises TransferError, and then
    nothing new stays."""
    made: list[Path] = []
    had_folder = folder.exists()
    try:
        if files:
            _make(folder)
        for file, data in files.items():
            if not file.exists():
                made.append(file)
                write_whole(file, data)
        write_whole(path, text)
    except TransferError:
        with suppress(OSError):
            for file in made:
                file.unlink(missing_ok=True)
            if files and not had_folder:
                folder.rmdir()
        raise


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise TransferError(
            f"{folder.name} could not be made: {error.strerror}.", "Choose another folder."
        ) from error
