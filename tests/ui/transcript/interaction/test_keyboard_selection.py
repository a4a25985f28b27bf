"""Selecting by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = SHIFT | CONTROL
Key = Qt.Key


def copied(view):
    QTest.keyClick(view, Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().text()


def press(view, key, modifiers=SHIFT, times=1):
    for _ in range(times):
        QTest.keyClick(view, key, modifiers)


@pytest.fixture
def read(view, words, driver):
    """Shows messages and puts the beginning of the selection before a word."""

    def shown(texts, needle):
        view.set_branch([words.answer(str(n), text) for n, text in enumerate(texts)], {})
        view.verticalScrollBar().setValue(0)
        driver.click(driver.text("0", needle))
        return view

    return shown


def test_letters_words_and_lines(read):
    view = read(["The quick brown fox.\n\nNext line here."], "quick")
    press(view, Key.Key_Right, times=3)
    assert copied(view) == "qui"
    press(view, Key.Key_Left)
    assert copied(view) == "qu"
    press(view, Key.Key_Right, BOTH, 2)
    assert copied(view) == "quick brown "
    press(view, Key.Key_End)
    assert copied(view) == "quick brown fox."
    press(view, Key.Key_Home)
    assert copied(view) == "The "
    press(view, Key.Key_Left, BOTH, 3)
    assert copied(view) == "The "


def test_down_goes_on_in_the_next_block_below_the_same_letter(read):
    view = read(["abcdefgh\n\n```\nabcdefgh\n```\n\nabcdefgh"], "cdefgh")
    press(view, Key.Key_Down, times=2)
    press(view, Key.Key_End)
    assert copied(view) == "cdefgh\n\nabcdefgh\n\nabcdefgh"
    press(view, Key.Key_Up, times=2)
    press(view, Key.Key_Up)
    assert view.state.selection.end < view.state.selection.anchor or view.state.selection.is_empty


def test_up_and_down_come_back_to_where_they_were(read):
    view = read(["abcdefgh\n\nabcdefgh\n\n- abcdefgh"], "cdefgh")
    press(view, Key.Key_Right)
    end = view.state.selection.end
    press(view, Key.Key_Down, times=2)
    press(view, Key.Key_Up, times=2)
    assert view.state.selection.end == end


def test_down_keeps_its_column_through_lists_and_cells(read):
    view = read(["abcdefgh\n\n- abcdefgh\n\n| abcdefgh |\n|---|\n| abcdefgh |"], "efgh")
    places = []
    for _ in range(3):
        press(view, Key.Key_Down)
        places.append(view.state.selection.end)
    assert [place.row for place in places] == [1, 2, 2]
    assert all(0 < place.position % 9 < 8 for place in places)


def test_it_walks_into_the_next_message_and_back(read):
    view = read(["One.", "Two."], "One")
    press(view, Key.Key_Right, times=7)
    assert copied(view) == "One.\n\nTw"
    press(view, Key.Key_Left, times=4)
    assert copied(view) == "One"


def test_paragraphs(read):
    view = read(["One here.\n\nTwo here.", "Three."], "here")
    press(view, Key.Key_Down, BOTH)
    press(view, Key.Key_Down, BOTH)
    assert copied(view) == "here.\n\nTwo here."
    press(view, Key.Key_Up, BOTH, 2)
    assert (
        copied(view) in ("", "here.\n\nTwo here.")
        or view.state.selection.end < view.state.selection.anchor
    )


def test_to_the_beginning_and_the_end_of_everything(read):
    view = read(["One two.", "Three.", "Four **five**."], "two")
    press(view, Key.Key_End, BOTH)
    assert copied(view) == "two.\n\nThree.\n\nFour five."
    press(view, Key.Key_Home, BOTH)
    assert copied(view) == "One "


def test_pages_scroll_and_select(view, words):
    view.set_branch(words.many(40), {})
    view.verticalScrollBar().setValue(0)
    view.focus_message(0)
    press(view, Key.Key_Right)
    press(view, Key.Key_PageDown, times=2)
    assert view.verticalScrollBar().value() > 300
    assert view.state.selection.end.layout > 1
    at = view.verticalScrollBar().value()
    press(view, Key.Key_PageUp)
    assert view.verticalScrollBar().value() < at


def test_the_end_of_the_selection_stays_in_view(read):
    view = read(["word\n\n" * 60 + "last"], "word")
    view.verticalScrollBar().setValue(0)
    press(view, Key.Key_Down, times=40)
    assert view.verticalScrollBar().value() > 0
    press(view, Key.Key_Home, BOTH)
    assert view.verticalScrollBar().value() < 30


def test_without_a_selection_it_begins_at_the_message_with_the_ring(view, words):
    view.set_branch([words.answer("0", "One."), words.answer("1", "Two.")], {})
    view.focus_message(1)
    press(view, Key.Key_Right, times=3)
    assert copied(view) == "Two"


def test_the_message_with_the_ring_is_selected_first_and_then_all(view, words):
    view.set_branch([words.answer("0", "One."), words.answer("1", "Two.")], {})
    view.focus_message(1)
    press(view, Key.Key_A, CONTROL)
    assert copied(view) == "Two."
    press(view, Key.Key_A, CONTROL)
    assert copied(view) == "One.\n\nTwo."


def test_code_behind_a_fold_is_stepped_over_and_copied_whole(read):
    code = "\n".join(f"line {n}" for n in range(250))
    view = read([f"before\n\n```\n{code}\n```\n\nafter"], "before")
    press(view, Key.Key_End, BOTH)
    assert copied(view) == f"before\n\n{code}\n\nafter"


def test_other_keys_are_left_alone(view, words):
    view.set_branch([words.answer("0", "One.")], {})
    press(view, Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    press(view, Key.Key_F5)
    assert view.state.selection.is_empty


def test_an_empty_conversation_has_nothing_to_select(view):
    press(view, Key.Key_Right)
    press(view, Key.Key_A, CONTROL)
    assert view.state.selection.is_empty
