"""A rule: a line across the column."""

from __future__ import annotations

from app.render.tree import Rule
from app.ui.transcript.blocks.block_item import BlockItem, Canvas, Selection
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.painting.lines import draw_rule
from app.ui.transcript.painting.style import Style


class RuleItem(BlockItem):
    """A line across."""

    draws = Rule
    above = 14
    is_stretched = True

    def __init__(self, style: Style, leaf: Leaf | None = None) -> None:
        super().__init__(style, leaf)
        self._width = 0

    def layout(self, width: int) -> None:
        """As wide as the column; what stays free below it belongs to it."""
        self.height = self.style.px(12)
        self._width = width

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """The line."""
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        left = x + self.indent
        width = self._width - self.indent
        draw_rule(canvas.painter, left, y, width, canvas.line())
