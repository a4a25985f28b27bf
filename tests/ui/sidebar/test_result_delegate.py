from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListView

from app.ui.sidebar.result_delegate import ResultDelegate, _from_first_mark, _utf16
from app.ui.sidebar.result_list_model import Result, ResultListModel

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
LONG = "once upon a time there was a very long way to the salt wind\nand back"
PLACE = LONG.index("salt")


@pytest.fixture
def view(theme, qtbot):
    made = QListView()
    made.kept = ResultListModel()
    made.kept.set_results(
        [
            Result("a", "Haiku", NOW),
            Result("a", "Haiku", NOW, "m", "😀 salt wind", ((2, 6),)),
        ]
    )
    made.setModel(made.kept)
    made.setItemDelegate(ResultDelegate(theme, made))
    qtbot.addWidget(made)
    made.resize(264, 200)
    made.show()
    return made


def test_a_message_takes_two_lines_and_a_title_one(view):
    assert view.visualRect(view.kept.index(0)).height() == 36
    assert view.visualRect(view.kept.index(1)).height() == 56


def test_the_words_are_marked(view, theme):
    picture = view.viewport().grab().toImage()
    rect = view.visualRect(view.kept.index(1))
    colours = {
        QColor(picture.pixel(x, y)).name()
        for x in range(20, 120)
        for y in range(rect.top() + 30, rect.bottom() - 4)
    }
    assert theme.colours.selection in colours
    theme.choose("dark")
    assert view.viewport().grab().toImage() != picture


def test_a_long_snippet_begins_near_what_was_found():
    text, ((start, end),) = _from_first_mark(
        Result("a", "A", NOW, "m", LONG, ((PLACE, PLACE + 4),))
    )
    assert text.startswith("…")
    assert text[start:end] == "salt"
    assert "\n" not in text
    assert start < 24


def test_a_short_one_stays_whole():
    assert _from_first_mark(Result("a", "A", NOW, "m", "salt", ((0, 4),))) == ("salt", [(0, 4)])


def test_places_are_counted_as_qt_counts_them():
    assert _utf16("😀a", 1) == 2
    assert _utf16("ab", 1) == 1
