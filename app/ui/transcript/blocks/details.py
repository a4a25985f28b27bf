"""The title of a foldable part: a click or a key opens and closes what stands below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Self

from PySide6.QtCore import QRectF

from app.render.tree import FOLDED, Summary, plain
from app.ui.transcript.blocks.block_item import Canvas, HitRegion, RowContext
from app.ui.transcript.blocks.leaf import ICON, Leaf
from app.ui.transcript.blocks.text import TextItem, TextPlace
from app.ui.transcript.painting.style import Style

LONGEST_NAME = 80
"""Characters of a title that its name has."""


class DetailsItem(TextItem):
    """One title; `is_shut` tells whether nothing else of its part is shown."""

    draws = Summary
    inset = ICON
    icon = "chevron-down"

    def __init__(
        self,
        leaves: Sequence[Leaf],
        style: Style,
        colour: str = "text",
        *,
        is_shut: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(leaves, style, colour)
        self._is_shut = is_shut

    @classmethod
    def of(cls, leaf: Leaf, row: RowContext) -> Self:
        """The title that its row is."""
        return cls([leaf], row.style, row.colour, is_shut=row.is_shut)

    @property
    def is_shut(self) -> bool:
        """Whether only the title is shown."""
        return self._is_shut is not None and self._is_shut()

    @property
    def name(self) -> str:
        """What a click does."""
        block = self.leaves[0].block
        words = " ".join(plain(block.runs).split()) if isinstance(block, Summary) else ""
        words = words or FOLDED
        if len(words) > LONGEST_NAME:
            words = f"{words[: LONGEST_NAME - 1]}…"
        return f"{'Show' if self.is_shut else 'Hide'} “{words}”"

    def regions(self) -> list[HitRegion]:
        """The whole line opens and closes."""
        rect = QRectF(0, 0, self.document.textWidth(), self.height)
        return [HitRegion(rect, "fold.toggle", "", self.name, is_action=True)]

    def _paint_icon(self, canvas: Canvas, leaf: Leaf, place: TextPlace, x: float, y: float) -> None:
        (region,) = self.regions()
        colour = "text" if canvas.is_under(region.rect.translated(x, y)) else "muted"
        onward = "chevron-left" if place.is_mirrored else "chevron-right"
        icon = onward if self.is_shut else "chevron-down"
        super()._paint_icon(canvas, replace(leaf, icon=icon, colour=colour), place, x, y)
