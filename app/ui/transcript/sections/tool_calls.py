"""The tools an answer asks for, each a card: its name and what it is to be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from app.core.conversations.conversation import (
    Message,
    MessageState,
    Role,
    ToolCallPart,
    ToolResultPart,
)
from app.core.models.tool import DECLINED, pretty_arguments
from app.render.characters import PARAGRAPH
from app.render.output.cut import units
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.wrapped_text import mark_line

PADDING = 12
HEAD = 24
GAP = 8
MOST_LINES = 16
"""Lines of arguments or of a result that are shown; the rest is counted."""
LONGEST_LINE = 2_000
SHORTEST_TITLE = 150
"""Px of a title that are shown before there is room for what stands beside it."""
FEWEST = 4
"""Letters of a line at least, however narrow its card is."""

HALF = "The answer ended in the middle of this call, so it is not offered."


@dataclass(frozen=True, slots=True)
class Entry:
    """What one card says: `body` is shown as code, `note` under it."""

    icon: str
    title: str
    body: str
    note: str = ""
    mark: str = ""
    can_wait: bool = False


class ToolCards:
    """One card a call or result. Foreign words are drawn as plain text only."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self.texts = [text for entry in entries for text in (entry.title, _body(entry.body))]
        """Title and body of each card."""
        self._width = 0
        self._tops: list[int] = []
        self._line = 1
        self._bodies: list[list[tuple[str, int]]] = []
        self._heights: list[int] = []
        self.height = 0
        self.natural_width = 0

    def layout(self, width: int, style: Style) -> None:
        """Settles it for a width."""
        self._width = self.natural_width = width
        room = width - style.px(2 * PADDING + 20)
        self._bodies = [places_of(entry.body, room, style.code_font) for entry in self._entries]
        self._heights, self._tops, self._line = [], [], style.code_line_height
        for entry, lines in zip(self._entries, self._bodies, strict=True):
            tall = style.px(2 * PADDING + HEAD)
            if lines:
                tall += style.px(GAP + 16) + len(lines) * style.code_line_height
            if entry.note:
                tall += style.px(4) + style.line_height
            self._tops.append(sum(self._heights) + style.px(GAP) * (len(self._heights) + 1))
            self._heights.append(tall)
        self.height = sum(self._heights) + style.px(GAP) * len(self._heights)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws the cards."""
        y += canvas.style.px(GAP)
        for number in range(len(self._entries)):
            self._paint_card(canvas, x, y, number)
            y += self._heights[number] + canvas.style.px(GAP)

    def text_top(self, number: int, at: int) -> int:
        """How far below its top a place of a card's words stands, px."""
        card, is_body = divmod(number, 2)
        lines = self._bodies[card]
        line = sum(start <= at for _, start in lines) if is_body else 0
        return self._tops[card] + PADDING + (HEAD + GAP if is_body else 0) + line * self._line

    def _paint_card(self, canvas: Canvas, x: int, y: int, number: int) -> None:
        entry, lines, tall = self._entries[number], self._bodies[number], self._heights[number]
        style, painter = canvas.style, canvas.painter
        is_waiting = entry.can_wait and canvas.is_last
        line = style.colour("accent" if is_waiting else "line")
        draw_box(painter, QRectF(x, y, self._width, tall), 10, line, style.colour("panel"))
        left, top = x + style.px(PADDING), y + style.px(PADDING)
        size = style.px(16)
        icon = style.theme.pixmap(entry.icon, "accent" if is_waiting else "muted", size)
        painter.drawPixmap(QPointF(left, top + style.px(HEAD) / 2 - size / 2), icon)
        marks = (entry.mark, "waiting for you" if is_waiting else "")
        mark = "  ·  ".join(mark for mark in marks if mark)
        room = self._width - style.px(2 * PADDING + 24)
        wanted = QFontMetricsF(style.strong_font).horizontalAdvance(entry.title)
        across = QFontMetricsF(style.small_font).horizontalAdvance(mark) + style.px(12)
        if mark and across + min(wanted, style.px(SHORTEST_TITLE)) <= room:
            painter.setFont(style.small_font)
            painter.setPen(style.colour("accent" if is_waiting else "muted"))
            place = QRectF(left, top, self._width - style.px(2 * PADDING), style.px(HEAD))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark
            )
            room -= int(across)
        title = QFontMetricsF(style.strong_font).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, room
        )
        place = QRectF(left + style.px(24), top, room, style.px(HEAD))
        mark_line(canvas, self, 2 * number, place, title, style.strong_font)
        painter.setFont(style.strong_font)
        painter.setPen(style.colour("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
        top += style.px(HEAD)
        if lines:
            top = self._paint_body(canvas, left, top + style.px(GAP), number)
        if entry.note:
            painter.setFont(style.small_font)
            painter.setPen(style.colour("warn"))
            place = QRectF(
                left, top + style.px(4), self._width - style.px(2 * PADDING), style.line_height
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, entry.note)

    def _paint_body(self, canvas: Canvas, left: int, top: int, number: int) -> int:
        style, painter, lines = canvas.style, canvas.painter, self._bodies[number]
        tall = style.px(16) + len(lines) * style.code_line_height
        wide = self._width - style.px(2 * PADDING)
        draw_box(painter, QRectF(left, top, wide, tall), 6, ground=style.colour("code"))
        painter.setFont(style.code_font)
        painter.setPen(style.colour("text"))
        at = top + style.px(8)
        for line, start in lines:
            place = QRectF(left + style.px(10), at, wide - style.px(20), style.code_line_height)
            is_rest = line.startswith("…") and len(lines) == MOST_LINES
            mark_line(
                canvas,
                self,
                2 * number + 1,
                place,
                line,
                style.code_font,
                start=start,
                is_rest=is_rest,
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
            at += style.code_line_height
        return top + tall

    def regions(self, style: Style) -> list[HitRegion]:
        """The cards that can wait: a click goes to the field for the answer."""
        found = []
        y = style.px(GAP)
        for entry, tall in zip(self._entries, self._heights, strict=True):
            if entry.can_wait:
                rect = QRectF(0, y, self._width, tall)
                found.append(HitRegion(rect, "tool.answer", "", "Answer this call"))
            y += tall + style.px(GAP)
        return found


def tool_calls(message: Message) -> ToolCards | None:
    """The section of an answer that asks for tools."""
    if message.role is not Role.ASSISTANT or not message.calls:
        return None
    names = [call.name for call in message.calls]
    return ToolCards([_call(call, message.state, names) for call in message.calls])


def tool_results(message: Message) -> ToolCards | None:
    """The section of what tools answered."""
    if message.role is not Role.TOOL:
        return None
    return ToolCards([_result(result) for result in message.results])


def _call(call: ToolCallPart, state: MessageState, names: list[str]) -> Entry:
    text, trouble = pretty_arguments(call.arguments)
    is_twin = names.count(call.name) > 1
    is_whole = state is MessageState.DONE
    mark = call.call_id[:40] if is_twin else ""
    return Entry(
        "wrench",
        f"Asks for {call.name or 'a tool without a name'}",
        text,
        trouble if is_whole else "" if state is MessageState.WRITING else HALF,
        mark,
        is_whole,
    )


def _result(result: ToolResultPart) -> Entry:
    if result.text == DECLINED:
        return Entry("x", "You declined this call", "")
    return Entry("corner-down-left", "Your answer to the call", result.text)


def lines_of(text: str, width: int, font: QFont) -> list[str]:
    """A text as lines that fit a width, the rest counted in the last one."""
    return [line for line, _ in places_of(text, width, font)]


def places_of(text: str, width: int, font: QFont) -> list[tuple[str, int]]:
    """The same, each with the place in `_body(text)` where it begins, in UTF-16 units."""
    metrics = QFontMetrics(font)
    across = max(FEWEST, width // max(1, metrics.horizontalAdvance("0")))
    found: list[tuple[str, int]] = []
    place = 0
    given = _body(text).split(PARAGRAPH) if text.strip() else []
    for number, line in enumerate(given):
        for at in range(0, len(line) or 1, across):
            found.append((line[at : at + across], place))
            place += units(found[-1][0])
        place += 1
        if len(found) > MOST_LINES:
            left = len(given) - number - 1
            more = f"… {left} more lines" if left else "…"
            return [*found[: MOST_LINES - 1], (more, found[MOST_LINES - 1][1])]
    return found


def _body(text: str) -> str:
    """A text as it is drawn in lines, before they are broken."""
    return PARAGRAPH.join(line[:LONGEST_LINE] for line in text.expandtabs(4).splitlines())
