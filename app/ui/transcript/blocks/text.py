"""Running text: paragraphs, headings and list entries, with their markers and quote bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextBlock, QTextBlockFormat

from app.render.tree import Remark
from app.ui.transcript.blocks.block_item import (
    BAR,
    BlockItem,
    Canvas,
    HitRegion,
    RowContext,
    Selection,
)
from app.ui.transcript.blocks.documents import text_document
from app.ui.transcript.blocks.formula_object import FormulaDocument, text_of
from app.ui.transcript.blocks.leaf import ICON, LIST_INDENT, Bar, Leaf
from app.ui.transcript.painting.lines import draw_bar, draw_box
from app.ui.transcript.painting.style import Style

BULLET = 2.5
"""Px from the middle of a bullet to its edge, at 100 %."""
SPILL = 7
"""Px above and below a text in which letters and formulas of its outer lines may stand."""
_BASELINE = 0.74
"""Where in a usual line letters stand, as a share of its height."""


class TextPlace(NamedTuple):
    """Where a block of text stands; `baseline` is that of its first line."""

    top: float
    bottom: float
    baseline: float
    is_mirrored: bool


def _place_of(block: QTextBlock) -> TextPlace:
    """Where a block stands; with tall formulas its lines have no fixed height."""
    look, layout = block.blockFormat(), block.layout()
    top = layout.position().y()
    is_mirrored = block.textDirection() is Qt.LayoutDirection.RightToLeft
    line = layout.lineAt(0) if layout.lineCount() else None
    baseline = line.y() + line.ascent() if line else _BASELINE * look.lineHeight()
    if look.lineHeightType() == QTextBlockFormat.LineHeightTypes.FixedHeight.value:
        bottom = top + layout.lineCount() * look.lineHeight()
        return TextPlace(top, bottom, top + baseline, is_mirrored)
    bottom = top + layout.boundingRect().height()
    return TextPlace(top, bottom, top + baseline, is_mirrored)


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


class TextItem(BlockItem):
    """Paragraphs, headings and list entries."""

    is_cut_alike = True

    def __init__(self, leaves: Sequence[Leaf], style: Style, colour: str = "text") -> None:
        super().__init__(style)
        self.gap = style.px(leaves[0].gap)
        self.leaves = list(leaves)
        self.leaf_count = len(self.leaves)
        self.colour = colour
        self.document: FormulaDocument = text_document(leaves, style, colour)
        self._places: list[TextPlace] = []
        self._is_plain = not any(leaf.marker or leaf.icon or leaf.bars for leaf in leaves)

    @classmethod
    def of(cls, leaf: Leaf, row: RowContext) -> Self:
        """The text of one leaf."""
        return cls([leaf], row.style, row.colour)

    def is_made_of(self, leaves: Sequence[Leaf], colour: str) -> bool:
        """Whether it shows just these leaves, with nothing still to come."""
        return (
            not self.document.is_waiting and self.colour == colour and self.leaves == list(leaves)
        )

    def layout(self, width: int) -> None:
        """Breaks the lines."""
        document = self.document
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
        # Fractions in the first and the last line lean out.
        clip = QRectF(-4, -SPILL, self.document.textWidth() + 8, self.height + 2 * SPILL)
        self.draw_document(canvas, x, y - 1, clip, selection)
        if self._is_plain:
            return
        previous_bars: tuple[Bar, ...] = ()
        for leaf, place in zip(self.leaves, self._places, strict=False):
            if y + place.top < canvas.bottom and y + place.bottom > canvas.top:
                for entry in (*leaf.around, leaf):
                    if entry.marker:
                        self._paint_marker(canvas, entry, place, x, y)
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
        for leaf, place in zip(self.leaves, self._all_places(), strict=False):
            if isinstance(leaf.block, Remark):
                rect = QRectF(0, place.top, self.document.textWidth(), place.bottom - place.top)
                found.append(HitRegion(rect, "message.as_text", "", "Show as text", is_action=True))
        return found

    def _all_places(self) -> list[TextPlace]:
        if self._places or not any(isinstance(leaf.block, Remark) for leaf in self.leaves):
            return self._places
        count = self.document.blockCount()
        return [_place_of(self.document.findBlockByNumber(n)) for n in range(count)]

    def _across(self, place: TextPlace, x: float, indent: float, width: float) -> float:
        """Where something begins that stands that far from the side where its text begins."""
        return x + (self.document.textWidth() - indent - width if place.is_mirrored else indent)

    def _paint_icon(self, canvas: Canvas, leaf: Leaf, place: TextPlace, x: float, y: float) -> None:
        style = self.style
        size = style.px(15)
        left = self._across(place, x, style.px(leaf.indent) - style.px(ICON), size)
        pixmap = style.theme.pixmap(leaf.icon, leaf.colour, size)
        top = y + place.baseline - 1 - (style.capital + size) / 2
        canvas.painter.drawPixmap(QPointF(left, top), pixmap)

    def _paint_marker(
        self, canvas: Canvas, leaf: Leaf, place: TextPlace, x: float, y: float
    ) -> None:
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
                    part = "  " * max(0, leaf.indent // LIST_INDENT - 1) + f"{sign} {box}" + part
                lines.append(part.replace("\u2028", "\n"))
            block, index = block.next(), index + 1
        return "\n".join(lines)
