"""A question is shown, found and copied as it was typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.ui.transcript.interaction.selection import END, Place
from tests.ui.transcript.driver import item_of, layout_of, row_of, text_of

TYPED = [
    r"C:\Users\me\.ssh\_old\[1].txt and \\server\share\_new",
    "def __init__(self, *args, **kw):\n    self.x = 2*3*4\n\tself.y = `z`",
    "why does\n\n\n  1.  this **not**\n\n> work & <b>that</b> $x$?  ",
    "שלום *עולם*\nHello _world_\n| a |\n|---|",
    "👨‍👩‍👧 " + "x" * 3_000 + " end",
    "some long line of words " * 300,
    "\n".join(f"{n}.  line {n}" for n in range(200)),
]
WITH_CODE = "Look at *this*:\n\n```py\nx = 2*3  # \\[\n\ty\n```\n  and `that`_\n~~~\nz\n~~~~\nend"


def clipboard():
    return QGuiApplication.clipboard().text()


def flavour(kind):
    return QGuiApplication.clipboard().mimeData().data(kind).data().decode()


def copy(view, first, last):
    view.state.selection.select(first, last)
    view.interaction.copies.copy_selection()
    return clipboard()


@pytest.mark.parametrize("text", TYPED)
def test_it_is_shown_as_it_was_typed(view, words, text):
    view.set_branch([words.question("q", text)], {})
    rows = layout_of(view).rows
    shown = ""
    text_of(view)
    for row in rows:
        joint = "" if not shown or row.chunk.is_joined else "\n"
        shown += joint + "\n".join(item.document.toPlainText() for item in row.items)
    assert shown == text


@pytest.mark.parametrize("text", [*TYPED, WITH_CODE, "blank line at the end\n\n", "\n first"])
def test_all_of_it_is_copied_as_it_was_typed(view, words, text):
    view.set_branch([words.question("q", text), words.answer()], {})
    view.interaction.copies.copy_message(0)
    assert clipboard() == flavour("text/markdown") == text
    assert copy(view, Place(0), Place(0, END, END, END)) == text
    view.interaction.copies.copy_source(0)
    assert clipboard() == text


@pytest.mark.parametrize("text", TYPED)
def test_a_part_of_it_is_copied_as_it_was_typed(view, words, text):
    view.set_branch([words.question("q", text), words.answer()], {})
    text_of(view)
    last = len(layout_of(view).rows) - 1
    item = item_of(view, 0, last)
    copied = copy(view, Place(0, 0, 0, 2), Place(0, last, 0, item.last_position() - 1))
    in_units = text.encode("utf-16-le")[4:-2].decode("utf-16-le", "replace")
    assert copied == in_units
    assert flavour("text/markdown") == copied


def test_a_part_that_goes_over_code_has_its_fences(view, words):
    view.set_branch([words.question("q", WITH_CODE), words.answer()], {})
    text_of(view)
    last = len(layout_of(view).rows) - 1
    assert copy(view, Place(0, 0, 0, 5), Place(0, last, 0, 2)) == WITH_CODE[5:-1]
    assert copy(view, Place(0, 1, 0, 0), Place(0, 1, 0, 3)) == "x ="


def test_with_the_answer_below_it_stays_what_was_typed(view, words):
    view.set_branch([words.question("q", "a\\_b * c *"), words.answer(text="It is **so**.")], {})
    assert copy(view, Place(0), Place(1, END, END, END)) == "a\\_b * c *\n\nIt is so."
    assert flavour("text/markdown") == "a\\_b * c *\n\nIt is **so**."
    assert "<b>so</b>" in flavour("text/html")
    assert "a\\_b * c *" in flavour("text/html")


def test_a_message_that_was_never_looked_at_is_copied_as_typed(view, words):
    messages = [
        words.question("q", "*a*\n\n\n  b"),
        *words.many(40),
    ]
    view.set_branch(messages, {})
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert copy(view, Place(0), Place(1, END, END, END)).startswith("*a*\n\n\n  b\n\n")


@pytest.mark.parametrize("query", ["2*3*4", "\\_old\\[1]", "**kw", "    self.x"])
@pytest.mark.parametrize("text", ["\n".join(TYPED[:2])])
def test_its_signs_are_found(view, words, search, controller, query, text):
    view.set_branch([words.question("q", text)], {})
    assert search(query)[-1][1] == 1
    text_of(view)
    view.settle()
    assert search(query)[-1][1] == 1


@pytest.mark.parametrize("query", ["2*3*4", "bold"])
def test_signs_of_one_far_away_are_counted(view, words, search, query):
    messages = [words.question("q", "2*3*4 **bold**"), *words.many(60)]
    view.set_branch(messages, {})
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert search(query)[-1][1] == 1


def test_a_setting_and_the_menu_draw_it_as_markdown(view, words):
    view.set_branch([words.question("q", "*a* b\\_")], {})
    assert text_of(view) == "*a* b\\_"
    view.interaction.actions.show_as_text(0, False)
    assert text_of(view) == "a b_"
    view.interaction.actions.show_as_text(0, True)
    assert text_of(view) == "*a* b\\_"
    view.set_reads_questions(True)
    assert text_of(view) == "a b_"
    view.append(words.question("q2", "**x**"))
    assert text_of(view, 1) == "x"
    view.set_reads_questions(False)
    assert text_of(view, 1) == "**x**"


def test_long_lines_wrap_and_each_line_has_its_own_side(view, words):
    view.set_branch([words.question("q", "שלום\nHello " + "word " * 100)], {})
    text_of(view)
    document = item_of(view).document
    first, second = document.firstBlock(), document.lastBlock()
    assert first.textDirection() is Qt.LayoutDirection.RightToLeft
    assert second.textDirection() is Qt.LayoutDirection.LeftToRight
    assert second.layout().lineCount() > 3
    assert row_of(view).natural_width() <= layout_of(view).text_width


def test_a_selection_by_the_mouse(view, words, driver):
    view.set_branch([words.question("q", "  x\\[i\\] * *y*"), words.answer()], {})
    driver.drag(driver.text("q", "x"), driver.text("q", "y", after=True))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "x\\[i\\] * *y"
