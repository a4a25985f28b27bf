"""The field a message is written in."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.composer.field import WritingField

ENTER, SHIFT, CONTROL = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def field(qtbot, theme):
    outer = QWidget()
    qtbot.addWidget(outer)
    layout = QVBoxLayout(outer)
    made = WritingField(theme)
    layout.addWidget(made)
    outer.resize(400, 500)
    with qtbot.waitActive(outer):
        outer.show()
    made.setFocus()
    yield made
    outer.close()


def composing(field, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def text_data(text):
    data = QMimeData()
    data.setText(text)
    return data


def test_enter_sends_and_shift_enter_breaks_the_line(qtbot, field):
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, ENTER, SHIFT)
    qtbot.keyClicks(field, "two")
    assert field.toPlainText() == "one\ntwo"
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, ENTER)
    assert field.toPlainText() == "one\ntwo"


def test_enter_of_the_number_block_sends_too(qtbot, field):
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def test_the_keys_can_be_swapped(qtbot, field):
    field.set_send_with("ctrl_enter")
    with qtbot.assertNotEmitted(field.sent):
        qtbot.keyClick(field, ENTER)
    assert field.toPlainText() == "\n"
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, ENTER, CONTROL)


def test_control_enter_is_left_to_the_window_but_saves_an_edit(qtbot, field):
    with qtbot.assertNotEmitted(field.sent):
        qtbot.keyClick(field, ENTER, CONTROL)
    assert field.toPlainText() == ""
    field.is_editing = True
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, ENTER, CONTROL)


def test_enter_that_ends_a_composition_never_sends(qtbot, field):
    composing(field, "にほん")
    assert field.is_composing()
    assert not field.is_blank()
    with qtbot.assertNotEmitted(field.sent):
        qtbot.keyClick(field, ENTER)
    composing(field, "", "日本")
    assert not field.is_composing()
    assert field.toPlainText().strip() == "日本"
    with qtbot.waitSignal(field.sent):
        qtbot.keyClick(field, ENTER)


def test_up_leaves_only_an_empty_field(qtbot, field):
    with qtbot.waitSignal(field.left_upwards):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClicks(field, "x")
    with qtbot.assertNotEmitted(field.left_upwards):
        qtbot.keyClick(field, Qt.Key.Key_Up)


def test_escape_is_told(qtbot, field):
    with qtbot.waitSignal(field.given_up):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_rich_text_comes_in_plain(field):
    data = text_data("plain words")
    data.setHtml("<b>plain</b> <img src='file:///etc/passwd'> words")
    field.insertFromMimeData(data)
    assert field.toPlainText() == "plain words"
    assert not field.textCursor().charFormat().fontWeight() > 500


def test_pasted_files_and_very_long_texts_go_along_as_files(qtbot, field, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    assert field.canInsertFromMimeData(data)
    with qtbot.waitSignal(field.files_given) as given:
        field.insertFromMimeData(data)
    assert given.args == [[tmp_path / "a.png"]]
    with qtbot.waitSignal(field.files_given) as given:
        field.insertFromMimeData(text_data("word " * 200_000))
    assert given.args == [[("word " * 200_000).encode()]]
    assert field.toPlainText() == ""


def test_a_paste_of_many_lines_is_taken_whole(qtbot, field):
    lines = "some words in a line\n" * 9000
    QApplication.clipboard().setText(lines)
    qtbot.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert field.toPlainText() == lines
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.toPlainText() == ""


def test_dropped_files_are_taken(qtbot, field, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    move = QDragMoveEvent(QPoint(5, 5), copy, data, left, none)
    drop = QDropEvent(QPointF(5, 5), copy, data, left, none)
    viewport = field.viewport()
    QApplication.sendEvent(viewport, enter)
    QApplication.sendEvent(viewport, move)
    assert enter.isAccepted()
    assert move.isAccepted()
    with qtbot.waitSignal(field.files_given) as given:
        QApplication.sendEvent(viewport, drop)
    assert given.args == [[tmp_path / "a.png"]]


def test_it_grows_with_the_text_up_to_two_fifths_of_the_window(field):
    one = field.sizeHint().height()
    field.setPlainText("a\nb\nc\nd\ne\nf")
    several = field.sizeHint().height()
    field.setPlainText("a\n" * 50)
    many = field.sizeHint().height()
    field.setPlainText("a\n" * 500)
    assert one < several < many <= 200
    assert field.sizeHint().height() == many == field.minimumSizeHint().height()
