"""Where the reader is: what an answer does to the view in each mode, and what never moves."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.conversations.bookmark import Bookmark
from app.core.conversations.conversation import MessageState, Role, TextPart
from app.ui.transcript.layout import rows
from app.ui.transcript.scrolling.position import ABOVE_QUESTION, ALWAYS, NEVER, READING
from app.ui.transcript.view import TranscriptView
from tests.ui.transcript.driver import layout_of, row_of, text_of, top_of

LONG = "\n\n".join(
    f"## Part {i}\n\nSome **bold** words with `code` and more.\n\n"
    f"- one\n- two\n\n```python\nx = {i}\n```"
    for i in range(30)
)


def bar(view):
    return view.verticalScrollBar()


def picture(view):
    return view.viewport().grab().toImage()


def write(view, text, message_id="b", size=60):
    for at in range(0, len(text), size):
        view.add_text(message_id, text[at : at + size])
        view.take_arrived()


def ask(view, words, text="Now this"):
    view.append(words.question("new", text))
    view.append(words.answer("b", "", MessageState.WRITING))


def test_a_question_goes_to_the_top_and_the_answer_grows_below_it(view, words):
    view.set_branch(words.many(20), {})
    ask(view, words)
    assert top_of(view, "new") == ABOVE_QUESTION
    value = bar(view).value()
    for part in LONG.split("\n\n"):
        write(view, part + "\n\n")
        assert bar(view).value() == value
    assert top_of(view, "new") == ABOVE_QUESTION
    view.replace(words.answer("b", LONG))
    assert bar(view).value() == value


def test_results_of_tools_go_to_the_top_with_what_follows(view, words):
    view.set_branch(words.many(20), {})
    view.append(replace(words.question("result", "8 degrees"), role=Role.TOOL))
    view.append(words.answer("b", "", MessageState.WRITING))
    write(view, LONG)
    assert top_of(view, "result") == ABOVE_QUESTION


def test_the_first_question_is_at_the_top_too(view, words):
    view.set_branch([], {})
    ask(view, words)
    write(view, LONG)
    assert top_of(view, "new") == ABOVE_QUESTION


def test_of_a_long_question_the_end_is_shown_with_the_answer_below(view, words):
    view.set_branch(words.many(4), {})
    ask(view, words, "\n\n".join(f"Paragraph {i} of what I pasted" for i in range(60)))
    write(view, LONG)
    height = view.viewport().height()
    assert top_of(view, "new") < 0
    assert 0.3 * height < top_of(view, "b") < 0.6 * height


def test_a_resized_window_keeps_the_question_at_the_top(view, words):
    view.set_branch(words.many(20), {})
    ask(view, words)
    write(view, "Just a few words.")
    for height in (700, 300, 500):
        view.resize(view.width(), height)
        assert top_of(view, "new") == ABOVE_QUESTION


def test_where_there_is_more_below_the_button_says_so(view, words, qtbot):
    view.set_branch(words.many(4), {})
    ask(view, words)
    write(view, "Short.")
    assert not view.jump.isVisible()
    write(view, LONG)
    assert (view.jump.isVisible(), view.jump.text()) == (True, "More below")
    qtbot.mouseClick(view.jump, Qt.MouseButton.LeftButton)
    assert view.position.is_at_end()
    write(view, LONG)
    assert view.position.is_at_end()
    view.replace(words.answer("b", LONG + LONG))
    bar(view).setValue(0)
    assert (view.jump.isVisible(), view.jump.text()) == (True, "")


def test_in_the_following_mode_the_end_stays_in_view(view, words):
    view.position.follow = ALWAYS
    view.set_branch(words.many(20), {})
    bar(view).setValue(0)
    ask(view, words)
    assert view.position.is_at_end()
    write(view, LONG)
    assert view.position.is_at_end()


def test_the_end_of_an_answer_does_not_move_the_view(view, words):
    view.position.follow = ALWAYS
    view.set_branch(words.many(10), {})
    ask(view, words)
    write(view, LONG)
    value = bar(view).value()
    before = top_of(view, "b")
    view.replace(words.answer("b", LONG))
    assert (bar(view).value(), top_of(view, "b")) == (value, before)


def test_in_the_still_mode_only_the_own_question_comes_into_view(view, words):
    view.position.follow = NEVER
    view.set_branch(words.many(20), {})
    ask(view, words)
    bottom = top_of(view, "new") + layout_of(view, -2).height
    assert top_of(view, "new") > 0
    assert bottom <= view.viewport().height()
    value = bar(view).value()
    write(view, LONG)
    assert bar(view).value() == value


@pytest.mark.parametrize("mode", [READING, ALWAYS])
def test_the_wheel_upward_stops_following_at_once(view, words, driver, mode):
    view.position.follow = mode
    view.set_branch(words.many(10), {})
    ask(view, words)
    write(view, LONG)
    view.jump_to_end()
    driver.wheel(120)
    value = bar(view).value()
    assert not view.position.is_at_end()
    write(view, "More words come in here. " * 20)
    assert bar(view).value() == value


def test_text_arriving_below_does_not_move_what_is_read(view, words):
    view.set_branch(words.many(30), {})
    ask(view, words)
    write(view, "start ")
    bar(view).setValue(bar(view).maximum() // 2)
    view.jump.hide()
    before = picture(view)
    write(view, LONG)
    view.jump.hide()
    assert picture(view) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_Up])
def test_keys_upward_stop_following(view, words, key):
    view.position.follow = ALWAYS
    view.set_branch(words.many(10), {})
    ask(view, words)
    write(view, LONG)
    QTest.keyClick(view, key)
    value = bar(view).value()
    write(view, LONG)
    assert not view.position.is_following
    assert bar(view).value() == value


def test_scrolling_back_to_the_end_follows_again(view, words, driver):
    view.set_branch(words.many(10), {})
    driver.wheel(120)
    assert not view.position.is_following
    bar(view).setValue(bar(view).maximum())
    assert view.position.is_following


def test_scrolling_back_to_a_question_at_the_top_does_not_follow(view, words, driver):
    view.set_branch(words.many(10), {})
    ask(view, words)
    write(view, "A few words.")
    driver.wheel(120)
    bar(view).setValue(bar(view).maximum())
    write(view, LONG)
    assert top_of(view, "new") == ABOVE_QUESTION


def test_asked_again_the_question_comes_to_the_top(view, words):
    branch = [*words.many(9), words.answer("a9", LONG)]
    view.set_branch(branch, {})
    again = words.answer("other", "", MessageState.WRITING)
    view.set_branch([*branch[:-1], again], {"other": (2, 2)})
    assert top_of(view, "m8") == ABOVE_QUESTION
    write(view, LONG, "other")
    assert top_of(view, "m8") == ABOVE_QUESTION


def test_a_conversation_opens_at_its_bookmark(view, words, theme, qtbot):
    messages = words.many(40)
    messages[21] = replace(messages[21], parts=(TextPart(LONG),))
    view.set_branch(messages, {})
    view.show_message("m21")
    bar(view).setValue(bar(view).value() + 1234)
    bookmark = view.position.bookmark()
    seen = picture(view)
    assert isinstance(bookmark, Bookmark)
    other = TranscriptView(theme)
    qtbot.addWidget(other)
    other.resize(view.size())
    other.show()
    other.set_branch(messages, {}, bookmark)
    for each in (view, other):
        each.jump.hide()
        each.state.focused = -1
    assert picture(other) == picture(view)
    assert seen.size() == picture(other).size()


def test_at_the_end_there_is_no_bookmark_and_a_lost_one_means_the_end(view, words):
    messages = words.many(40)
    view.set_branch(messages, {}, Bookmark("gone", 0, 0))
    assert view.position.is_at_end()
    assert view.position.bookmark() is None


def test_a_damaged_bookmark_stays_in_the_conversation(view, words):
    view.set_branch(words.many(40), {}, Bookmark("m7", 10**9, -(10**12)))
    assert 0 <= bar(view).value() <= bar(view).maximum()
    view.set_branch([], {})
    view.set_branch(words.many(40), {}, Bookmark("m7", -(10**9), 10**12))
    assert 0 <= bar(view).value() <= bar(view).maximum()


class Drawings(QObject):
    """How often a widget was drawn."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_what_grows_below_the_view_is_not_drawn_but_can_be_scrolled_to(view, words, qtbot):
    view.set_branch(words.many(20), {})
    ask(view, words)
    write(view, LONG[:2400])
    QApplication.processEvents()
    drawn, seen, most = Drawings(view.viewport()), picture(view), bar(view).maximum()
    drawn.count = 0
    write(view, LONG[2400:])
    QApplication.processEvents()
    assert drawn.count == 0
    assert picture(view) == seen
    assert bar(view).maximum() > most
    view.jump_to_end()
    assert row_of(view, -1, -1).width
    assert picture(view) != seen


def test_what_grows_in_view_is_drawn(view, words, qtbot):
    view.set_branch(words.many(20), {})
    ask(view, words)
    QApplication.processEvents()
    drawn = Drawings(view.viewport())
    write(view, "Some words.")
    QApplication.processEvents()
    assert drawn.count > 0


def test_the_beginning_is_the_beginning(view, words):
    for before in (100, 300, 450, 700):
        view.set_branch([], {})
        view.set_branch([words.answer("m0", LONG), *words.many(30)[1:]], {})
        bar(view).setValue(before)
        bar(view).setValue(0)
        assert bar(view).value() == 0
    view.jump_to_end()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert bar(view).value() == 0


def test_a_link_in_view_gets_the_address_that_comes_far_below(view, words):
    view.set_branch([words.answer("b", "", MessageState.WRITING)], {})
    write(view, "See [there][r] and more.\n\n" + LONG * 3)
    bar(view).setValue(0)
    assert not view.position.sees_growth(0)
    write(view, "\n\n[r]: http://a.b/c\n\nAnd on.\n\n")
    first = row_of(view)
    assert first.items
    assert "a.b" in first.items[0].document.toHtml()
    assert first.items[0].document.toPlainText() == "See there and more."


def test_an_error_while_laying_out_does_not_stop_the_view_for_ever(view, words, monkeypatch):
    view.set_branch(words.many(4), {})
    with monkeypatch.context() as broken:
        broken.setattr(rows, "items_of", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            view.set_branch([replace(words.answer("a", LONG), conversation_id="other")], {})
    view.resize(view.width(), 400)
    assert bar(view).pageStep() == view.viewport().height()
    assert bar(view).maximum() > 400
    assert text_of(view).startswith("Part 0")
