"""A block of code: its header with Wrap and Copy, its coloured lines, scrolled sideways when it
is wide."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QTextCursor

from app.render.characters import copied, hidden_count, shown
from app.ui.transcript.documents import code_document, colour_lines
from app.ui.transcript.flow import Leaf
from app.ui.transcript.pieces import Canvas, Piece, Region, Selection
from app.ui.transcript.style import Style

HEADER = 27
PADDING = 12
RADIUS = 10
WIDEST_LINE = 2_000
_WIDE_LINE = re.compile(rf"[^\n]{{{WIDEST_LINE}}}(?=[^\n])")


class CodePiece(Piece):
    """Code, or a stretch of a long one: `is_continued` has no header, `is_cut` no end."""

    def __init__(
        self,
        leaf: Leaf,
        text: str,
        language: str,
        style: Style,
        *,
        is_continued: bool = False,
        is_cut: bool = False,
    ) -> None:
        from app.render.code import Highlighter

        super().__init__(style, leaf)
        self.source = text
        self.language = language
        self.is_continued = is_continued
        self.is_cut = is_cut
        self.is_wrapped = False
        self.scroll = 0
        self.copied_note = ""
        if is_continued:
            self.gap = 0
        self._shown = _drawable(text)
        self._highlighter = Highlighter(language)
        self.document = code_document(self._shown, style)
        self._highlighter.append(self._shown)
        colour_lines(self.document, self._highlighter.whole(), style)
        self._width = 0
        self._has_hidden = hidden_count(text) > 0

    def grow(self, text: str, *, is_cut: bool, is_complete: bool) -> bool:
        """Takes more code at the end; False when the new text does not go on from the old one."""
        drawable = _drawable(text)
        if not drawable.startswith(self._shown) or self.document is None:
            return False
        self.source, self.is_cut = text, is_cut
        self._has_hidden = self._has_hidden or hidden_count(text[-200:]) > 0
        added = drawable[len(self._shown) :]
        self._shown = drawable
        if added:
            cursor = QTextCursor(self.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(added)
            first, rows = self._highlighter.append(added)
            colour_lines(self.document, rows, self.style, first)
        if is_complete:
            colour_lines(self.document, self._highlighter.whole(), self.style)
        return True

    @property
    def header_height(self) -> int:
        """What stands above the first line, px."""
        return 0 if self.is_continued else self.style.px(HEADER)

    @property
    def _above(self) -> int:
        return self.header_height + (0 if self.is_continued else self.style.px(PADDING))

    def layout(self, width: int) -> None:
        """Counts the lines, or breaks them when wrapped."""
        assert self.document is not None
        self._width = width - self.indent
        inner = self._width - 2 * self.style.px(PADDING)
        self.document.setTextWidth(inner if self.is_wrapped else -1)
        below = 0 if self.is_cut else self.style.px(PADDING)
        self.height = self._above + round(self.document.size().height() + 0.49) + below
        self.natural_width = self.document.idealWidth() + 2 * PADDING + self.indent
        self.scroll = max(0, min(self.scroll, self.scroll_room()))

    def scroll_room(self) -> int:
        """How far it can be scrolled sideways, px."""
        assert self.document is not None
        if self.is_wrapped:
            return 0
        inner = self._width - 2 * self.style.px(PADDING)
        return max(0, round(self.document.idealWidth()) - inner)

    def set_wrapped(self, is_wrapped: bool) -> None:
        """Breaks long lines, or not; needs a new layout."""
        assert self.document is not None
        self.is_wrapped = is_wrapped
        option = self.style.wrapping if is_wrapped else self.style.not_wrapping
        self.document.setDefaultTextOption(option)
        self.scroll = 0

    def origin(self) -> QPointF:
        """Below the header, moved by the sideways scroll."""
        return QPointF(self.indent + self.style.px(PADDING) - self.scroll, self._above)

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """Frame, header and lines."""
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        painter, style = canvas.painter, self.style
        left = x + self.indent
        box = QRectF(left + 0.5, y + 0.5, self._width - 1, self.height - 1)
        top = max(box.top(), canvas.top - 40.5) if not self.is_continued else y - 20.0
        bottom = (
            min(box.bottom(), canvas.bottom + 40.5) if not self.is_cut else y + self.height + 20
        )
        painter.save()
        painter.setClipRect(QRectF(left, y, self._width, self.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("line"))
        painter.setBrush(style.colour("code"))
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(box.left(), top, box.width(), bottom - top), RADIUS, RADIUS)
        painter.drawPath(frame)
        if not self.is_continued:
            self._paint_header(canvas, left, y)
        painter.restore()
        padding = style.px(PADDING)
        inner = QRectF(self.scroll, 0, self._width - 2 * padding, self.height - self._above)
        origin = self.origin()
        self.draw_document(canvas, x + origin.x(), y + origin.y(), inner, selection)
        if room := self.scroll_room():
            self._paint_bar(canvas, left + padding, y + self.height - 6, inner.width(), room)

    def _paint_header(self, canvas: Canvas, left: float, y: float) -> None:
        painter, style = canvas.painter, self.style
        line = y + self.header_height - 0.5
        painter.drawLine(QPointF(left, line), QPointF(left + self._width, line))
        painter.setFont(style.small_font)
        painter.setPen(style.colour("muted"))
        name = QRectF(left + style.px(PADDING), y, self._width / 2, self.header_height)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, middle, shown(self.language) or "text")
        for region in self.regions():
            rect = region.rect.translated(left - self.indent, y)
            painter.setPen(style.colour("text" if canvas.is_under(rect) else "muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, region.title)

    def _paint_bar(self, canvas: Canvas, x: float, y: float, width: float, room: int) -> None:
        painter = canvas.painter
        length = max(24.0, width * width / (width + room))
        place = (width - length) * self.scroll / room
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.style.colour("faint"))
        painter.drawRoundedRect(QRectF(x + place, y, length, 3), 1.5, 1.5)

    def regions(self) -> list[Region]:
        """Wrap and Copy in the header."""
        if self.is_continued:
            return []
        metrics = QFontMetricsF(self.style.small_font)
        right = float(self.indent + self._width - self.style.px(6))
        found = []
        copy_title = self.copied_note or "Copy"
        wrap_title = "Unwrap" if self.is_wrapped else "Wrap"
        for command, title in (("code.copy", copy_title), ("code.wrap", wrap_title)):
            width = metrics.horizontalAdvance(title) + self.style.px(10)
            rect = QRectF(right - width, 0, width, self.header_height)
            found.append(Region(rect, command, "", title, is_action=True))
            right -= width
        return found

    def copy_text(self) -> str:
        """The code as it may go to the clipboard: exact, but for characters that deceive."""
        return copied(self.source, is_code=True)

    @property
    def hidden(self) -> int:
        """How many characters copying leaves out."""
        if not self._has_hidden:
            return 0
        return len(self.source) - len(self.copy_text())

    def text_between(self, first: int, last: int) -> str:
        """A stretch of code; the whole of it exactly as it came."""
        if first <= 0 and last >= self.last_position():
            return self.copy_text()
        return super().text_between(first, last)


def _drawable(text: str) -> str:
    """Code with what deceives made visible and overlong lines broken."""
    text = shown(text, is_code=True)
    if len(text) > WIDEST_LINE:
        text = _WIDE_LINE.sub(lambda match: match[0] + "\n", text)
    return text
