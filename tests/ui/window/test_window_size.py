import pytest
from PySide6.QtWidgets import QWidget

from app.ui.window.window_size import grown


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
