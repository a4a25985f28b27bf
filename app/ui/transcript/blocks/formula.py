"""A displayed formula that may be wider than the column: then it is moved sideways, as code is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF

from app.render.tree import Formula
from app.ui.transcript.blocks.block_item import Canvas, HitRegion, Selection
from app.ui.transcript.blocks.formula_object import EM
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.inline_scroll_bar import BAR_ROOM, bar_region, paint_bar
from app.ui.transcript.painting.style import Style

WIDE = 320
"""Px at 100 % from which on a formula is a block of its own."""
SMALLEST = 0.8
"""A formula that fits when drawn smaller, down to this share, is; one that does not is moved."""


def _width_of(leaf: Leaf, style: Style) -> float:
    block = leaf.block
    if not isinstance(block, Formula) or block.is_open:
        return 0.0
    outline = style.formulas.outline(block.text, is_display=True)
    return outline.width * style.text_font.pixelSize() * EM if outline else 0.0


class FormulaItem(TextItem):
    """One displayed formula."""

    draws = Formula
    inset = 22
    comes_late = True

    def __init__(self, leaves: Sequence[Leaf], style: Style, colour: str = "text") -> None:
        super().__init__(leaves, style, colour)
        self.bars = leaves[0].bars
        self.state: BlockState = BlockState()
        self._wanted = _width_of(leaves[0], style)
        self._indent = style.px(leaves[0].indent)
        self._width = 0

    @classmethod
    def takes(cls, leaf: Leaf, style: Style) -> bool:
        """Whether a formula is drawn already and does not fit into every column."""
        return _width_of(leaf, style) > style.px(WIDE)

    def layout(self, width: int) -> None:
        """As wide as the column, or as the formula needs."""
        self._width = width
        column = width - self._indent - 2
        needed = round(self._wanted) + 1
        room = needed - column if self._wanted * SMALLEST > column else 0
        self.state.set_room(self.part, room, width, self.style.zoom)
        super().layout(width + room)
        if room:
            self.height += BAR_ROOM

    @property
    def scroll(self) -> int:
        """How far it is moved sideways, px."""
        return self.state.offset

    def origin(self) -> QPointF:
        """Moved by the sideways scroll."""
        return super().origin() - QPointF(self.scroll, 0)

    def reveal(self, first: int, last: int) -> bool:
        """A formula is one sign: its beginning comes into view."""
        self.state.scroll = 0
        return False

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """The part in view, and the bar."""
        if not self.state.room:
            super().paint(canvas, x, y, selection)
            return
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        clip = QRectF(self._indent + self.scroll, -3, self._width - self._indent, self.height + 6)
        self.draw_document(canvas, x - self.scroll, y - 1, clip, selection)
        paint_bar(canvas, self.regions(), x, y)

    def regions(self) -> list[HitRegion]:
        """The bar; the keyboard stops at it."""
        bars = bar_region(self._bar_place(), self.state)
        return [replace(bar, title="Move the formula sideways", is_action=True) for bar in bars]

    @property
    def bar_width(self) -> float:
        """The length in which the thumb of the scroll bar moves, px."""
        return self._bar_place().width()

    def _bar_place(self) -> QRectF:
        top = self.height - BAR_ROOM
        return QRectF(self._indent, top, self._width - self._indent, BAR_ROOM)
