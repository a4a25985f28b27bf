from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageIOHandler, QImageWriter

from app.core.conversations.attachment import Attachment
from app.ui.widgets.picture_dialog import PictureDialog
from tests.ui.transcript.sections.test_thumbnails import png

FILE = Attachment("ab" * 32, "cat.png", "image/png", 10, 2000, 1000)


def shown(theme, qtbot, data):
    dialog = PictureDialog(FILE, data, theme)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_large_picture_is_fitted_or_at_its_own_size(theme, qtbot):
    dialog = shown(theme, qtbot, png(2000, 1000))
    assert dialog.label.width() <= dialog.area.viewport().width()
    dialog.size_button.setChecked(True)
    assert (dialog.label.width(), dialog.label.height()) == (2000, 1000)


def test_a_large_picture_is_made_beside_the_window_in_the_size_it_is_shown_in(theme, qtbot):
    put_off = []
    dialog = PictureDialog(FILE, png(2000, 1000), theme, later=lambda *both: put_off.append(both))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog._timer.isActive(), timeout=4000)
    assert dialog.label.pixmap().isNull()
    assert dialog.label.text() == "Opening…"
    for read, done in put_off:
        done(read())
    room = dialog.area.viewport().size()
    assert dialog.label.pixmap().width() == room.width()
    dialog.size_button.setChecked(True)
    read, done = put_off[-1]
    done(read())
    assert dialog.label.pixmap().size().toTuple() == (2000, 1000)


def test_an_older_size_that_comes_late_is_not_shown(theme, qtbot):
    put_off = []
    dialog = PictureDialog(FILE, png(2000, 1000), theme, later=lambda *both: put_off.append(both))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.size_button.setChecked(True)
    (small, done_small), (large, done_large) = put_off[0], put_off[-1]
    done_large(large())
    done_small(small())
    assert dialog.label.pixmap().size().toTuple() == (2000, 1000)


def test_a_picture_on_its_side_stands_up(theme, qtbot):
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpg")
    writer.setTransformation(QImageIOHandler.Transformation.TransformationRotate90)
    writer.write(image)
    dialog = shown(theme, qtbot, bytes(buffer.data().data()))
    assert dialog.label.pixmap().size().toTuple() == (100, 300)
    assert "100 × 300" in dialog.facts.text()


def test_a_small_picture_is_not_blown_up(theme, qtbot):
    assert shown(theme, qtbot, png(40, 20)).label.width() == 40


def test_a_very_long_thin_picture_is_seen(theme, qtbot):
    dialog = shown(theme, qtbot, png(9000, 2))
    assert dialog.label.pixmap().height() == 1
    assert 100 < dialog.label.pixmap().width() <= dialog.area.viewport().width()


def test_it_is_saved_as_it_was_sent(theme, qtbot, tmp_path):
    data = png(40, 20)
    dialog = shown(theme, qtbot, data)
    dialog.save(tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes() == data
    dialog.save(tmp_path / "no such folder" / "out.png")
    assert "could not be written" in dialog.label.text()


def test_what_cannot_be_decoded_says_so(theme, qtbot):
    dialog = shown(theme, qtbot, b"no picture")
    assert dialog.label.pixmap().isNull()
    assert dialog.facts.text() == "This picture cannot be shown."
