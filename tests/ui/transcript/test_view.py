"""The transcript as a whole: it grows, follows, stays and draws."""

from dataclasses import replace
from weakref import ref

from PySide6.QtCore import Qt

from app.core.conversations.conversation import MessageState, ReasoningPart, TextPart
from app.ui.transcript.layout.column import MOST_ROWS
from app.ui.transcript.view import TranscriptView
from tests.ui.transcript.driver import (
    footer_of,
    item_of,
    layout_of,
    messages_of,
    reasoning_of,
    source_of,
)

LONG = "\n\n".join(
    f"## Part {i}\n\nSome **bold** words with `code` and more.\n\n"
    f"- one\n- two\n\n```python\nx = {i}\n```"
    for i in range(30)
)


def bar(view):
    return view.verticalScrollBar()


def stream(view, message, text, size=7):
    view.append(message)
    for at in range(0, len(text), size):
        view.add_text(message.id, text[at : at + size])
        if at % 50 == 0:
            view.take_arrived()
    view.take_arrived()


def picture(view):
    return view.viewport().grab().toImage()


def done(message, text):
    return replace(message, parts=(TextPart(text),), state=MessageState.DONE)


def test_a_streamed_answer_ends_like_one_shown_whole(view, words, theme, qtbot):
    writing = words.answer("a", "", MessageState.WRITING)
    view.set_branch([words.question()], {})
    stream(view, writing, LONG)
    whole = words.answer("a", LONG)
    view.replace(whole)
    other = TranscriptView(theme)
    qtbot.addWidget(other)
    other.resize(view.size())
    other.show()
    other.set_branch([words.question(), whole], {})
    for value in range(0, 5000, 300):
        for each in (view, other):
            each.position.stop_following()
            bar(each).setValue(value)
        assert bar(view).value() == bar(other).value()
        assert picture(view) == picture(other)


def test_full_and_partial_repaint_agree(view, words):
    view.set_branch(words.many(6), {})
    first = picture(view)
    view.viewport().update(10, 100, 300, 50)
    assert picture(view) == first


def test_it_opens_at_the_end(view, words):
    view.set_branch(words.many(40), {})
    assert bar(view).maximum() > 1000
    assert view.position.is_at_end()


def test_the_jump_button_appears_away_from_the_end(view, words, qtbot):
    view.set_branch(words.many(20), {})
    assert not view.jump.isVisible()
    bar(view).setValue(0)
    assert view.jump.isVisible()
    qtbot.mouseClick(view.jump, Qt.MouseButton.LeftButton)
    assert view.position.is_at_end()
    assert not view.jump.isVisible()


def test_the_text_at_the_top_stays_there_on_resize(view, words):
    view.set_branch(words.many(60), {})
    bar(view).setValue(bar(view).maximum() // 2)
    index = view.state.column.at(bar(view).value() + 60)
    for width in (764, 620, 500, 900, 764):
        view.resize(width, 500)
        assert abs(view.state.column.at(bar(view).value() + 60) - index) <= 1


def test_scrolling_up_through_unseen_messages_keeps_what_is_seen(view, words):
    messages = words.many(40)
    messages[20] = words.answer("m20", LONG)
    view.set_branch(messages, {})
    width = view.viewport().width()
    while (value := bar(view).value()) > 300:
        view.jump.hide()
        before = picture(view).copy(0, 0, width, 200)
        bar(view).setValue(value - 300)
        view.jump.hide()
        assert picture(view).copy(0, 300, width, 200) == before


def test_the_waiting_line_is_there_until_the_first_word(view, words):
    view.append(words.question())
    view.append(words.answer("a", "", MessageState.WRITING))
    foot = footer_of(view, 1)
    assert foot.is_waiting
    assert foot.waiting_text() == "Waiting for the model…"
    view.set_waiting("a", "Trying again…")
    assert foot.waiting_text() == "Trying again…"
    view.set_waiting("a", "")
    assert not foot.is_waiting
    view.set_waiting("a", "Still there?")
    view.add_text("a", "Yes")
    view.take_arrived()
    assert not foot.is_waiting
    assert not view._repaint_timer._timer.isActive()


def test_text_is_drawn_within_a_frame(view, words, qtbot):
    view.append(words.answer("a", "", MessageState.WRITING))
    before = picture(view)
    view.add_text("a", "Hello")
    qtbot.waitUntil(lambda: picture(view) != before, timeout=1000)


def test_replaced_text_takes_the_place_of_what_came(view, words):
    view.append(words.answer("a", "", MessageState.WRITING))
    view.add_reasoning("a", "hm")
    view.add_text("a", "wrong words")
    view.replace_text("a", "right words")
    layout = layout_of(view)
    assert source_of(view) == ["right words"]
    assert layout.reasoning.text == "hm"
    view.add_text("a", " and more")
    view.take_arrived()
    assert source_of(view) == ["right words and more"]


def test_words_for_unknown_messages_are_ignored(view, words):
    view.set_branch([words.question()], {})
    view.add_text("nobody", "x")
    view.replace_text("nobody", "x")
    view.set_waiting("nobody", "x")
    view.replace(words.answer("nobody"))
    view.show_message("nobody")
    assert len(messages_of(view)) == 1


def test_a_branch_that_begins_alike_keeps_the_place(view, words):
    messages = words.many(30)
    view.set_branch(messages, {})
    bar(view).setValue(300)
    view.set_branch([*messages[:-1], words.answer("other", "Another answer")], {"other": (2, 2)})
    assert bar(view).value() == 300
    assert footer_of(view, -1).place[:2] == (2, 2)


def test_dark_is_drawn_dark(view, words, theme):
    view.set_branch([words.question(), words.answer("a", LONG)], {})
    light = picture(view)
    theme.choose("dark")
    dark = picture(view)
    assert light.pixelColor(2, 2).name() == "#ffffff"
    assert dark.pixelColor(2, 2).name() == theme.colours.background
    theme.choose("light")
    assert picture(view) == light


def test_text_zoom_makes_everything_larger(view, words, theme):
    view.set_branch([words.question(), words.answer("a", LONG)], {})
    before = view.state.column.total
    theme.zoom(2.0)
    assert view.state.column.total > 1.5 * before


def test_show_message_brings_it_to_the_top(view, words):
    view.set_branch(words.many(40), {})
    view.show_message("m3")
    assert view.focused_message() == "m3"
    assert abs(view.state.column.top(3) - 8 - bar(view).value()) <= 1


def test_walking_goes_from_message_to_message(view, words):
    view.set_branch(words.many(10), {})
    view.walk(-1)
    assert view.focused_message() == "m9"
    view.walk(-1)
    assert view.focused_message() == "m8"
    view.walk(1)
    view.walk(1)
    assert view.focused_message() == "m9"


def test_the_empty_state_gives_way_to_messages(view, words, qtbot):
    view.set_empty_state([("Ask", "Practice", "sparkles", "practice.ask")])
    view.clear()
    assert view._empty.isVisible()
    with qtbot.waitSignal(view.command_requested) as caught:
        qtbot.mouseClick(view._empty._cards[0][0], Qt.MouseButton.LeftButton)
    assert caught.args == ["practice.ask", ""]
    view.append(words.question())
    assert not view._empty.isVisible()


def test_reasoning_is_kept_when_the_answer_ends(view, words):
    view.append(words.answer("a", "", MessageState.WRITING))
    view.add_reasoning("a", "one\ntwo")
    view.take_arrived()
    assert reasoning_of(view).is_live
    view.add_text("a", "Answer")
    view.take_arrived()
    assert not reasoning_of(view).is_live
    assert reasoning_of(view).head.startswith("Thought")
    final = words.answer("a", "Answer", reasoning="one\ntwo")
    assert isinstance(final.parts[0], ReasoningPart)
    view.replace(final)
    assert reasoning_of(view).title == "Thought · 214 tokens"


def test_documents_of_unseen_rows_are_let_go(view, words):
    view.set_branch([words.answer("a", LONG * 10)], {})
    view.position.stop_following()
    for value in range(0, bar(view).maximum(), 400):
        bar(view).setValue(value)
    kept = sum(row.items is not None for row in layout_of(view).rows)
    assert kept <= MOST_ROWS


def test_documents_of_a_conversation_that_was_left_are_let_go(view, words):
    view.set_branch([words.answer("a", LONG)], {})
    picture(view)
    document = ref(item_of(view, 0, -1, 0).document)
    assert document() is not None
    view.set_branch([replace(words.answer("b"), conversation_id="other")], {})
    assert document() is None


def test_none_is_counted_right(view, words):
    import sys

    view.set_branch(words.many(4), {})
    before = sys.getrefcount(None)
    for _ in range(50):
        view.settle()
        picture(view)
    assert abs(sys.getrefcount(None) - before) < 200


def test_it_has_a_name_for_screen_readers(view):
    assert view.accessibleName() == "Conversation"
    assert view.jump.accessibleName()


def test_a_narrow_view_still_holds_text(view, words):
    view.set_branch([words.question(), words.answer("a", LONG)], {})
    view.resize(260, 400)
    assert 160 <= view.state.column.width <= 230
    assert picture(view).pixelColor(1, 1).name() == "#ffffff"
