"""What a screen reader is told while things change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from app.core.conversations.conversation import MessageState
from app.ui.transcript.accessibility import events
from app.ui.transcript.accessibility.interface import list_of
from app.ui.transcript.accessibility.transcript import AccessibleTranscript


@pytest.fixture
def told(monkeypatch):
    """(kind, name) of every event, as if a screen reader listened."""
    heard = []

    def take(event):
        face = event.accessibleInterface()
        heard.append((event.type(), face.text(QAccessible.Text.Name)))

    monkeypatch.setattr(events.QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(events.QAccessible, "updateAccessibility", staticmethod(take))
    return heard


def test_the_message_with_the_ring_is_read(view, words, qtbot, told):
    view.set_branch([words.question(), words.answer()], {})
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    told.clear()
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    focus = QAccessible.Event.Focus
    assert told == [
        (focus, "Gemma 4 said: It is this."),
        (focus, "You said: What is this?"),
        (focus, "Copy"),
    ]


def test_nothing_is_read_without_the_keyboard(view, words, told):
    view.set_branch([words.question()], {})
    view.clearFocus()
    told.clear()
    view.focus_message(0)
    assert told == []


def test_added_and_ended_messages_are_told(view, words, told):
    view.set_branch([words.question()], {})
    assert told == [(QAccessible.Event.ObjectReorder, "Conversation")]
    view.append(words.answer("a", "", MessageState.WRITING))
    assert told[1:] == [
        (QAccessible.Event.ObjectCreated, "The model has not begun to answer"),
    ]
    view.replace(words.answer())
    assert told[2:] == [(QAccessible.Event.StateChanged, "Gemma 4 said: It is this.")]


def test_nothing_is_made_while_nobody_listens(view, words):
    view.set_branch(words.many(10), {})
    view.focus_message(3)
    assert list_of(AccessibleTranscript.of(view)) is None
