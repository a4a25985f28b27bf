"""The keys of the transcript."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.transcript.view import TranscriptView


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
    assert view.reading.is_at_end()
    assert view.reading.is_following


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
    stops = [region.command for region in view.column.sheets[1].focus_stops()]
    assert stops == ["message.details", "message.copy", "message.retry", "message.more"]
    for index in range(3):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        assert view.focused_region == index
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
    assert not view.selection.is_empty
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection.is_empty


def test_space_without_a_button_scrolls(view, words):
    view.set_branch(words.many(30), {})
    view.verticalScrollBar().setValue(0)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.verticalScrollBar().value() > 100
