"""The scroll bar of a transcript: what it shows, and that it moves the view."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt

from app.ui.stylesheet import style_sheet
from app.ui.transcript.scrolling.scroll_bar import ScrollBar


@pytest.fixture
def scroll_bar(qtbot, theme):
    made = ScrollBar(theme)
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(theme.colours, 1.0))
    made.resize(12, 300)
    made.setPageStep(100)
    with qtbot.waitExposed(made):
        made.show()
    return made


def rows(scroll_bar, colour):
    """The heights at which a colour stands in the middle of the bar."""
    image = scroll_bar.grab().toImage()
    return [y for y in range(image.height()) if image.pixelColor(6, y) == colour]


def test_there_is_no_thumb_where_everything_is_in_view(scroll_bar, theme):
    scroll_bar.setRange(0, 0)
    assert rows(scroll_bar, theme.colour("background")) == list(range(300))


def test_the_thumb_stands_where_the_view_is(scroll_bar, theme):
    scroll_bar.setRange(0, 200)
    top = rows(scroll_bar, theme.colour("scroll"))
    assert (top[0], len(top)) == (pytest.approx(2, abs=1), pytest.approx(96, abs=2))
    scroll_bar.setValue(200)
    assert rows(scroll_bar, theme.colour("scroll"))[-1] == pytest.approx(297, abs=1)


def test_the_thumb_is_dragged(scroll_bar, qtbot):
    scroll_bar.setRange(0, 200)
    qtbot.mousePress(scroll_bar, Qt.MouseButton.LeftButton, pos=QPoint(6, 50))
    qtbot.mouseMove(scroll_bar, QPoint(6, 150))
    qtbot.mouseRelease(scroll_bar, Qt.MouseButton.LeftButton, pos=QPoint(6, 150))
    assert scroll_bar.value() == pytest.approx(100, abs=3)


def test_ticks_stand_at_their_places_above_the_thumb(scroll_bar, theme):
    scroll_bar.setRange(0, 200)
    scroll_bar.set_markers([0.0, 0.5, 1.0])
    found = rows(scroll_bar, theme.colour("found_now"))
    assert found == [0, 1, 149, 150, 298, 299]
    scroll_bar.set_markers([])
    assert not rows(scroll_bar, theme.colour("found_now"))


def test_it_takes_the_themes_colours(scroll_bar, theme):
    scroll_bar.setRange(0, 200)
    theme.choose("dark")
    assert rows(scroll_bar, theme.colour("scroll"))


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
    for widget in (view, view.scroll_bar):
        widget.installEventFilter(watch)
    view.scroll_bar.repaint()
    assert painted == [view.scroll_bar]
