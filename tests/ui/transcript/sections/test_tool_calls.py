"""Calls and results in the transcript."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from app.core.conversations.conversation import MessageState, Role, ToolCallPart, ToolResultPart
from app.core.models.tool import DECLINED
from app.ui.transcript.blocks.block_item import Canvas
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.tool_calls import (
    HALF,
    MOST_LINES,
    lines_of,
    tool_calls,
    tool_results,
)

OSLO = ToolCallPart("c1", "get_weather", '{"city":"Oslo","days":2}')


def asking(words, *calls, state=MessageState.DONE):
    message = words.answer(text="", state=state)
    return replace(message, parts=tuple(calls))


def entries(strip):
    return strip._entries


def picture(strip, theme, *, is_last):
    strip.layout(600, Style(theme))
    image = QImage(620, strip.height + 20, QImage.Format.Format_RGB32)
    image.fill(theme.colour("background"))
    painter = QPainter(image)
    strip.paint(Canvas(painter, 0, 2000, Style(theme), is_last=is_last), 10, 10)
    painter.end()
    return image


def has_colour(image, colour):
    wanted = QColor(colour).rgb()
    return any(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


def test_messages_without_calls_have_no_cards(words):
    assert tool_calls(words.answer()) is None
    assert tool_calls(words.question()) is None
    assert tool_results(words.answer()) is None


def test_a_call_shows_its_name_and_laid_out_arguments(words):
    (entry,) = entries(tool_calls(asking(words, OSLO)))
    assert entry.title == "Asks for get_weather"
    assert entry.body == '{\n  "city": "Oslo",\n  "days": 2\n}'
    assert (entry.note, entry.mark) == ("", "")


def test_two_calls_of_one_name_are_told_apart_by_their_ids(words):
    twin = replace(OSLO, call_id="c2")
    other = ToolCallPart("c3", "find", "")
    found = entries(tool_calls(asking(words, OSLO, twin, other)))
    assert [entry.mark for entry in found] == ["c1", "c2", ""]
    assert found[2].body == ""


def test_broken_arguments_are_shown_as_they_came(words):
    (entry,) = entries(tool_calls(asking(words, replace(OSLO, arguments='{"city": "Os'))))
    assert entry.body == '{"city": "Os'
    assert "not valid JSON" in entry.note


@pytest.mark.parametrize(
    "state", [MessageState.CUT_OFF, MessageState.STOPPED, MessageState.FAILED, MessageState.REFUSED]
)
def test_half_a_call_is_not_offered(words, theme, state):
    strip = tool_calls(asking(words, OSLO, state=state))
    strip.layout(600, Style(theme))
    assert entries(strip)[0].note == HALF
    assert strip.regions(Style(theme)) == []


def test_a_call_waits_only_at_the_end_of_the_branch(words, theme):
    strip = tool_calls(asking(words, OSLO))
    accent = theme.colour("accent")
    waiting, over = (picture(strip, theme, is_last=is_last) for is_last in (True, False))
    assert waiting.size() == over.size()
    assert has_colour(waiting, accent)
    assert not has_colour(over, accent)
    assert [region.command for region in strip.regions(Style(theme))] == ["tool.answer"]


def test_results_show_what_was_answered_and_what_was_declined(words, theme):
    results = (ToolResultPart("c1", "8 degrees"), ToolResultPart("c2", DECLINED))
    message = replace(words.question(), role=Role.TOOL, parts=results)
    strip = tool_results(message)
    assert [(e.title, e.body) for e in entries(strip)] == [
        ("Your answer to the call", "8 degrees"),
        ("You declined this call", ""),
    ]
    strip.layout(600, Style(theme))
    assert strip.regions(Style(theme)) == []


def test_long_texts_are_cut_and_what_is_left_is_counted(theme):
    font = Style(theme).code_font
    assert lines_of("", 600, font) == []
    assert lines_of("a\n\tb", 600, font) == ["a", "    b"]
    many = lines_of("\n".join(str(n) for n in range(100)), 600, font)
    assert len(many) == MOST_LINES
    assert many[-1] == "… 83 more lines"
    assert lines_of("x" * 1_000_000, 600, font)[-1] == "…"


def test_markup_in_foreign_texts_changes_nothing(words, theme):
    name = "<img src=x><b>big</b>"
    strip = tool_calls(asking(words, ToolCallPart("c", name, '{"a": "<h1>x</h1>"}')))
    (entry,) = entries(strip)
    assert name in entry.title
    assert "<h1>x</h1>" in entry.body
    assert not picture(strip, theme, is_last=False).isNull()


def test_the_strip_stands_in_the_sheet_and_its_click_leaves_the_view(view, words, driver, qtbot):
    view.set_branch([words.question(), asking(words, OSLO)], {})
    with qtbot.waitSignal(view.command_requested) as asked:
        driver.press("a", "tool.answer")
    assert asked.args == ["tool.answer", "a"]


def test_a_narrow_card_says_the_tools_name_first(words, theme):
    theme.zoom(2)
    strip = tool_calls(asking(words, OSLO))
    style = Style(theme)
    strip.layout(276, style)

    def head(is_last):
        image = QImage(276, strip.height, QImage.Format.Format_RGB32)
        image.fill(theme.colour("background"))
        painter = QPainter(image)
        strip.paint(Canvas(painter, 0, 2000, style, is_last=is_last), 0, 0)
        painter.end()
        top, tall = style.px(8 + 13), style.px(22)
        place = image.copy(style.px(36), top, 276 - style.px(50), tall)
        return {place.pixelColor(x, y).name() for x in range(place.width()) for y in range(tall)}

    assert theme.colour("text").name() in head(False)
    assert head(True) == head(False)
