"""The small pictures of a transcript, made one by one when they are first seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImageReader, QPixmap

from app.core.errors import StorageError

_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation
KEPT = 60
"""Pictures held at a time."""


class Pictures(QObject):
    """Pixmaps by hash and size. `ready` says that one more can be drawn.

    `source` gives the bytes of a hash; what cannot be read or decoded stays an empty pixmap.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Callable[[str], bytes] | None = None
        self._made: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()
        self._wanted: list[tuple[str, int, int]] = []

    def pixmap(self, sha256: str, width: int, height: int) -> QPixmap | None:
        """The picture in this size, None while it is not made yet."""
        key = (sha256, width, height)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        if self.source is not None and key not in self._wanted:
            if not self._wanted:
                QTimer.singleShot(0, self._make)
            self._wanted.append(key)
        return None

    def _make(self) -> None:
        """Makes the picture asked for last: it is the likeliest to be in view still."""
        if not self._wanted or self.source is None:
            return
        sha256, width, height = key = self._wanted.pop()
        try:
            data = self.source(sha256)
        except StorageError:
            data = b""
        self._made[key] = scaled(data, QSize(width, height))
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        self.ready.emit()
        if self._wanted:
            QTimer.singleShot(0, self._make)


def scaled(data: bytes, size: QSize) -> QPixmap:
    """A picture decoded at about this size, turned as it says; empty when it cannot be decoded."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    real = reader.size()
    if real.isValid() and (real.width() > 2 * size.width() or real.height() > 2 * size.height()):
        reader.setScaledSize(real.scaled(size * 2, _KEEP))
    image = reader.read()
    if image.isNull():
        return QPixmap()
    return QPixmap.fromImage(image.scaled(size, _KEEP, _SMOOTH))
