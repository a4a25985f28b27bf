import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from app.ui.sidebar.search_field import SearchField

KEY = Qt.Key


@pytest.fixture
def field(theme, qtbot):
    made = SearchField(theme, "Ctrl K")
    qtbot.addWidget(made)
    made.resize(240, 37)
    made.show()
    return made


def test_the_badge_gives_way_to_a_button_that_clears(field, qtbot):
    assert field._badge.isVisible()
    assert not field._clear.isVisible()
    QTest.keyClicks(field, "tide")
    assert not field._badge.isVisible()
    with qtbot.waitSignal(field.left):
        qtbot.mouseClick(field._clear, Qt.MouseButton.LeftButton)
    assert field.text() == ""


@pytest.mark.parametrize(
    ("key", "step"),
    [(KEY.Key_Down, 1), (KEY.Key_Up, -1), (KEY.Key_PageDown, 8), (KEY.Key_PageUp, -8)],
)
def test_arrows_walk_the_results(field, qtbot, key, step):
    with qtbot.waitSignal(field.moved) as said:
        QTest.keyClick(field, key)
    assert said.args == [step]


def test_escape_leaves(field, qtbot):
    QTest.keyClicks(field, "tide")
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, KEY.Key_Escape)
    assert field.text() == ""


def test_it_grows_with_the_text(field, theme):
    theme.zoom(2.0)
    assert field.height() == 74
    assert field._badge.geometry().right() <= field.width()


@pytest.mark.parametrize("zoom", [0.5, 0.67, 1, 2, 3])
def test_its_words_are_never_cut(field, theme, zoom):
    theme.zoom(zoom)
    assert field.height() >= QFontMetrics(theme.font()).height() + 14
