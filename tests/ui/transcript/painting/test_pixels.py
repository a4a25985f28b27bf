"""Lines on whole pixels."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.transcript.painting.pixels import Pixels


@pytest.mark.parametrize(
    ("ratio", "thick"), [(1, 1), (1.25, 1), (1.5, 1), (1.75, 2), (2, 2), (3, 3)]
)
def test_every_line_is_as_thick_and_clear(ratio, thick):
    image = QImage(round(400 * ratio), round(20 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.translate(7, 3)
    pixels = Pixels(painter)
    for x in range(0, 370, 37):
        painter.fillRect(QRectF(pixels.x(x), 0, pixels.line, 10), QColor("black"))
    painter.end()
    y = round(8 * ratio)
    row = [image.pixelColor(x, y).lightness() for x in range(image.width())]
    assert set(row) == {0, 255}
    assert row.count(0) == 10 * thick


def test_places_are_the_nearest_edges_of_pixels():
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.5)
    painter = QPainter(image)
    pixels = Pixels(painter)
    assert [pixels.x(x) * 1.5 for x in (0, 1, 2, 3)] == pytest.approx([0, 2, 3, 5])
    assert pixels.y(3) * 1.5 == pytest.approx(5)
    painter.end()
