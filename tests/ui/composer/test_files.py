"""The files that go along."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

from app.core.conversations.attachment import Attachment
from app.ui.composer.files import FileStrip, facts_of, size_text

NOTES = Attachment("b" * 64, "notes.txt", "text/plain", 310)
PHOTO = Attachment("a" * 64, "sea.png", "image/png", 48_213, 40, 30)


def png(width=40, height=30):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xCC2200)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def strip(qtbot, theme):
    made = FileStrip(theme)
    qtbot.addWidget(made)
    made.resize(400, 60)
    return made


def test_files_are_shown_once_and_removed_by_a_click(qtbot, strip):
    strip.add(PHOTO, png())
    strip.add(NOTES, b"")
    strip.add(PHOTO, png())
    assert strip.attachments() == [PHOTO, NOTES]
    assert strip.isVisible()
    with qtbot.waitSignal(strip.changed):
        qtbot.mouseClick(strip.tiles[0].button, Qt.MouseButton.LeftButton)
    assert strip.attachments() == [NOTES]
    qtbot.mouseClick(strip.tiles[0].button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()


def test_a_picture_shows_itself(qtbot, strip):
    strip.add(PHOTO, png())
    middle = strip.tiles[0].grab().toImage().pixelColor(22, 22)
    assert (middle.red(), middle.green(), middle.blue()) == (0xCC, 0x22, 0)


@pytest.mark.parametrize("data", [b"", b"no picture", png()[:60]])
def test_what_cannot_be_read_shows_an_icon(qtbot, strip, data):
    strip.add(PHOTO, data)
    middle = strip.tiles[0].grab().toImage().pixelColor(22, 22)
    assert (middle.red(), middle.green(), middle.blue()) != (0xCC, 0x22, 0)


def test_a_list_replaces_and_keeps_what_is_the_same(strip):
    strip.add(PHOTO, png())
    tile = strip.tiles[0]
    strip.set_attachments([PHOTO])
    assert strip.tiles == [tile]
    strip.set_attachments([NOTES])
    assert strip.attachments() == [NOTES]
    strip.set_attachments([])
    assert not strip.isVisible()


@pytest.mark.parametrize(
    ("size", "text"), [(310, "310 bytes"), (48_213, "48 kB"), (2_400_000, "2.4 MB")]
)
def test_sizes(size, text):
    assert size_text(size) == text


def test_tiles_follow_the_theme(qtbot, theme, strip):
    strip.add(NOTES, b"")
    before = strip.tiles[0].grab().toImage()
    theme.choose("dark")
    assert strip.tiles[0].grab().toImage() != before
    assert strip.tiles[0].minimumSizeHint() == strip.tiles[0].sizeHint()


def file(media_type, size, **more):
    return Attachment("c" * 64, "a file", media_type, size, **more)


@pytest.mark.parametrize(
    ("attachment", "text"),
    [
        (PHOTO, "48 kB"),
        (
            file("image/jpeg", 2_400_000, width=6000, height=4000),
            "2.4 MB · will be sent at 2048 × 1365",
        ),
        (
            file("image/png", 9_000_000, width=2000, height=2000),
            "9.0 MB · will be sent packed smaller",
        ),
        (file("video/mp4", 3_000_000, seconds=75.0), "3.0 MB · 1 min 15 s"),
        (file("application/pdf", 80_000, pages=12), "80 kB · 12 pages"),
        (file("application/pdf", 80_000, pages=1), "80 kB · 1 page"),
    ],
)
def test_what_is_worth_knowing_stands_under_the_name(attachment, text):
    assert facts_of(attachment) == text


def test_another_cap_is_told_in_the_tiles_that_are_there(strip):
    large = file("image/jpeg", 2_400_000, width=6000, height=4000)
    strip.add(large, b"")
    assert strip.tiles[0].facts == "2.4 MB · will be sent at 2048 × 1365"
    strip.set_side(1024)
    assert strip.tiles[0].facts == "2.4 MB · will be sent at 1024 × 683"
    strip.set_side(0)
    assert strip.tiles[0].facts == "2.4 MB"
    strip.set_attachments([])
    strip.add(large, b"")
    assert strip.tiles[0].facts == "2.4 MB"
