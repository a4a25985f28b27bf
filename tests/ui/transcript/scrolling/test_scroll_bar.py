"""The scroll bar of a transcript: what it shows, and that it moves the view."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt

from app.ui.stylesheet import style_sheet
from app.ui.transcript.scrolling.scroll_bar import Rail


@pytest.fixture
def rail(qtbot, theme):
    made = Rail(theme)
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(theme.colours, 1.0))
    made.resize(12, 300)
    made.setPageStep(100)
    with qtbot.waitExposed(made):
        made.show()
    return made


def rows(rail, colour):
    """The heights at which a colour stands in the middle of the bar."""
    image = rail.grab().toImage()
    return [y for y in range(image.height()) if image.pixelColor(6, y) == colour]


def test_there_is_no_thumb_where_everything_is_in_view(rail, theme):
    rail.setRange(0, 0)
    assert rows(rail, theme.colour("background")) == list(range(300))


def test_the_thumb_stands_where_the_view_is(rail, theme):
    rail.setRange(0, 200)
    top = rows(rail, theme.colour("scroll"))
    assert (top[0], len(top)) == (pytest.approx(2, abs=1), pytest.approx(96, abs=2))
    rail.setValue(200)
    assert rows(rail, theme.colour("scroll"))[-1] == pytest.approx(297, abs=1)


def test_the_thumb_is_dragged(rail, qtbot):
    rail.setRange(0, 200)
    qtbot.mousePress(rail, Qt.MouseButton.LeftButton, pos=QPoint(6, 50))
    qtbot.mouseMove(rail, QPoint(6, 150))
    qtbot.mouseRelease(rail, Qt.MouseButton.LeftButton, pos=QPoint(6, 150))
    assert rail.value() == pytest.approx(100, abs=3)


def test_ticks_stand_at_their_places_above_the_thumb(rail, theme):
    rail.setRange(0, 200)
    rail.set_ticks([0.0, 0.5, 1.0])
    found = rows(rail, theme.colour("found_now"))
    assert found == [0, 1, 149, 150, 298, 299]
    rail.set_ticks([])
    assert not rows(rail, theme.colour("found_now"))


def test_it_takes_the_themes_colours(rail, theme):
    rail.setRange(0, 200)
    theme.choose("dark")
    assert rows(rail, theme.colour("scroll"))


def test_a_style_sheet_does_not_make_the_window_below_it_be_drawn(view, qtbot, theme):
    """What stands below the bar is asked to paint only where the bar is not opaque."""
    view.setStyleSheet(style_sheet(theme.colours, 1.0))
    with qtbot.waitExposed(view):
        view.show()
    view.grab()
    painted = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Paint:
                painted.append(watched)
            return False

    watch = Watch()
    for widget in (view, view.rail):
        widget.installEventFilter(watch)
    view.rail.repaint()
    assert painted == [view.rail]
