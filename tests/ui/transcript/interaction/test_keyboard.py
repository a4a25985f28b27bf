"""The keys of the transcript."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.ui.transcript.view import TranscriptView
from tests.ui.transcript.driver import buttons_of, layout_of, left_of


def test_up_and_down_walk_between_messages(view, words):
    view.set_branch(words.many(6), {})
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.focused_message() == "m5"
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.focused_message() == "m4"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.focused_message() == "m5"


@pytest.mark.parametrize(
    ("key", "is_upward"),
    [(Qt.Key.Key_PageUp, True), (Qt.Key.Key_Home, True), (Qt.Key.Key_PageDown, False)],
)
def test_scrolling_keys(view, words, key, is_upward):
    view.set_branch(words.many(30), {})
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    QTest.keyClick(view, key)
    assert (bar.value() < before) is is_upward
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.position.is_at_end()
    assert view.position.is_following


def test_tab_reaches_the_buttons_of_the_message_and_then_leaves(qtbot, theme, words):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    view, line = TranscriptView(theme), QLineEdit()
    layout.addWidget(view)
    layout.addWidget(line)
    window.resize(700, 500)
    view.set_branch([words.question(), words.answer()], {})
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    view.setFocus()
    view.focus_message(1)
    stops = buttons_of(view, 1)
    assert stops == ["message.details", "message.copy", "message.retry", "message.more"]
    for index in range(3):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        assert view.state.focused_region == index
    with qtbot.waitSignal(view.retry_requested):
        QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    with qtbot.waitSignal(view.copy_done):
        QTest.keyClick(view, Qt.Key.Key_Space)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Tab)
    assert line.hasFocus()


def test_the_focus_ring_is_drawn(view, words, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    before = view.viewport().grab().toImage()
    view.focus_message(0)
    with_ring = view.viewport().grab().toImage()
    assert with_ring != before
    view.clearFocus()
    assert view.viewport().grab().toImage() != with_ring


def test_escape_drops_the_selection(view, words):
    view.set_branch([words.question()], {})
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not view.state.selection.is_empty
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.state.selection.is_empty


def test_space_without_a_button_scrolls(view, words):
    view.set_branch(words.many(30), {})
    view.verticalScrollBar().setValue(0)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.verticalScrollBar().value() > 100


def test_enter_on_a_message_asks_for_the_reader(view, words, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    view.focus_message(1)
    with qtbot.waitSignal(view.command_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == ["message.read", "a"]


def test_enter_without_a_ring_does_nothing(view, words, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    with qtbot.assertNotEmitted(view.command_requested):
        QTest.keyClick(view, Qt.Key.Key_Return)


def test_the_ring_goes_where_home_end_and_pages_go(view, words):
    view.set_branch(words.many(30), {})
    view.focus_message(15)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.focused_message() == "m0"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    first = view.state.column.at(view.verticalScrollBar().value())
    assert view.state.focused == first > 0
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.focused_message() == "m29"
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    last = view.state.column.at(view.verticalScrollBar().value() + view.viewport().height() - 1)
    assert view.state.focused == last < 29


def test_without_a_ring_pages_make_none(view, words):
    view.set_branch(words.many(30), {})
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.state.focused == -1


@pytest.mark.parametrize(
    "reason",
    [
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    ],
)
def test_the_keyboard_comes_to_a_message_in_view(view, words, reason):
    view.set_branch(words.many(30), {})
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.clearFocus()
    view.state.focused = -1
    view.setFocus(reason)
    bottom = view.verticalScrollBar().value() + view.viewport().height() - 1
    assert view.state.focused == view.state.column.at(bottom)
    assert view.state.focused < 29


def test_a_click_makes_no_ring(view, words):
    view.set_branch(words.many(4), {})
    view.clearFocus()
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert view.state.focused == -1


def test_tab_scrolls_to_the_button_it_reaches(view, words, qtbot):
    view.set_branch(
        [words.question(), words.answer("a", "```python\nx\n```\n" + "word " * 3000)], {}
    )
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.focus_message(1, at_top=True)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 300)
    heights = []
    for _ in layout_of(view, 1).focus_stops():
        QTest.keyClick(view, Qt.Key.Key_Tab)
        stop = layout_of(view, 1).focus_stops()[view.state.focused_region]
        top = view.state.column.top(1) + stop.rect.top() - view.verticalScrollBar().value()
        assert 0 <= top <= view.viewport().height() - stop.rect.height()
        heights.append(stop.rect.top())
    assert max(heights) - min(heights) > view.viewport().height()


def menu_of(view):
    return next(child for child in view.findChildren(QMenu) if child.isVisible())


def test_the_menu_key_opens_the_menu_of_the_message_with_the_ring(view, words, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    view.focus_message(0)
    keyboard = QContextMenuEvent.Reason.Keyboard
    centre = view.rect().center()
    event = QContextMenuEvent(keyboard, centre, view.mapToGlobal(centre))
    QApplication.sendEvent(view, event)
    menu = menu_of(view)
    assert "Copy question" in [action.text() for action in menu.actions()]
    left = left_of(view)
    assert menu.pos() == view.viewport().mapToGlobal(QPoint(left, view.state.column.top(0)))
    menu.close()


def test_the_menu_key_without_a_ring_opens_the_menu_of_the_transcript(view, words):
    view.set_branch([words.question()], {})
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view, event)
    menu = menu_of(view)
    assert [action.text() for action in menu.actions()] == ["Select all"]
    menu.close()
