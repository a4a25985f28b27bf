"""Makes a large picture smaller before it is sent; runs in a thread, never in the window's own."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageReader, QImageWriter, QPainter

from app.core.models.picture_limits import HEAVY

QUALITY = 85
"""Of JPEG, 0 to 100."""

FEW = 1024
"""Colours up to which a picture counts as drawn, not photographed, and stays PNG."""

_SAMPLE = 128


def shrunk(data: bytes, size: tuple[int, int] | None) -> bytes | None:
    """The picture in this size in px (None: its own), upright, as PNG or JPEG.

    None when it cannot be read or would not get smaller.
    """
    image = _read(data, size)
    if image.isNull():
        return None
    kind = "PNG" if _has_few_colours(image) else "JPG"
    packed = _packed(image, kind)
    if kind == "PNG" and len(packed) > HEAVY:
        packed = _packed(image, "JPG")
    return packed if packed and (size is not None or len(packed) < len(data)) else None


def _read(data: bytes, size: tuple[int, int] | None) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if size is not None:
        # Scaled while it is read: so no other thread waits, and a JPEG is decoded much faster.
        turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        reader.setScaledSize(QSize(*size).transposed() if turned else QSize(*size))
    return reader.read()


def _has_few_colours(image: QImage) -> bool:
    """Whether a picture is drawn: a screen, a chart, a page; told from a sample of its pixels."""
    small = image.scaled(_SAMPLE, _SAMPLE).convertToFormat(QImage.Format.Format_ARGB32)
    pixels = memoryview(small.constBits()).cast("B").cast("I")
    return len(set(pixels)) <= FEW


def _packed(image: QImage, kind: str) -> bytes:
    if kind == "JPG" and image.hasAlphaChannel():
        ground = QImage(image.size(), QImage.Format.Format_RGB32)
        ground.fill(QColor("white"))
        with QPainter(ground) as painter:
            painter.drawImage(0, 0, image)
        image = ground
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    if kind == "JPG":
        writer.setQuality(QUALITY)
    return bytes(buffer.data().data()) if writer.write(image) else b""
