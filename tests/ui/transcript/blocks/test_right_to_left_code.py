"""Code beside right-to-left words: set apart, from the left, and copied as it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.ui.transcript.interaction.selection import Place
from tests.ui.transcript.driver import item_of, text_of

LINES = [
    ("המשתנה `parseDate()` נקרא", "parseDate()"),
    ("`a[0]` ערך ראשון", "a[0]"),
    ("ערך `*x`", "*x"),
    ("ערך `x--`, ואז", "x--"),
    ("استخدم `foo(bar)` هنا", "foo(bar)"),
    ("مرحبا `--help` و `-v`", "--help"),
    ("ראו `C:\\dir\\` כאן", "C:\\dir\\"),
    ("הקישו <kbd>Ctrl++</kbd> כאן", "Ctrl++"),
    ("- פריט `x += 1;` כאן", "x += 1;"),
    ("> ציטוט `{}` כאן", "{}"),
    ("## כותרת `f()` כאן", "f()"),
    ("**מודגש `f()`** כאן", "f()"),
    ("see שלום `f()` עולם", "f()"),
    ("| עמודה `f()` כאן | ב |\n|---|---|\n| א | ב |", "f()"),
]


def places_of(view, code):
    """The x of each letter of some code, on the screen."""
    document = item_of(view).document
    cursor = document.find(code)
    assert not cursor.isNull()
    block = document.findBlock(cursor.selectionStart())
    found = []
    for at in range(cursor.selectionStart(), cursor.selectionEnd()):
        (glyphs,) = block.layout().glyphRuns(at - block.position(), 1)
        found.append(glyphs.positions()[0].x())
    return found


@pytest.mark.parametrize(("source", "code"), LINES)
def test_its_letters_run_from_the_left(view, words, source, code):
    view.set_branch([words.answer("a", source)], {})
    places = places_of(view, code)
    assert places == sorted(set(places))


@pytest.mark.parametrize(("source", "code"), LINES)
def test_nothing_of_it_is_copied_or_found_otherwise(view, words, search, source, code):
    view.set_branch([words.answer("a", source)], {})
    text_of(view)
    item = item_of(view)
    assert search(code)[-1][1] == 1
    cursor = item.document.find(code)
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    view.state.selection.select(Place(0, 0, 0, first), Place(0, 0, 0, last))
    view.interaction.copies.copy_selection()
    assert QGuiApplication.clipboard().text() == code
    view.state.selection.select(Place(0, 0, 0, max(0, first - 2)), Place(0, 0, 0, last + 2))
    view.interaction.copies.copy_selection()
    copied = QGuiApplication.clipboard().text()
    assert code in copied
    assert not set(copied) & set("\u2066\u2069")
    assert not set(item.text_between(0, item.last_position())) & set("\u2066\u2069")


def test_words_and_code_are_found_together(view, words, search):
    view.set_branch([words.answer("a", "המשתנה `parseDate()` נקרא `g()`")], {})
    text_of(view)
    assert search("המשתנה parseDate() נקרא")[-1][1] == 1
    assert search("נקרא g()")[-1][1] == 1


def test_a_cut_inside_and_over_the_ends_of_code(view, words):
    view.set_branch([words.answer("a", "אב `code` גד `x()` הו")], {})
    text = item_of(view).document.toPlainText()
    for first in range(len(text)):
        for last in range(first + 1, len(text) + 1):
            view.state.selection.select(Place(0, 0, 0, first), Place(0, 0, 0, last))
            view.interaction.copies.copy_selection()
            wanted = text[first:last].replace("\u2066", "").replace("\u2069", "")
            if wanted:
                assert QGuiApplication.clipboard().text() == wanted, (first, last)


def test_without_right_to_left_letters_nothing_is_added(view, words):
    view.set_branch([words.answer("a", "Çok güzel `f()` 中文 `g()`")], {})
    assert text_of(view) == "Çok güzel f() 中文 g()"


@pytest.mark.parametrize("line", ["# הערה", "// تعليق (هنا)", "/* הערה */", "-- הערה"])
@pytest.mark.parametrize("frame", ["```py\n{}\nx = 1\n```", "- a\n\n  ```\n  {}\n  ```", "    {}"])
def test_lines_of_code_begin_at_the_left(view, words, line, frame):
    view.set_branch([words.answer("a", frame.format(line))], {})
    for row in view.state.column.layouts[0].rows:
        for item in row.items:
            block = item.document.find(line).block()
            if block.isValid() and block.text() == line:
                assert block.textDirection() is Qt.LayoutDirection.LeftToRight
                assert block.layout().lineAt(0).cursorToX(0)[0] == 0
                return
    raise AssertionError


def test_a_paragraph_that_begins_with_code_takes_the_side_of_its_words(view, words):
    view.set_branch([words.answer("a", "`parse()` היא פונקציה")], {})
    assert item_of(view).document.begin().textDirection() is Qt.LayoutDirection.RightToLeft
