from app.core.attachment import Attachment
from app.ui.picture_dialog import PictureDialog
from tests.ui.transcript.test_pictures import png

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


def test_a_small_picture_is_not_blown_up(theme, qtbot):
    assert shown(theme, qtbot, png(40, 20)).label.width() == 40


def test_it_is_saved_as_it_was_sent(theme, qtbot, tmp_path):
    data = png(40, 20)
    dialog = shown(theme, qtbot, data)
    dialog.save(tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes() == data
    dialog.save(tmp_path / "no such folder" / "out.png")
    assert "could not be written" in dialog.label.text()


def test_what_cannot_be_decoded_says_so(theme, qtbot):
    dialog = shown(theme, qtbot, b"no picture")
    assert dialog.pixmap.isNull()
    assert dialog.label.pixmap().isNull()
