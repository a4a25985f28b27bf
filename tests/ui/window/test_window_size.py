import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

import app.ui
from app.ui.window.main_window import MainWindow
from app.ui.window.window_size import FittedDialog, grown, moved_inside


@pytest.mark.parametrize(
    ("zoom", "expected"), [(0.5, (200, 100)), (1, (200, 100)), (1.5, (300, 150))]
)
def test_it_grows_with_the_text(qtbot, theme, zoom, expected):
    widget = QWidget()
    qtbot.addWidget(widget)
    theme.zoom(zoom)
    assert grown(widget, theme, 200, 100).toTuple() == expected


def test_it_stays_on_the_screen(qtbot, theme):
    widget = QWidget()
    qtbot.addWidget(widget)
    room = widget.screen().availableSize()
    theme.zoom(3)
    found = grown(widget, theme, room.width(), room.height())
    assert found.width() == room.width()
    assert found.height() < room.height()


def _big(least=None):
    window = FittedDialog()
    window.field = QLabel("x", window)
    QVBoxLayout(window).addWidget(window.field)
    if least:
        window.field.setMinimumSize(*least)
    return window


@pytest.mark.parametrize("least", [None, (2000, 100), (100, 2000)])
@pytest.mark.parametrize("size", [(5000, 300), (300, 5000), (5000, 5000)])
def test_a_window_opens_inside_its_screen(qtbot, size, least):
    window = _big(least)
    qtbot.addWidget(window)
    window.resize(*size)
    window.move(700, 700)
    window.show()
    area = window.screen().availableGeometry()
    assert area.contains(window.geometry())
    QTest.qWait(0)
    assert area.contains(window.geometry())


def test_a_window_that_fits_opens_as_it_is(qtbot):
    window = _big()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.move(40, 50)
    window.show()
    assert window.pos().toTuple() == (40, 50)
    assert window.size().toTuple() == (300, 200)


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        ((0, 0, 50, 50), (100, 100)),
        ((280, 280, 50, 50), (250, 250)),
        ((120, 130, 50, 50), (120, 130)),
        ((-500, 900, 400, 400), (100, 100)),
    ],
)
def test_a_frame_moves_into_the_work_area_with_its_head_in_view(frame, place):
    assert moved_inside(QRect(*frame), QRect(100, 100, 200, 200)).toTuple() == place


@pytest.mark.parametrize("kept", ["", "geometry of a larger screen"])
def test_the_first_window_is_no_larger_than_its_screen(qtbot, theme, kept):
    """Where the system scales by 150 %, 1600 × 1000 pixels have room for 1067 × 667."""
    large = QWidget()
    qtbot.addWidget(large)
    large.resize(1900, 1400)
    geometry = base64.b64encode(large.saveGeometry().data()).decode() if kept else ""
    values = {"window.geometry": geometry}
    window = MainWindow(theme, lambda key: values.get(key, 0))
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() < room.height()
    assert window.minimumWidth() <= room.width()


def test_every_dialog_sees_to_it():
    folder = Path(app.ui.__file__).parent
    sources = {path.name: path.read_text() for path in folder.rglob("*.py")}
    assert sum("(FittedDialog):" in text for text in sources.values()) > 8
    plain = [name for name, text in sources.items() if "(QDialog):" in text]
    assert plain == ["window_size.py"]
