"""The pages an answer cites: numbered, each with its title and host; a click opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.core.conversations.conversation import Message, SourcePart
from app.core.conversations.sources import host_of, path_of
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.wrapped_text import mark_line

ABOVE = 10
HEAD = 28
LINE = 26
NUMBER = 22
MOST = 50
"""Sources that are listed; further ones are counted."""


class Cited:
    """A heading and one line a page."""

    def __init__(self, sources: Sequence[SourcePart]) -> None:
        self._sources = sources[:MOST]
        self._more = max(0, len(sources) - MOST)
        self.texts = [text for source in self._sources for text in _said(source)]
        """Title and what stands beside it, of each page."""
        self._width = self._lines_top = self._line = 0
        self.height = 0
        self.natural_width = 0

    def layout(self, width: int, style: Style) -> None:
        """Settles it for a width."""
        self._width = self.natural_width = width
        lines = len(self._sources) + bool(self._more)
        self._lines_top, self._line = style.px(ABOVE + HEAD), style.px(LINE)
        self.height = self._lines_top + lines * self._line + style.px(6)

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws the list."""
        style, painter = canvas.style, canvas.painter
        middle = Qt.AlignmentFlag.AlignVCenter
        y += style.px(ABOVE)
        size = style.px(15)
        icon = style.theme.pixmap("globe", "muted", size)
        painter.drawPixmap(QPointF(x, y + style.px(HEAD) / 2 - size / 2 + style.px(2)), icon)
        painter.setFont(style.small_strong_font)
        painter.setPen(style.colour("text"))
        head = QRectF(x + style.px(22), y + style.px(2), self._width, style.px(HEAD))
        painter.drawText(head, middle, "Sources")
        y += style.px(HEAD)
        metrics = QFontMetricsF(style.small_font)
        for number, source in enumerate(self._sources, 1):
            line = QRectF(x, y, self._width, style.px(LINE))
            is_under = canvas.is_under(line)
            painter.setFont(style.small_font)
            painter.setPen(style.colour("muted"))
            painter.drawText(line, middle, f"{number}.")
            title, side = _said(source)
            side = metrics.elidedText(side, Qt.TextElideMode.ElideMiddle, self._width * 0.4)
            room = self._width - style.px(NUMBER + 12) - metrics.horizontalAdvance(side)
            title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
            left = x + style.px(NUMBER)
            place = QRectF(left, y, room + 2, style.px(LINE))
            mark_line(canvas, self, 2 * number - 2, place, title, style.small_font)
            painter.setPen(style.colour("text" if is_under else "accent"))
            painter.drawText(place, middle, title)
            if side:
                left += int(metrics.horizontalAdvance(title)) + style.px(10)
                place = QRectF(left, y, self._width, style.px(LINE))
                mark_line(canvas, self, 2 * number - 1, place, side, style.small_font)
                painter.setPen(style.colour("muted"))
                painter.drawText(place, middle, side)
            y += style.px(LINE)
        if self._more:
            painter.setPen(style.colour("muted"))
            line = QRectF(x + style.px(NUMBER), y, self._width, style.px(LINE))
            painter.drawText(line, middle, f"and {self._more} more")

    def text_top(self, number: int, _at: int) -> int:
        """How far below its top the line of a page stands, px."""
        return self._lines_top + number // 2 * self._line

    def regions(self, style: Style) -> list[HitRegion]:
        """Every line; its argument is the address."""
        return [
            HitRegion(
                QRectF(
                    0, style.px(ABOVE + HEAD) + place * style.px(LINE), self._width, style.px(LINE)
                ),
                "link.open",
                source.url,
                f"Open {host_of(source.url)}",
                is_action=True,
            )
            for place, source in enumerate(self._sources)
        ]


def cited(message: Message) -> Cited | None:
    """The section of an answer that cites pages."""
    return Cited(message.sources) if message.sources else None


def _said(source: SourcePart) -> tuple[str, str]:
    """The title of a page, and its host or path beside it."""
    host = host_of(source.url)
    title = _one_line(source.title) or host
    return title, path_of(source.url) if title == host else host


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
