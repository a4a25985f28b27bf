"""A message in a real text field."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from app.ui.conversation.reader_dialog import ReaderDialog

SOURCE = "# Plan\n\nDo **this**:\n\n- one\n  - two\n\n```python\nif a:\n    b\n```\n\nEnd."


@pytest.fixture
def open_reader(qtbot, theme):
    def begin(source=SOURCE):
        made = ReaderDialog("Gemma 4 said", source, "Esc closes", theme)
        # The dialog deletes itself when it is closed.
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    return begin


def test_what_things_are_is_said_in_words(open_reader):
    assert open_reader().field.toPlainText().split("\n") == [
        "Heading 1: Plan",
        "Do this:",
        "• one",
        "• two",
        "Code, python, 2 lines",
        "if a:",
        "    b",
        "End of code",
        "End.",
    ]


def test_it_is_a_text_with_a_caret_for_screen_readers(open_reader):
    reader = open_reader()
    face = QAccessible.queryAccessibleInterface(reader.field)
    assert face.text(QAccessible.Text.Name) == "Gemma 4 said"
    assert face.textInterface() is not None
    assert face.state().readOnly
    assert reader.field.hasFocus()


def test_the_caret_walks_by_letter_word_and_line(open_reader):
    reader = open_reader()
    field = reader.field
    QTest.keyClick(field, Qt.Key.Key_Right)
    assert field.textCursor().position() == 1
    QTest.keyClick(field, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert field.textCursor().position() == len("Heading ")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.textCursor().block().text() == "Do this:"
    QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert field.textCursor().block().text() == "End."
    QTest.keyClick(field, Qt.Key.Key_X)
    assert "x" not in field.toPlainText().split("\n")[-1]


def test_escape_closes(open_reader, qtbot):
    reader = open_reader()
    QTest.keyClick(reader.field, Qt.Key.Key_Escape)
    assert not reader.isVisible()


def test_it_grows_with_the_text_and_keeps_the_caret(open_reader, theme):
    reader = open_reader()
    caret = reader.field.textCursor()
    caret.setPosition(20)
    reader.field.setTextCursor(caret)
    before = reader.field.document().begin().charFormat().font().pixelSize()
    theme.zoom(2)
    assert reader.field.document().begin().charFormat().font().pixelSize() == 2 * before
    assert reader.field.textCursor().position() == 20


def test_what_a_model_wrote_is_never_markup(open_reader):
    reader = open_reader("<b>bold</b> <img src='file:///etc/passwd'>\n\n```\n<i>x</i>\n```")
    text = reader.field.toPlainText()
    assert "<b>bold</b>" in text
    assert "<i>x</i>" in text


@pytest.mark.parametrize(
    "source",
    ["```\n" + "x" * 400_000 + "\n```", "y" * 400_000, "- item\n" * 4_000],
    ids=["code", "word", "list"],
)
def test_hostile_texts_open_in_time(open_reader, source):
    began = time.process_time()
    open_reader(source)
    assert time.process_time() - began < 4


def test_right_to_left_entries_are_indented_from_the_right(open_reader):
    reader = open_reader("- واحد\n  - اثنان")
    block = reader.field.document().lastBlock()
    assert block.text() == "• اثنان"
    assert block.blockFormat().leftMargin() == 0
    assert block.blockFormat().rightMargin() == 44
