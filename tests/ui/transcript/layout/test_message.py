"""One message laid out."""

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, MessageState
from app.ui.transcript.layout.message import BUBBLE_X, FOOT, HEAD, Sheet
from app.ui.transcript.painting.style import Style


@pytest.fixture
def make(theme):
    def made(message, place=(1, 1)):
        sheet = Sheet(message, place, Style(theme))
        sheet.settle(700)
        sheet.measure(0, 10**6, lambda row: None)
        return sheet

    return made


def sources(sheet):
    return [row.chunk.source for row in sheet.rows]


def test_a_short_question_has_a_narrow_bubble(make, words):
    short = make(words.question(text="Hi"))
    long = make(words.question(text="Many words in this one. " * 30))
    assert short.text_left > 600
    assert 175 <= long.text_left < 230


def test_feeding_ends_like_the_whole(make, words):
    text = "# A\n\nwords **bold**\n\n```py\nx\n```\n\n- a\n- b"
    sheet = make(words.answer("a", "", MessageState.WRITING))
    for letter in text:
        sheet.feed(letter)
    assert sheet.text_so_far == text
    sheet.set_message(words.answer("a", text))
    assert sources(sheet) == sources(make(words.answer("a", text)))


def test_a_message_that_ends_with_another_text_is_made_anew(make, words):
    sheet = make(words.answer("a", "", MessageState.WRITING))
    sheet.feed("half a")
    sheet.set_message(words.answer("a", "something else"))
    assert sources(sheet) == ["something else"]


def test_only_the_open_row_changes_while_text_arrives(make, words):
    sheet = make(words.answer("a", "", MessageState.WRITING))
    sheet.feed("one\n\ntwo\n\nthr")
    sheet.settle(700)
    sheet.measure(0, 10**6, lambda row: None)
    kept = [row.pieces for row in sheet.rows[:2]]
    sheet.feed("ee")
    assert [row.pieces for row in sheet.rows[:2]] == kept
    assert sheet.rows[2].pieces is None


def test_definitions_reach_the_rows_above(make, words):
    text = "see [it][r] here\n\nmore\n\n[r]: https://example.org/"
    sheet = make(words.answer("a", text))
    assert sheet.rows[0].pieces[0].document.toPlainText() == "see it here"
    writing = make(words.answer("b", "", MessageState.WRITING))
    for at in range(0, len(text), 5):
        writing.feed(text[at : at + 5])
        writing.settle(700)
        writing.measure(0, 10**6, lambda row: None)
    writing.set_message(words.answer("b", text))
    writing.measure(0, 10**6, lambda row: None)
    assert writing.rows[0].pieces[0].document.toPlainText() == "see it here"


def test_rows_are_found_by_height(make, words):
    sheet = make(words.answer("a", "one\n\ntwo\n\nthree"))
    for index in range(3):
        assert sheet.row_at(sheet.row_top(index) + 2) == index
    assert sheet.row_at(0) == HEAD
    assert sheet.row_at(sheet.height - 1) == FOOT
    assert sheet.row_top(FOOT) == sheet.foot_top


def test_attachments_are_named_in_the_bubble(make, words):
    message = words.question(text="look")
    attachment = Attachment("00", "a long note.txt", "text/plain", 10)
    from dataclasses import replace

    plain = make(message)
    with_file = make(replace(message, parts=(*message.parts, AttachmentPart(attachment))))
    assert with_file.height == plain.height + 24
    assert with_file.text_left < plain.text_left


def test_another_style_keeps_nothing_of_the_old(make, words, theme):
    sheet = make(words.answer("a", "one\n\ntwo"))
    theme.zoom(2.0)
    before = sheet.heights.total
    sheet.release(Style(theme))
    assert all(row.pieces is None for row in sheet.rows)
    assert sheet.heights.total > before


def test_an_empty_answer_has_a_foot_only(make, words):
    sheet = make(words.answer("a", "", MessageState.WRITING))
    assert sheet.rows == []
    assert sheet.height == sheet.foot_top + sheet.foot.height
    assert not sheet.measure(0, 100, lambda row: None)


@pytest.mark.parametrize("text", ["ما هو هذا؟", "Grüße und\n\nשלום לך"])
def test_what_runs_from_right_to_left_stays_in_its_bubble(make, words, text):
    sheet = make(words.question(text=text))
    assert sheet.text_left > 400
    for row in sheet.rows:
        for piece in row.pieces:
            assert sheet.text_left + piece.document.textWidth() <= sheet.width
            assert piece.document.idealWidth() <= piece.document.textWidth()
            assert all(
                block.layout().lineCount() == 1
                for block in (piece.document.begin(), piece.document.lastBlock())
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
    sheet = make(words.question(text=text))
    edge = sheet.width - sheet.style.px(BUBBLE_X)
    assert all(row.width <= edge - sheet.text_left for row in sheet.rows)
    buttons = [r for r in sheet.regions() if r.command.startswith("code.")]
    assert len(buttons) == (3 if "```" in text else 0)
    assert all(sheet.text_left < r.rect.left() and r.rect.right() <= edge for r in buttons)
    assert sheet.text_left > 250


def test_the_buttons_of_a_small_table_end_in_the_bubble(make, words):
    sheet = make(words.question(text="| a |\n|---|\n| 1 |"))
    edge = sheet.width - sheet.style.px(BUBBLE_X)
    buttons = [r for r in sheet.regions() if r.command.startswith("table.")]
    assert len(buttons) == 2
    assert all(r.rect.right() <= edge for r in buttons)


def written(sheet):
    sheet.settle(700)
    sheet.measure(0, 10_000, lambda row: None)
    return "\n".join(
        piece.document.toPlainText() for row in sheet.rows for piece in row.pieces or ()
    )


def test_a_message_can_be_shown_as_it_was_written(make, words):
    text = "# T\n\n- **a** `b`\n\n$x$"
    sheet = make(words.answer("a", text))
    sheet.show_as_text(True)
    assert written(sheet) == text
    sheet.show_as_text(False)
    assert "**" not in written(sheet)


def test_also_one_that_is_being_written(make, words):
    sheet = make(words.answer("a", "**a", MessageState.WRITING))
    sheet.show_as_text(True)
    sheet.feed("b** *c")
    assert written(sheet) == "**ab** *c"
    sheet.set_message(words.answer("a", "**ab** *c*"))
    assert written(sheet) == "**ab** *c*"
