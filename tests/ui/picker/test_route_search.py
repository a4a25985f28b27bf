"""The picker's search field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.ui.picker.route_search import RouteSearch


@pytest.fixture
def search(qtbot, theme):
    made = RouteSearch(theme)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("key", "steps"),
    [
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Up, -1),
        (Qt.Key.Key_PageDown, 8),
        (Qt.Key.Key_PageUp, -8),
    ],
)
def test_arrows_move_in_the_list(qtbot, search, key, steps):
    with qtbot.waitSignal(search.stepped) as stepped:
        qtbot.keyClick(search, key)
    assert stepped.args == [steps]


def test_enter_escape_and_pin_have_their_keys_and_letters_stay(qtbot, search):
    with qtbot.waitSignal(search.accepted):
        qtbot.keyClick(search, Qt.Key.Key_Return)
    with qtbot.waitSignal(search.left):
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    with qtbot.waitSignal(search.pinned):
        qtbot.keyClick(search, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(search, "gemma p")
    assert search.text() == "gemma p"


def test_the_focus_shows(search):
    focused = search.grab().toImage()
    search.clearFocus()
    assert search.grab().toImage() != focused


def test_enter_that_ends_a_composition_chooses_nothing(qtbot, search):
    QApplication.sendEvent(search, QInputMethodEvent("かな", []))
    with qtbot.assertNotEmitted(search.accepted):
        qtbot.keyClick(search, Qt.Key.Key_Return)
