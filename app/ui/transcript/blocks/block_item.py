"""The blocks a chunk is drawn from: running text, code, tables and rules, each with one document
at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)

from app.render.tree import Remark
from app.ui.transcript.blocks.formula_object import text_of
from app.ui.transcript.layout.flow import ICON, Bar, Leaf
from app.ui.transcript.painting.highlights import Marks, document_marks
from app.ui.transcript.painting.lines import draw_bar, draw_box, draw_rule
from app.ui.transcript.painting.style import Style

if TYPE_CHECKING:
    from app.ui.transcript.painting.row_cache import RowCache

Selection = tuple[int, int]
"""First and last position inside one document."""


_NAMES = {
    ("code.copy", "Copy"): "Copy code",
    ("code.save", "Save as…"): "Save code as…",
    ("code.wrap", "Wrap"): "Wrap code",
    ("code.wrap", "Unwrap"): "Unwrap code",
    ("code.fold", "Fold"): "Fold code",
}


@dataclass(frozen=True, slots=True)
class HitRegion:
    """A place that does something when clicked: `rect` in the coordinates of what gave it."""

    rect: QRectF
    command: str
    argument: str = ""
    title: str = ""
    is_action: bool = False
    """Whether the keyboard stops here."""

    @property
    def name(self) -> str:
        """What it is called where its block is not seen: in a menu, by a screen reader."""
        return _NAMES.get((self.command, self.title), self.title)

    def moved(self, x: float, y: float) -> HitRegion:
        """The same elsewhere."""
        return HitRegion(
            self.rect.translated(x, y), self.command, self.argument, self.title, self.is_action
        )


@dataclass(slots=True)
class Canvas:
    """Where and how to draw: the painter, what of the viewport is visible, what is under the
    pointer."""

    painter: QPainter
    top: int
    bottom: int
    style: Style
    mouse: QPointF | None = None
    """Where the pointer rests in the viewport, or None outside."""
    is_last: bool = False
    """Whether the message drawn now ends the branch."""
    is_active: bool = False
    """Whether the message drawn now has the pointer or the focus ring: its buttons are shown."""
    marks: Marks | None = None
    """What a search found in the message drawn now; None while nothing is looked for."""
    ground: str = "background"
    """The colour below the message drawn now, by name: "bubble" for a question."""
    row_cache: RowCache | None = None
    """Pictures of rows that change no more, while something grows."""

    def line(self, name: str = "line") -> QColor:
        """The colour of a line or bar, seen on the ground it stands on."""
        return self.style.line_on(self.ground) if name == "line" else self.style.colour(name)

    def is_under(self, rect: QRectF) -> bool:
        """Whether the pointer rests on a rectangle of the viewport."""
        return self.mouse is not None and rect.contains(self.mouse)


class BlockItem:
    """Something with a height that draws itself. `gap` stays free above it, px."""

    is_stretched = False
    """Whether it takes all the width there is."""

    def __init__(self, style: Style, leaf: Leaf | None = None) -> None:
        self.style = style
        self.gap = style.px(leaf.gap) if leaf else 0
        self.indent = style.px(leaf.indent) if leaf else 0
        self.bars = leaf.bars if leaf else ()
        self.document: QTextDocument | None = None
        self.height = 0
        self.natural_width = 0.0

    def layout(self, width: int) -> None:
        """Settles the height for a width."""

    def origin(self) -> QPointF:
        """Where the document begins inside the block."""
        return QPointF(self.indent, 0)

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """Draws it at a place of the viewport."""

    def regions(self) -> list[HitRegion]:
        """What can be clicked in it."""
        return []

    def reveal(self, first: int, last: int) -> bool:
        """Brings a stretch of its document into view inside it; True when its height changed."""
        return False

    def text_between(self, first: int, last: int) -> str:
        """The plain text of a stretch of its document."""
        if self.document is None:
            return ""
        cursor = QTextCursor(self.document)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selection().toPlainText()

    def last_position(self) -> int:
        """The position behind the last character."""
        return max(0, self.document.characterCount() - 1) if self.document else 0

    def paint_bars(self, canvas: Canvas, x: int, y: int, height: int) -> None:
        """The lines beside quoted text."""
        for place, name in self.bars:
            bar = QRectF(x + self.style.px(place), y, BAR, height)
            draw_bar(canvas.painter, bar, canvas.line(name))

    def draw_document(
        self, canvas: Canvas, x: float, y: float, clip: QRectF, selection: Selection | None
    ) -> None:
        """Draws the document's visible part; `clip` in the document's coordinates."""
        document = self.document
        assert document is not None
        clip = clip.intersected(
            QRectF(clip.x(), canvas.top - y, clip.width(), canvas.bottom - canvas.top)
        )
        if clip.isEmpty():
            return
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self.style.palette
        context.palette.setColor(QPalette.ColorRole.Text, self.style.colour("text"))
        context.clip = clip
        selections = []
        if canvas.marks and (marks := canvas.marks.get(self)):
            selections = document_marks(document, marks, self.style, clip)
        if selection:
            cursor = QTextCursor(document)
            cursor.setPosition(min(selection[0], self.last_position()))
            last = min(selection[1], self.last_position())
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            mark = QAbstractTextDocumentLayout.Selection()
            mark.cursor = cursor
            mark.format = self.style.selection_format
            selections.append(mark)
        if selections:
            context.selections = selections
        painter = canvas.painter
        painter.save()
        painter.translate(x, y)
        painter.setClipRect(clip)
        document.documentLayout().draw(painter, context)
        painter.restore()


class TextItem(BlockItem):
    """Paragraphs, headings and list entries."""

    def __init__(self, leaves: Sequence[Leaf], style: Style, colour: str = "text") -> None:
        from app.ui.transcript.blocks.documents import text_document

        super().__init__(style)
        self.gap = style.px(leaves[0].gap)
        self.leaves = list(leaves)
        self.colour = colour
        self.document = text_document(leaves, style, colour)
        self._places: list[_Place] = []
        self._is_plain = not any(leaf.marker or leaf.icon or leaf.bars for leaf in leaves)

    def is_made_of(self, leaves: Sequence[Leaf], colour: str) -> bool:
        """Whether it shows just these leaves, with nothing still to come."""
        is_waiting = getattr(self.document, "is_waiting", False)
        return not is_waiting and self.colour == colour and self.leaves == list(leaves)

    def layout(self, width: int) -> None:
        """Breaks the lines."""
        document = self.document
        assert document is not None
        document.setTextWidth(width)
        self.height = round(document.size().height() + 0.49)
        self.natural_width = document.idealWidth()
        self._places = []
        if not self._is_plain:
            block = document.begin()
            while block.isValid():
                self._places.append(_place_of(block))
                block = block.next()

    def origin(self) -> QPointF:
        """The document spans the whole width; its blocks carry their indents.

        Qt sets the letters of a fixed line a pixel too low.
        """
        return QPointF(0, -1)

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """Text, then markers and quote bars."""
        assert self.document is not None
        # Fractions in the first and the last line lean out.
        clip = QRectF(-4, -SPILL, self.document.textWidth() + 8, self.height + 2 * SPILL)
        self.draw_document(canvas, x, y - 1, clip, selection)
        if self._is_plain:
            return
        previous_bars: tuple[Bar, ...] = ()
        for leaf, place in zip(self.leaves, self._places, strict=False):
            if y + place.top < canvas.bottom and y + place.bottom > canvas.top:
                if leaf.marker:
                    self._paint_marker(canvas, leaf, place, x, y)
                if leaf.icon:
                    self._paint_icon(canvas, leaf, place, x, y)
                for bar in leaf.bars:
                    start = place.top - (self.style.px(leaf.gap) if bar in previous_bars else 0)
                    left = self._across(place, x, self.style.px(bar[0]), BAR)
                    rect = QRectF(left, y + start, BAR, place.bottom - start)
                    draw_bar(canvas.painter, rect, canvas.line(bar[1]))
            previous_bars = leaf.bars

    def regions(self) -> list[HitRegion]:
        """A remark on what is not shown shows it on a click."""
        found = []
        for leaf, place in zip(self.leaves, self._spots(), strict=False):
            if isinstance(leaf.block, Remark):
                assert self.document is not None
                rect = QRectF(0, place.top, self.document.textWidth(), place.bottom - place.top)
                found.append(HitRegion(rect, "message.as_text", "", "Show as text", is_action=True))
        return found

    def _spots(self) -> list[_Place]:
        if self._places or not any(isinstance(leaf.block, Remark) for leaf in self.leaves):
            return self._places
        assert self.document is not None
        count = self.document.blockCount()
        return [_place_of(self.document.findBlockByNumber(n)) for n in range(count)]

    def _across(self, place: _Place, x: float, indent: float, width: float) -> float:
        """Where something begins that stands that far from the side where its text begins."""
        assert self.document is not None
        return x + (self.document.textWidth() - indent - width if place.is_mirrored else indent)

    def _paint_icon(self, canvas: Canvas, leaf: Leaf, place: _Place, x: float, y: float) -> None:
        style = self.style
        size = style.px(15)
        left = self._across(place, x, style.px(leaf.indent) - style.px(ICON), size)
        pixmap = style.theme.pixmap(leaf.icon, leaf.colour, size)
        top = y + place.baseline - 1 - (style.capital + size) / 2
        canvas.painter.drawPixmap(QPointF(left, top), pixmap)

    def _paint_marker(self, canvas: Canvas, leaf: Leaf, place: _Place, x: float, y: float) -> None:
        style, painter = self.style, canvas.painter
        inner = style.px(leaf.indent) - style.px(8)
        # Between the feet and the heads of the letters.
        middle = y + place.baseline - 1 - style.capital / 2
        if leaf.is_done is not None:
            size = style.px(13)
            left = self._across(place, x, inner - size, size)
            _paint_box(canvas, left, middle - size / 2, leaf.is_done)
        elif leaf.marker == "•":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("text"))
            across, radius = self._across(place, x, inner - style.px(2), 0), BULLET * style.zoom
            painter.drawEllipse(QPointF(across, middle), radius, radius)
        else:
            painter.setPen(style.colour(leaf.colour or "text"))
            painter.setFont(style.text_font)
            wide = QFontMetricsF(style.text_font).horizontalAdvance(leaf.marker)
            left = self._across(place, x, inner + style.px(2) - wide, wide)
            direction = Qt.LayoutDirection
            painter.setLayoutDirection(
                direction.RightToLeft if place.is_mirrored else direction.LeftToRight
            )
            painter.drawText(QPointF(left, y + place.baseline - 1), leaf.marker)
            painter.setLayoutDirection(direction.LeftToRight)

    def text_between(self, first: int, last: int) -> str:
        """Plain text, with the markers of lists before the entries that are wholly covered."""
        document = self.document
        assert document is not None
        lines = []
        block, index = document.begin(), 0
        while block.isValid():
            start, end = block.position(), block.position() + block.length() - 1
            if start <= last and end >= first and (end > first or start == end):
                part = text_of(document, max(first, start), min(last, end))
                leaf = self.leaves[index] if index < len(self.leaves) else None
                if leaf and leaf.marker and first <= start:
                    box = {True: "[x] ", False: "[ ] ", None: ""}[leaf.is_done]
                    sign = "-" if not leaf.marker[0].isdigit() else leaf.marker
                    part = "  " * max(0, leaf.indent // 22 - 1) + f"{sign} {box}" + part
                lines.append(part.replace("\u2028", "\n"))
            block, index = block.next(), index + 1
        return "\n".join(lines)


BAR = 3
"""Px a bar beside quoted text is wide."""
BULLET = 2.5
"""Px from the middle of a bullet to its edge, at 100 %."""
SPILL = 7
"""Px above and below a text in which letters and formulas of its outer lines may stand."""
_BASELINE = 0.74
"""Where in a usual line letters stand, as a share of its height."""


class _Place(NamedTuple):
    """Where a block of text stands; `baseline` is that of its first line."""

    top: float
    bottom: float
    baseline: float
    is_mirrored: bool


def _place_of(block: QTextBlock) -> _Place:
    """Where a block stands; with tall formulas its lines have no fixed height."""
    look, layout = block.blockFormat(), block.layout()
    top = layout.position().y()
    is_mirrored = block.textDirection() is Qt.LayoutDirection.RightToLeft
    line = layout.lineAt(0) if layout.lineCount() else None
    baseline = line.y() + line.ascent() if line else _BASELINE * look.lineHeight()
    if look.lineHeightType() == QTextBlockFormat.LineHeightTypes.FixedHeight.value:
        bottom = top + layout.lineCount() * look.lineHeight()
        return _Place(top, bottom, top + baseline, is_mirrored)
    bottom = top + layout.boundingRect().height()
    return _Place(top, bottom, top + baseline, is_mirrored)


def _paint_box(canvas: Canvas, x: float, y: float, is_done: bool) -> None:
    style, painter = canvas.style, canvas.painter
    size = style.px(13)
    accent, box, radius = style.colour("accent"), QRectF(x, y, size, size), 3 * style.zoom
    if is_done:
        draw_box(painter, box, radius, accent, accent)
    else:
        draw_box(painter, box, radius, style.colour("muted"))
    if is_done:
        pixmap = style.theme.pixmap("check", "on_accent", size - 2)
        painter.drawPixmap(QPointF(x + 1, y + 1), pixmap)


class RuleItem(BlockItem):
    """A line across."""

    is_stretched = True

    def layout(self, width: int) -> None:
        """One pixel, with air."""
        self.height = self.style.px(12)
        self._width = width

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """The line."""
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        left = x + self.indent
        width = self._width - self.indent
        draw_rule(canvas.painter, left, y, width, canvas.line())
