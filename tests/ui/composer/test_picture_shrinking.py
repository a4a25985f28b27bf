"""Pictures made smaller: shape, kind of file, and the right way up."""

import random

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from app.storage.files.metadata import without_metadata
from app.storage.files.pictures import picture_size, picture_type
from app.ui.composer.picture_shrinking import shrunk
from tests.storage.files.test_metadata import exif


def packed(image, kind="PNG"):
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(held.data())


def photograph(width, height):
    """Many colours, as a camera sees them."""
    dice = random.Random(1)
    noise = QImage(dice.randbytes(90 * 60 * 4), 90, 60, QImage.Format.Format_RGB32)
    return noise.scaled(width, height)


def drawing(width, height, form=QImage.Format.Format_RGB32):
    image = QImage(width, height, form)
    image.fill(QColor(255, 255, 255, 0))
    painter = QPainter(image)
    painter.fillRect(10, 10, width // 2, height // 2, QColor("#3366cc"))
    painter.end()
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPG", "WEBP"])
def test_a_photograph_becomes_a_jpeg_of_the_size_asked_for(kind):
    made = shrunk(packed(photograph(3000, 2000), kind), (600, 400))
    assert picture_type(made) == "image/jpeg"
    assert picture_size(made) == (600, 400)


def test_a_drawing_stays_png_and_keeps_its_colours():
    made = shrunk(packed(drawing(3000, 2000)), (600, 400))
    assert picture_type(made) == "image/png"
    assert picture_size(made) == (600, 400)
    seen = QImage.fromData(made)
    assert seen.pixelColor(100, 100) == QColor("#3366cc")


def test_what_was_seen_through_gets_a_white_ground_in_a_jpeg():
    image = photograph(1000, 1000).convertToFormat(QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillRect(0, 0, 500, 500, QColor("black"))
    painter.end()
    seen = QImage.fromData(shrunk(packed(image), (100, 100)))
    assert seen.pixelColor(10, 10).lightness() > 240


def test_a_turned_picture_is_sent_upright():
    plain = packed(photograph(900, 600), "JPG")
    body = exif(6)
    turned = plain[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + plain[2:]
    made = shrunk(without_metadata(turned), (400, 600))
    assert picture_size(made) == (400, 600)
    assert b"Exif" not in made


def test_in_its_own_size_it_is_only_taken_when_smaller():
    grain = random.Random(2).randbytes(800 * 800 * 4)
    heavy = packed(QImage(grain, 800, 800, QImage.Format.Format_RGB32))
    made = shrunk(heavy, None)
    assert picture_size(made) == (800, 800)
    assert len(made) < len(heavy)
    assert shrunk(packed(drawing(100, 100)), None) is None


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nno picture", b"RIFF\0\0\0\0WEBP broken"])
def test_what_cannot_be_read_is_left_alone(data):
    assert shrunk(data, (10, 10)) is None
