"""The transcript as screen readers see it."""

import gc
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, MessageState, Role
from app.ui.transcript.accessibility.interface import list_of
from app.ui.transcript.accessibility.transcript import AccessibleTranscript
from app.ui.transcript.view import TranscriptView
from tests.ui.transcript.driver import layout_of, made_layouts

NAME = QAccessible.Text.Name


def listed(view):
    return QAccessible.queryAccessibleInterface(view)


def names(face):
    return [face.child(index).text(NAME) for index in range(face.childCount())]


def test_a_list_of_messages_with_who_said_what(view, words):
    view.set_branch([words.question(), words.answer()], {})
    face = listed(view)
    assert face.role() == QAccessible.Role.List
    assert face.text(NAME) == "Conversation"
    assert names(face)[:2] == ["You said: What is this?", "Gemma 4 said: It is this."]
    item = face.child(1)
    assert item.role() == QAccessible.Role.ListItem
    assert item.parent() is face
    assert face.indexOfChild(item) == 1
    assert item.child(99) is None
    assert face.child(-1) is None


def test_what_lies_over_the_messages_stays_reachable(view, words):
    view.set_empty_state([("Ask", "something", "sparkles", "composer.example")])
    face = listed(view)
    assert [face.child(i).object() for i in range(face.childCount())] == [
        view.viewport(),
        view.verticalScrollBar(),
    ]
    for index in range(face.childCount()):
        assert face.indexOfChild(face.child(index)) == index
    empty = face.child(0).child(0)
    assert "Ask" in names(empty)


def test_the_buttons_of_a_message_are_its_children(view, words):
    view.set_branch([words.question(), words.answer("a", "```python\nx = 1\n```")], {})
    item = listed(view).child(1)
    assert names(item) == [
        "Copy code",
        "Save code as…",
        "Wrap code",
        "Show where this answer came from",
        "Copy",
        "Ask again; this answer is kept",
        "More",
    ]
    for index in range(item.childCount()):
        button = item.child(index)
        assert button.role() == QAccessible.Role.Button
        assert button.parent() is item
        assert item.indexOfChild(button) == index
        assert item.rect().adjusted(-2, 0, 0, 0).contains(button.rect())


def test_what_is_under_a_place_is_found(view, words, driver):
    view.set_branch([words.question(), words.answer()], {})
    face = listed(view)
    place = view.viewport().mapToGlobal(driver.region("a", "message.copy"))
    item = face.childAt(place.x(), place.y())
    assert item is face.child(1)
    assert item.childAt(place.x(), place.y()).text(NAME) == "Copy"
    nowhere = view.viewport().mapToGlobal(QPoint(5, view.viewport().height() - 1))
    assert face.childAt(nowhere.x(), nowhere.y()) is None


def test_the_ring_is_the_focus(view, words, qtbot):
    view.set_branch([words.question(), words.answer()], {})
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    face = listed(view)
    assert face.state().focused
    view.focus_message(1)
    assert not face.state().focused
    assert face.focusChild() is face.child(1)
    assert face.child(1).state().focused
    assert not face.child(0).state().focused
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert face.focusChild() is face.child(1).child(0)
    assert face.child(1).child(0).state().focused
    assert not face.child(1).state().focused


def test_states_while_it_is_written_and_selected(view, words):
    view.set_branch([words.question(), words.answer("a", "", MessageState.WRITING)], {})
    item = listed(view).child(1)
    assert item.state().busy
    assert item.text(NAME) == "The model has not begun to answer"
    view.add_text("a", "It **is**")
    view.take_arrived()
    assert item.text(NAME) == "The model is writing: It is"
    view.replace(words.answer("a", "It **is** this."))
    assert not item.state().busy
    assert item.text(NAME) == "Gemma 4 said: It is this."
    assert not item.state().selected
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert item.state().selected
    assert item.state().readOnly


def test_how_it_ended_is_described(view, words):
    stopped = words.answer("b", "Half", MessageState.STOPPED)
    view.set_branch([words.answer(), stopped], {"b": (2, 3)})
    face = listed(view)
    told = face.child(0).text(QAccessible.Text.Description)
    assert told.startswith("Gemma 4. 0.6 s to first word")
    told = face.child(1).text(QAccessible.Text.Description)
    assert told.startswith("Stopped by you. What had arrived is kept. Version 2 of 3")


def test_files_are_named(view, words):
    file = Attachment("0" * 64, "plan.pdf", "application/pdf", 10)
    asked = words.question()
    with_text = Message(
        "q", "c", None, Role.USER, (*asked.parts, AttachmentPart(file)), 1, asked.created_at
    )
    without = Message("p", "c", None, Role.USER, (AttachmentPart(file),), 1, asked.created_at)
    view.set_branch([with_text, without], {})
    face = listed(view)
    assert face.child(0).text(QAccessible.Text.Description) == "With plan.pdf"
    assert face.child(1).text(NAME) == "You sent plan.pdf"


def test_a_long_message_is_given_in_part(view, words):
    view.set_branch([words.answer("a", "word " * 100_000)], {})
    began = time.process_time()
    name = listed(view).child(0).text(NAME)
    assert time.process_time() - began < 0.05
    assert len(name) < 700
    assert name.endswith("…")


def test_positions_are_real_or_none(view, words):
    view.set_branch(words.many(200), {})
    face = listed(view)
    last, first = face.child(199), face.child(0)
    corner = view.viewport().mapToGlobal(QPoint(0, 0))
    assert last.rect().bottom() <= corner.y() + view.viewport().height()
    assert last.rect().height() == layout_of(view, 199).height
    assert not last.state().offscreen
    assert first.rect().isEmpty()
    assert first.state().offscreen
    assert first.childCount() == 0
    view.focus_message(0, at_top=True)
    assert first.rect().top() == corner.y() + 8
    assert not first.state().offscreen
    assert first.childCount() == 2


def test_ten_thousand_messages_cost_nothing_until_asked_for(view, words):
    view.set_branch(words.many(10_000), {})
    face = listed(view)
    began = time.process_time()
    assert face.childCount() >= 10_000
    for index in (0, 5_000, 9_999):
        assert face.indexOfChild(face.child(index)) == index
    assert time.process_time() - began < 0.02
    assert len(face._items) == 3
    assert len(made_layouts(view)) < 50
    began = time.process_time()
    for index in range(10_000):
        assert face.child(index).text(NAME)
    assert time.process_time() - began < 8


def test_messages_that_are_gone_are_let_go(view, words):
    view.set_branch([words.question(), words.answer()], {})
    face = listed(view)
    gone = face.child(1)
    gone.child(0)
    view.set_branch([words.question()], {})
    assert face.childCount() == 3
    assert gone.message_id not in face._items
    assert not isValid(gone)
    kept = face.child(0)
    view.set_branch([words.question(), words.answer()], {})
    assert face.child(0) is kept


def test_a_view_that_is_gone_takes_its_faces_with_it(qtbot, theme, words):
    for _ in range(3):
        view = TranscriptView(theme)
        view.set_branch([words.question(), words.answer()], {})
        face = listed(view)
        item = face.child(0)
        assert list_of(AccessibleTranscript.of(view)) is face
        view.deleteLater()
        del view
        QTest.qWait(1)
        gc.collect()
        assert not isValid(face)
        assert not isValid(item)


PROGRAM = """
import sys
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from app.ui.theme import Theme
from app.ui.transcript.view import TranscriptView
app = QApplication(["facet"])
view = TranscriptView(Theme())
face = QAccessible.queryAccessibleInterface(view)
print(face.childCount(), flush=True)
if sys.argv[1] == "deleted":
    from shiboken6 import delete
    delete(view)
"""


@pytest.mark.parametrize("end", ["deleted", "left"])
def test_the_process_ends_well(end):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, end],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")
