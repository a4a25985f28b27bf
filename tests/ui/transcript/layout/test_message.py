"""One message laid out."""

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, MessageState
from app.ui.transcript.layout.message import BUBBLE_X, FOOT, HEAD, MessageLayout
from app.ui.transcript.painting.style import Style
from tests.ui.transcript.driver import item_in


@pytest.fixture
def make(theme):
    def made(message, place=(1, 1), *, is_plain=None):
        layout = MessageLayout(message, place, Style(theme))
        if is_plain is not None:
            layout.is_plain = is_plain
        layout.settle(700)
        layout.measure(0, 10**6, lambda row: None)
        return layout

    return made


def sources(layout):
    return [row.chunk.source for row in layout.rows]


def test_a_short_question_has_a_narrow_bubble(make, words):
    short = make(words.question(text="Hi"))
    long = make(words.question(text="Many words in this one. " * 30))
    assert short.text_left > 600
    assert 175 <= long.text_left < 230


def test_feeding_ends_like_the_whole(make, words):
    text = "# A\n\nwords **bold**\n\n```py\nx\n```\n\n- a\n- b"
    layout = make(words.answer("a", "", MessageState.WRITING))
    for letter in text:
        layout.feed(letter)
    assert layout.text_so_far == text
    layout.set_message(words.answer("a", text))
    assert sources(layout) == sources(make(words.answer("a", text)))


def test_a_message_that_ends_with_another_text_is_made_anew(make, words):
    layout = make(words.answer("a", "", MessageState.WRITING))
    layout.feed("half a")
    layout.set_message(words.answer("a", "something else"))
    assert sources(layout) == ["something else"]


def test_only_the_open_row_changes_while_text_arrives(make, words):
    layout = make(words.answer("a", "", MessageState.WRITING))
    layout.feed("one\n\ntwo\n\nthr")
    layout.settle(700)
    layout.measure(0, 10**6, lambda row: None)
    kept = [row.items for row in layout.rows[:2]]
    layout.feed("ee")
    assert [row.items for row in layout.rows[:2]] == kept
    assert layout.rows[2].items is None


def test_definitions_reach_the_rows_above(make, words):
    text = "see [it][r] here\n\nmore\n\n[r]: https://example.org/"
    layout = make(words.answer("a", text))
    assert item_in(layout).document.toPlainText() == "see it here"
    writing = make(words.answer("b", "", MessageState.WRITING))
    for at in range(0, len(text), 5):
        writing.feed(text[at : at + 5])
        writing.settle(700)
        writing.measure(0, 10**6, lambda row: None)
    writing.set_message(words.answer("b", text))
    writing.measure(0, 10**6, lambda row: None)
    assert item_in(writing).document.toPlainText() == "see it here"


def test_rows_are_found_by_height(make, words):
    layout = make(words.answer("a", "one\n\ntwo\n\nthree"))
    for index in range(3):
        assert layout.row_at(layout.row_top(index) + 2) == index
    assert layout.row_at(0) == HEAD
    assert layout.row_at(layout.height - 1) == FOOT
    assert layout.row_top(FOOT) == layout.foot_top


def test_attachments_are_named_in_the_bubble(make, words):
    message = words.question(text="look")
    attachment = Attachment("00", "a long note.txt", "text/plain", 10)
    from dataclasses import replace

    plain = make(message)
    with_file = make(replace(message, parts=(*message.parts, AttachmentPart(attachment))))
    assert with_file.height == plain.height + 24
    assert with_file.text_left < plain.text_left


def test_another_style_keeps_nothing_of_the_old(make, words, theme):
    layout = make(words.answer("a", "one\n\ntwo"))
    theme.zoom(2.0)
    before = layout.heights.total
    layout.release(Style(theme))
    assert all(row.items is None for row in layout.rows)
    assert layout.heights.total > before


def test_an_empty_answer_has_a_foot_only(make, words):
    layout = make(words.answer("a", "", MessageState.WRITING))
    assert layout.rows == []
    assert layout.height == layout.foot_top + layout.foot.height
    assert not layout.measure(0, 100, lambda row: None)


@pytest.mark.parametrize("text", ["ما هو هذا؟", "Grüße und\n\nשלום לך"])
def test_what_runs_from_right_to_left_stays_in_its_bubble(make, words, text):
    layout = make(words.question(text=text))
    assert layout.text_left > 400
    for row in layout.rows:
        for item in row.items:
            assert layout.text_left + item.document.textWidth() <= layout.width
            assert item.document.idealWidth() <= item.document.textWidth()
            assert all(
                block.layout().lineCount() == 1
                for block in (item.document.begin(), item.document.lastBlock())
            )


@pytest.mark.parametrize(
    "text",
    [
        "See:\n\n```py\nprint(1)\n```",
        "One\n\n---\n\ntwo",
        "- a\n\n  ```\n  x\n  ```",
        "```\nx\n```",
    ],
)
def test_code_and_lines_across_end_in_the_bubble(make, words, text):
    layout = make(words.question(text=text), is_plain=False)
    edge = layout.width - layout.style.px(BUBBLE_X)
    assert all(row.width <= edge - layout.text_left for row in layout.rows)
    buttons = [r for r in layout.regions() if r.command.startswith("code.")]
    assert len(buttons) == (3 if "```" in text else 0)
    assert all(layout.text_left < r.rect.left() and r.rect.right() <= edge for r in buttons)
    assert layout.text_left > 250


def test_the_buttons_of_a_small_table_end_in_the_bubble(make, words):
    layout = make(words.question(text="| a |\n|---|\n| 1 |"), is_plain=False)
    edge = layout.width - layout.style.px(BUBBLE_X)
    buttons = [r for r in layout.regions() if r.command.startswith("table.")]
    assert len(buttons) == 2
    assert all(r.rect.right() <= edge for r in buttons)


def written(layout):
    layout.settle(700)
    layout.measure(0, 10_000, lambda row: None)
    return "\n".join(item.document.toPlainText() for row in layout.rows for item in row.items or ())


def test_a_message_can_be_shown_as_it_was_written(make, words):
    text = "# T\n\n- **a** `b`\n\n$x$"
    layout = make(words.answer("a", text))
    layout.show_as_text(True)
    assert written(layout) == text
    layout.show_as_text(False)
    assert "**" not in written(layout)


def test_also_one_that_is_being_written(make, words):
    layout = make(words.answer("a", "**a", MessageState.WRITING))
    layout.show_as_text(True)
    layout.feed("b** *c")
    assert written(layout) == "**ab** *c"
    layout.set_message(words.answer("a", "**ab** *c*"))
    assert written(layout) == "**ab** *c*"
