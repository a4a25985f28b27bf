"""Small pictures are made once, one by one, and never in the way of drawing."""

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage

from app.core.errors import StorageError
from app.ui.transcript.sections.thumbnails import KEPT, Pictures, scaled


def png(across, down):
    image = QImage(across, down, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


@pytest.fixture
def pictures(qapp):
    made = Pictures()
    made.source = lambda _sha: png(400, 200)
    return made


def test_a_picture_is_there_after_it_was_asked_for(pictures, qtbot):
    with qtbot.waitSignal(pictures.ready):
        assert pictures.pixmap("a", 100, 50) is None
    found = pictures.pixmap("a", 100, 50)
    assert (found.width(), found.height()) == (100, 50)


def test_each_is_made_once(pictures, qtbot):
    asked = []
    pictures.source = lambda sha: asked.append(sha) or png(10, 10)
    with qtbot.waitSignal(pictures.ready):
        pictures.pixmap("a", 10, 10)
        pictures.pixmap("a", 10, 10)
    pictures.pixmap("a", 10, 10)
    assert asked == ["a"]


def test_what_is_gone_or_broken_is_empty(pictures, qtbot):
    def gone(_sha):
        raise StorageError("This attachment is no longer there.")

    pictures.source = gone
    with qtbot.waitSignal(pictures.ready):
        pictures.pixmap("a", 10, 10)
    assert pictures.pixmap("a", 10, 10).isNull()
    assert scaled(b"no picture at all", QSize(10, 10)).isNull()


def test_no_more_are_held_than_a_screen_needs(pictures, qtbot):
    for number in range(KEPT + 5):
        with qtbot.waitSignal(pictures.ready):
            pictures.pixmap(str(number), 10, 5)
    assert pictures.pixmap("0", 10, 5) is None


def test_the_shape_is_kept(qapp):
    found = scaled(png(400, 100), QSize(100, 100))
    assert (found.width(), found.height()) == (100, 25)


def test_a_large_one_is_made_elsewhere_and_asked_for_once(pictures, qtbot):
    asked = []
    pictures.source = lambda _sha: png(3000, 1500)
    pictures.later = lambda data, size, done: asked.append((size, done))
    assert pictures.pixmap("a", 200, 200) is None
    qtbot.waitUntil(lambda: bool(asked))
    assert pictures.pixmap("a", 200, 200) is None
    assert [size for size, _ in asked] == [(200, 100)]
    with qtbot.waitSignal(pictures.ready):
        asked[0][1](png(200, 100))
    found = pictures.pixmap("a", 200, 200)
    assert (found.width(), found.height()) == (200, 100)


def test_a_small_one_is_made_here_and_what_cannot_be_made_is_empty(pictures, qtbot):
    asked = []
    pictures.later = lambda data, size, done: asked.append(done)
    with qtbot.waitSignal(pictures.ready):
        pictures.pixmap("a", 100, 50)
    assert asked == []
    pictures.source = lambda _sha: png(3000, 1500)
    pictures.pixmap("b", 100, 50)
    qtbot.waitUntil(lambda: bool(asked))
    asked[0](None)
    assert pictures.pixmap("b", 100, 50).isNull()


def test_on_a_fine_screen_it_has_more_pixels_in_the_same_place(pictures, qtbot):
    pictures.ratio = 2.0
    with qtbot.waitSignal(pictures.ready):
        pictures.pixmap("a", 100, 50)
    found = pictures.pixmap("a", 100, 50)
    assert (found.width(), found.height()) == (200, 100)
    assert found.deviceIndependentSize().toTuple() == (100, 50)
