"""The empty state's cards."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.conversation.empty_state import EmptyState

CARDS = [
    ("Ask Practice", "No key, no network.", "sparkles", "practice.ask"),
    ("Connect a provider", "With a key of yours.", "plug", "application.providers"),
    ("Bring your history", "From other programs.", "history", "conversation.import"),
]


@pytest.fixture
def state(qtbot, theme):
    made = EmptyState(theme)
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.set_cards(CARDS)
    made.show()
    return made


def test_a_click_says_which_command(state, qtbot):
    button = state._cards[1][0]
    with qtbot.waitSignal(state.chosen) as caught:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert caught.args == ["application.providers", ""]


def test_the_keyboard_can_choose(state, qtbot):
    button = state._cards[2][0]
    with qtbot.waitSignal(state.chosen) as caught:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert caught.args == ["conversation.import", ""]


def test_cards_have_names_and_stand_side_by_side_or_below(state):
    buttons = [button for button, _ in state._cards]
    assert [button.accessibleName() for button in buttons] == [card[0] for card in CARDS]
    assert len({button.y() for button in buttons}) == 1
    state.resize(400, 700)
    assert len({button.y() for button in buttons}) == 3
    assert len({button.x() for button in buttons}) == 1


def test_new_cards_replace_the_old(state):
    state.set_cards(CARDS[:1])
    assert len(state._cards) == 1
    state.set_cards([])
    assert not state.has_cards


def test_it_is_drawn_with_focus_and_without(state, qtbot):
    state.activateWindow()
    plain = state.grab().toImage()
    button = state._cards[1][0]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert state.grab().toImage() != plain


@pytest.mark.parametrize(
    ("width", "height", "zoom"),
    [(800, 500, 1), (450, 300, 1), (450, 340, 2), (900, 600, 2), (260, 420, 1), (1200, 900, 3)],
)
def test_every_card_can_be_reached_and_holds_its_title(state, theme, width, height, zoom):
    theme.zoom(zoom)
    state.resize(width, height)
    buttons = [button for button, _ in state._cards]
    for button in buttons:
        assert state.rect().contains(button.geometry())
        assert button.height() >= button.wanted_height(button.width())
    for upper, lower in pairwise(buttons):
        assert not upper.geometry().intersects(lower.geometry())
