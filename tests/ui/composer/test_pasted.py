"""What a paste brings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from app.ui.composer.pasted import files_of, has_files, is_too_long


def picture():
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    return image


def test_files_come_as_paths(qapp, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.png")), QUrl("https://x.test/y")])
    assert has_files(data)
    assert files_of(data) == [Path(tmp_path / "a b.png")]


def test_a_picture_comes_as_png(qapp):
    data = QMimeData()
    data.setImageData(picture())
    assert has_files(data)
    (png,) = files_of(data)
    assert png.startswith(b"\x89PNG")
    assert QImage.fromData(png).size() == picture().size()


def test_text_wins_over_a_picture_of_it(qapp):
    data = QMimeData()
    data.setImageData(picture())
    data.setText("1\t2")
    assert files_of(data) == []


def test_a_broken_picture_is_none(qapp):
    data = QMimeData()
    data.setImageData(QImage())
    assert files_of(data) == []
    assert not has_files(QMimeData())


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        ("short", False),
        ("line\n" * 30_000, False),
        ("line\n" * 60_000, True),
        ("x" * 10_001, True),
        ("x" * 9_999, False),
    ],
)
def test_only_texts_that_would_make_the_field_slow_are_too_long(text, is_long):
    assert is_too_long(text) is is_long
