"""The small pictures of a transcript, made one by one when they are first seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImageIOHandler, QImageReader, QPixmap

from app.core.errors import StorageError

_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SMOOTH = Qt.TransformationMode.SmoothTransformation
KEPT = 60
"""Pictures held at a time."""

LARGE = 1_500_000
"""Pixels from which on a picture is decoded beside the window."""

Later = Callable[[bytes, tuple[int, int], Callable[[bytes | None], None]], None]
"""Makes a picture smaller in a thread and gives its bytes to a function."""


class Pictures(QObject):
    """Pixmaps by hash and size. `ready` says that one more can be drawn.

    `source` gives the bytes of a hash; what cannot be read or decoded stays an empty pixmap.
    `later` makes large pictures smaller in a thread; without it they are decoded here.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Callable[[str], bytes] | None = None
        self.later: Later | None = None
        screen = QGuiApplication.primaryScreen()
        self.ratio = screen.devicePixelRatio() if screen else 1.0
        """Pixels of the screen for one of the window."""
        self._coming: set[tuple[str, int, int]] = set()
        self._made: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()
        self._wanted: list[tuple[str, int, int]] = []

    def pixmap(self, sha256: str, width: int, height: int) -> QPixmap | None:
        """The picture in this size, None while it is not made yet."""
        key = (sha256, width, height)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        if self.source is not None and key not in self._wanted and key not in self._coming:
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
        room = QSize(width, height) * self.ratio
        size = large_size(data, room) if self.later is not None else None
        if size is None or self.later is None:
            self._keep(key, scaled(data, room))
        else:
            self._coming.add(key)
            self.later(data, size, lambda small: self._on_made(key, small))
        if self._wanted:
            QTimer.singleShot(0, self._make)

    def _on_made(self, key: tuple[str, int, int], small: bytes | None) -> None:
        self._coming.discard(key)
        self._keep(key, scaled(small or b"", QSize(key[1], key[2]) * self.ratio))

    def _keep(self, key: tuple[str, int, int], pixmap: QPixmap) -> None:
        pixmap.setDevicePixelRatio(self.ratio)
        self._made[key] = pixmap
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        self.ready.emit()


def large_size(data: bytes, room: QSize) -> tuple[int, int] | None:
    """The size in which a large picture fits a room, None for one that is quickly decoded."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    real = reader.size()
    if not real.isValid() or real.width() * real.height() < LARGE:
        return None
    if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
        real = real.transposed()
    fitted = real.scaled(room, _KEEP)
    return max(1, fitted.width()), max(1, fitted.height())


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
