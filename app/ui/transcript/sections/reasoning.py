"""The reasoning of a model: a closed box, with the last lines while it grows; opened on a click."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)

from app.core.conversations.conversation import Message, MessageState
from app.render.characters import Cleaner, shown
from app.render.output.cut import slice_units, units
from app.render.tree import Mark
from app.ui.transcript.blocks.block_item import Canvas, HitRegion
from app.ui.transcript.blocks.documents import new_document
from app.ui.transcript.blocks.letter_positions import position_in
from app.ui.transcript.painting.highlights import document_marks
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.painting.style import Style

CLOSED = 36
BELOW = 12
PADDING = 12
LONGEST = 200_000
LIVE_LINES = 3
"""Lines of a closed box while the model thinks; their room is kept from the first word on."""
LINE = 19
_TAIL = 2_000
"""Characters among which the last lines are looked for."""


class ReasoningSection:
    """The reasoning of one answer; `height` is 0 without any.

    `opened` holds the ids of messages whose reasoning is open; it outlives this object.
    """

    def __init__(self, message_id: str = "", opened: set[str] | None = None) -> None:
        self._message_id = message_id
        self._opened = set() if opened is None else opened
        self._items: list[str] = []
        self._cleaner = Cleaner()
        self._size = 0
        self._document: QTextDocument | None = None
        self._written = 0
        self._width = 0
        self.is_live = False
        self.title = ""
        self._tail = ""
        self._since: float | None = None
        self.height = 0

    def set_message(self, message: Message) -> None:
        """Takes what is stored."""
        text = message.reasoning
        if len(text) != self._size:
            self._items, self._size, self._written, self._document = [], 0, 0, None
            self._cleaner = Cleaner()
            self._tail = ""
            self.add(text)
            self._since = None  # when it began was not seen
        self.is_live = message.state is MessageState.WRITING and not message.text
        self.title = _title(message)

    def add(self, text: str) -> None:
        """More of it."""
        if not text:
            return
        self._size += len(text)
        sound = self._cleaner.feed(text)
        self._items.append(sound)
        if self._since is None and len(self._items) == 1:
            self._since = time.monotonic()
        self._tail += sound
        if len(self._tail) > _TAIL:
            # Cut by half and at a word, so that the lines seldom break anew.
            self._tail = self._tail[-_TAIL // 2 :].partition(" ")[2]

    def note_answer(self) -> None:
        """The answer itself goes on: the reasoning is over, as far as is seen."""
        if self.is_live:
            self.is_live = False
            seconds = None if self._since is None else time.monotonic() - self._since
            self.title = _words(seconds)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._items)

    @property
    def is_open(self) -> bool:
        """Whether all of it is shown."""
        return self._message_id in self._opened

    @is_open.setter
    def is_open(self, is_open: bool) -> None:
        if is_open:
            self._opened.add(self._message_id)
        else:
            self._opened.discard(self._message_id)

    @property
    def head(self) -> str:
        """What the head says now: while the model thinks with time and size so far."""
        if not self.is_live:
            return self.title
        parts = ["Thinking…"]
        if self._since is not None and time.monotonic() - self._since >= 1:
            parts.append(f"{time.monotonic() - self._since:.0f} s")
        tokens = self._size // 4
        if tokens >= 10:
            parts.append(f"about {_spaced(tokens)} tokens")
        return " · ".join(parts)

    @property
    def size(self) -> int:
        """How many characters it has so far."""
        return self._size

    def text_top(self, at: int, style: Style) -> float:
        """How far below the top of the open box a place of the text stands, px."""
        return style.px(CLOSED) + position_in(self._filled(style), at).top()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._size == 0

    def layout(self, width: int, style: Style) -> None:
        """Settles the height for a width."""
        self._width = width
        if self.is_empty:
            self.height = 0
            return
        self.height = style.px(CLOSED + BELOW)
        if self.is_open:
            document = self._filled(style)
            document.setTextWidth(width - 2 * style.px(PADDING))
            self.height += round(document.size().height() + 0.5) + style.px(PADDING)
        elif self.is_live:
            self.height += style.px(LINE * LIVE_LINES + PADDING)

    def _filled(self, style: Style) -> QTextDocument:
        document = self._document
        if document is None:
            document = self._document = new_document(style.small_font)
            document.setDefaultTextOption(style.wrapping)
            self._written = 0
            cursor = QTextCursor(document)
            cursor.setBlockFormat(style.block_format(style.px(LINE)))
        if self._written < len(self._items):
            added = shown("".join(self._items[self._written :]))
            self._written = len(self._items)
            room = LONGEST - document.characterCount()
            cursor = QTextCursor(document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            shade = style.char_format(Mark.NONE, colour="muted")
            cursor.insertText(added[: max(0, room)], shade)
        return document

    def forget_documents(self) -> None:
        """The theme changed."""
        self._document = None
        self._written = 0

    def paint(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws the box."""
        if self.is_empty:
            return
        style, painter = canvas.style, canvas.painter
        height = self.height - style.px(BELOW)
        top, bottom = max(y, canvas.top - 40), min(y + height, canvas.bottom + 40)
        draw_box(painter, QRectF(x, top, self._width, bottom - top), 8, style.colour("line"))
        head = QRectF(x, y, self._width, style.px(CLOSED))
        size = style.px(16)
        middle = y + (head.height() - size) / 2
        painter.drawPixmap(
            QPointF(x + style.px(13), middle), style.theme.pixmap("lightbulb", "muted", size)
        )
        arrow = "chevron-down" if self.is_open else "chevron-right"
        painter.drawPixmap(
            QPointF(head.right() - style.px(12) - size, middle),
            style.theme.pixmap(arrow, "muted", size),
        )
        font = style.small_font
        painter.setFont(font)
        painter.setPen(style.colour("text" if canvas.is_under(head) else "muted"))
        room = self._width - style.px(37 + 36)
        text = QFontMetricsF(font).elidedText(self.head, Qt.TextElideMode.ElideRight, room)
        rect = QRectF(x + style.px(37), y, room, head.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        if self.is_open:
            self._paint_text(canvas, x + style.px(PADDING), y + style.px(CLOSED))
        elif self.is_live:
            self._paint_lines(canvas, x + style.px(37), y + style.px(CLOSED), room)

    def last_lines(self, width: int, style: Style) -> list[str]:
        """The last lines of the reasoning when broken to a width in px."""
        text = shown(self._tail.rstrip()).replace("\n", "\u2028")
        layout = QTextLayout(text, style.small_font)
        layout.setTextOption(style.wrapping)
        layout.beginLayout()
        starts = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, width))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], units(text)]
        lines = [slice_units(text, *ends).strip() for ends in zip(starts, ends, strict=True)]
        return [line for line in lines if line][-LIVE_LINES:]

    def _paint_lines(self, canvas: Canvas, x: int, y: int, width: int) -> None:
        style, painter = canvas.style, canvas.painter
        painter.setFont(style.small_font)
        painter.setPen(style.colour("muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        for line in self.last_lines(width, style):
            painter.drawText(QRectF(x, y, width, style.px(LINE)), flags, line)
            y += style.px(LINE)

    def _paint_text(self, canvas: Canvas, x: int, y: int) -> None:
        document = self._filled(canvas.style)
        clip = QRectF(0, canvas.top - y, self._width, canvas.bottom - canvas.top)
        canvas.painter.save()
        canvas.painter.translate(x, y)
        if canvas.marks and (marks := canvas.marks.get(self)):
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = clip
            context.selections = document_marks(document, marks, canvas.style, clip)
            canvas.painter.setClipRect(clip)
            document.documentLayout().draw(canvas.painter, context)
        else:
            document.drawContents(canvas.painter, clip)
        canvas.painter.restore()

    def regions(self, style: Style) -> list[HitRegion]:
        """The head opens and closes."""
        if self.is_empty:
            return []
        rect = QRectF(0, 0, self._width, style.px(CLOSED))
        title = "Hide the reasoning" if self.is_open else "Show the reasoning"
        return [HitRegion(rect, "thought.toggle", "", title, is_action=True)]


def _title(message: Message) -> str:
    provenance = message.provenance
    if message.state is MessageState.WRITING:
        return "Thought" if message.text else "Thinking…"
    parts = [_words(provenance.timing.thought if provenance else None)]
    count = provenance.usage.reasoning_tokens if provenance else None
    if count:
        parts.append(f"{_spaced(count)} token{'s' if count != 1 else ''}")
    return " · ".join(parts)


def _words(seconds: float | None) -> str:
    return "Thought" if seconds is None else f"Thought for {_time_text(seconds)}"


def _time_text(seconds: float) -> str:
    if seconds < 1:
        return "less than a second"
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def _spaced(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
