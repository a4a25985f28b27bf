"""What the model thought: a closed box with the last line while it thinks, opened on a click."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCursor, QTextDocument

from app.core.conversation import Message, MessageState
from app.render.characters import Cleaner, shown
from app.ui.transcript.pieces import Canvas, Region
from app.ui.transcript.style import Style

CLOSED = 36
BELOW = 12
PADDING = 12
LONGEST = 200_000


class Thought:
    """The reasoning of one answer; `height` is 0 without any."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._cleaner = Cleaner()
        self._size = 0
        self._document: QTextDocument | None = None
        self._written = 0
        self._width = 0
        self.is_open = False
        self.is_live = False
        self.title = ""
        self._last_line = ""
        self.height = 0

    def set_message(self, message: Message) -> None:
        """Takes what is stored."""
        text = message.reasoning
        if len(text) != self._size:
            self._pieces, self._size, self._written, self._document = [], 0, 0, None
            self._cleaner = Cleaner()
            self.add(text)
        self.is_live = message.state is MessageState.WRITING and not message.text
        self.title = _title(message)

    def add(self, text: str) -> None:
        """More of it."""
        if not text:
            return
        self._size += len(text)
        sound = self._cleaner.feed(text)
        self._pieces.append(sound)
        tail = (self._last_line + sound)[-600:]
        lines = [line for line in tail.split("\n") if line.strip()]
        self._last_line = lines[-1] if lines else ""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)

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

    def _filled(self, style: Style) -> QTextDocument:
        from app.ui.transcript.documents import new_document

        document = self._document
        if document is None:
            document = self._document = new_document(style.small_font)
            document.setDefaultTextOption(style.wrapping)
            self._written = 0
            cursor = QTextCursor(document)
            cursor.setBlockFormat(style.block_format(style.px(19)))
        if self._written < len(self._pieces):
            added = shown("".join(self._pieces[self._written :]))
            self._written = len(self._pieces)
            room = LONGEST - document.characterCount()
            cursor = QTextCursor(document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            shade = style.char_format(0, colour="muted")  # type: ignore[arg-type]
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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top = max(y + 0.5, canvas.top - 40.5)
        bottom = min(y + height - 0.5, canvas.bottom + 40.5)
        painter.drawRoundedRect(QRectF(x + 0.5, top, self._width - 1, bottom - top), 8, 8)
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
        title = self.title
        room = self._width - style.px(37 + 36)
        if self.is_live and not self.is_open:
            title = f"Thinking…  {shown(self._last_line.strip())}"
        text = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, room)
        rect = QRectF(x + style.px(37), y, room, head.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        if self.is_open:
            self._paint_text(canvas, x + style.px(PADDING), y + style.px(CLOSED))

    def _paint_text(self, canvas: Canvas, x: int, y: int) -> None:
        document = self._filled(canvas.style)
        clip = QRectF(0, canvas.top - y, self._width, canvas.bottom - canvas.top)
        canvas.painter.save()
        canvas.painter.translate(x, y)
        document.drawContents(canvas.painter, clip)
        canvas.painter.restore()

    def regions(self, style: Style) -> list[Region]:
        """The head opens and closes."""
        if self.is_empty:
            return []
        rect = QRectF(0, 0, self._width, style.px(CLOSED))
        title = "Hide the reasoning" if self.is_open else "Show the reasoning"
        return [Region(rect, "thought.toggle", "", title, is_action=True)]


def _title(message: Message) -> str:
    provenance = message.provenance
    parts = []
    if provenance and provenance.timing.first_text is not None and message.text:
        parts.append(f"Thought for {provenance.timing.first_text:.1f} s")
    else:
        is_writing = message.state is MessageState.WRITING
        parts.append("Thinking…" if is_writing and not message.text else "Thought")
    if provenance and provenance.usage.reasoning_tokens:
        count = provenance.usage.reasoning_tokens
        parts.append(f"{count:,} token{'s' if count != 1 else ''}".replace(",", "\u202f"))
    return " · ".join(parts)
