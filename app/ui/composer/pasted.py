"""What a paste or a drop brings: text, pictures or files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from app.ui.composer.pasted_html import words_of

LONG_TEXT = 200_000
"""Characters from which a pasted text goes along as a file."""

LONG_LINE = 10_000
"""Characters of one line from which it does: a text field stutters on longer ones."""


def has_files(data: QMimeData) -> bool:
    """Whether files or a picture can be taken out of it, cheaply."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def files_of(data: QMimeData) -> list[Path | bytes]:
    """Its files as paths, or its picture as PNG; empty when it is text.

    Text wins over a picture of the same text (spreadsheets offer both).
    """
    paths: list[Path | bytes] = [
        Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()
    ]
    if paths:
        return paths
    if data.hasImage() and not text_of(data).strip():
        picture = data.imageData()
        if isinstance(picture, QImage) and not picture.isNull():
            return [_png(picture)]
    return []


def text_of(data: QMimeData) -> str:
    """Its text; where it comes as HTML alone, the words of that."""
    if data.hasText() or not data.hasHtml():
        return data.text()
    return words_of(data.html())


def is_too_long(text: str) -> bool:
    """Whether a text would make the field slow and goes along as a file instead."""
    if len(text) < LONG_LINE:
        return False
    return len(text) > LONG_TEXT or max(map(len, text.split("\n"))) > LONG_LINE


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
