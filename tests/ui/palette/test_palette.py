from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow

from app.commands.command import Command
from app.commands.registry import Registry
from app.core.conversations.conversation import ConversationSummary
from app.ui.palette.palette import Palette
from app.ui.sidebar.result_list_model import Result

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CHATS = [ConversationSummary(f"c{n}", f"Chat number {n}", NOW) for n in range(30)]
KEY = Qt.Key


@pytest.fixture
def palette(qtbot, theme):
    registry = Registry([Command("view.dark", "Dark colours", ("Ctrl+D",), "View", "Dark.")])
    registry.bind("view.dark", lambda: None)
    window = QMainWindow()
    qtbot.addWidget(window)
    field = QLineEdit()
    window.setCentralWidget(field)
    window.resize(900, 700)
    window.show()
    field.setFocus()
    made = Palette(theme, registry, window)
    made.open_palette(CHATS)
    made.kept = window
    return made


def _titles(palette):
    return [palette.model.index(row).data() for row in range(palette.model.rowCount())]


def test_it_takes_the_keyboard_and_gives_it_back(palette):
    assert palette.field.hasFocus()
    QTest.keyClick(palette.field, KEY.Key_Escape)
    assert not palette.isVisible()
    assert palette.window().centralWidget().hasFocus()


def test_enter_opens_the_first_offer(palette, qtbot):
    QTest.keyClicks(palette.field, "number 7")
    with qtbot.waitSignal(palette.opened) as said:
        QTest.keyClick(palette.field, KEY.Key_Return)
    assert said.args == ["c7", "", ""]
    assert not palette.isVisible()


def test_a_command_is_chosen_by_its_name(palette, qtbot):
    QTest.keyClicks(palette.field, "dark")
    with qtbot.waitSignal(palette.chosen) as said:
        QTest.keyClick(palette.field, KEY.Key_Return)
    assert said.args == ["view.dark"]


def test_arrows_walk_the_offers_round(palette):
    field, listing = palette.field, palette.list
    QTest.keyClick(field, KEY.Key_Down)
    assert listing.currentIndex().row() == 1
    QTest.keyClick(field, KEY.Key_Up)
    QTest.keyClick(field, KEY.Key_Up)
    assert listing.currentIndex().row() == palette.model.rowCount() - 1
    QTest.keyClick(field, KEY.Key_PageUp)
    assert listing.currentIndex().row() == 0
    QTest.keyClick(field, KEY.Key_PageDown)
    assert listing.currentIndex().row() > 0
    QTest.keyClick(field, KEY.Key_Tab)
    assert field.hasFocus()


def test_a_click_opens_an_offer_and_one_beside_closes(palette, qtbot):
    place = palette.list.visualRect(palette.model.index(2)).center()
    with qtbot.waitSignal(palette.opened) as said:
        qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert said.args == ["c2", "", ""]
    palette.open_palette(CHATS)
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not palette.isVisible()


def test_messages_come_when_they_are_found(palette, qtbot):
    with qtbot.waitSignal(palette.searched) as said:
        QTest.keyClicks(palette.field, "zebra")
    assert said.args == ["zebra"]
    palette.set_hits("zebra", [Result("c3", "Chat 3", NOW, "m9", "a zebra here", ((2, 7),))])
    assert _titles(palette) == ["a zebra here"]
    with qtbot.waitSignal(palette.opened) as said:
        QTest.keyClick(palette.field, KEY.Key_Return)
    assert said.args == ["c3", "m9", "zebra"]


def test_what_was_found_for_another_query_is_dropped(palette):
    QTest.keyClicks(palette.field, "lion")
    palette.set_hits("zebra", [Result("c3", "Chat 3", NOW, "m9", "a zebra here")])
    assert _titles(palette) == []
    QTest.keyClick(palette.field, KEY.Key_Return)
    assert palette.isVisible()


def test_it_covers_the_window_whatever_its_size(palette):
    palette.window().resize(760, 560)
    assert palette.size() == palette.window().size()
    assert palette.rect().contains(palette.card.geometry())


def test_it_is_painted_in_the_colours_of_the_theme(palette, theme):
    light = palette.grab().toImage()
    theme.choose("dark")
    assert palette.grab().toImage() != light


def test_where_nothing_answers_it_says_so_once_the_search_is_over(palette, qtbot):
    with qtbot.waitSignal(palette.searched) as said:
        QTest.keyClicks(palette.field, "zzyzx")
    assert not palette.nothing.isVisible()
    palette.set_hits(said.args[0], [])
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.field, KEY.Key_Backspace)
    assert not palette.nothing.isVisible()
    palette.field.clear()
    assert palette.list.isVisible()
    assert _titles(palette)


def test_enter_does_nothing_that_was_not_named(qtbot, theme):
    """With only a risky command to offer, it is chosen by hand."""
    command = Command("message.retry", "Ask again", (), "M", "Once more.", words="redo regenerate")
    risky = replace(command, is_risky=True)
    registry = Registry([risky])
    registry.bind("message.retry", lambda: None)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    made = Palette(theme, registry, window)
    made.open_palette([])
    QTest.keyClicks(made.field, "regenerat")
    assert _titles(made) == ["Ask again"]
    with qtbot.assertNotEmitted(made.chosen):
        QTest.keyClick(made.field, KEY.Key_Return)
    QTest.keyClick(made.field, KEY.Key_Down)
    with qtbot.waitSignal(made.chosen):
        QTest.keyClick(made.field, KEY.Key_Return)


def test_a_dial_is_led_to(palette, qtbot):
    QTest.keyClicks(palette.field, "same dice")
    with qtbot.waitSignal(palette.led) as said, qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.field, KEY.Key_Return)
    assert said.args == ["dial:seed"]


def test_a_hit_has_its_day_and_its_words_marked(palette, theme):
    QTest.keyClicks(palette.field, "zebra")
    palette.set_hits("zebra", [Result("c3", "Chat 3", NOW, "m9", "a zebra here", ((2, 7),))])
    index = palette.model.index(palette.model.rowCount() - 1)
    marked = palette.list.viewport().grab(palette.list.visualRect(index)).toImage()
    assert palette.list.visualRect(index).height() > theme.px(50)
    palette.set_hits("zebra", [Result("c3", "Chat 3", NOW, "m9", "a zebra here")])
    plain = palette.list.viewport().grab(palette.list.visualRect(index)).toImage()
    assert marked != plain
