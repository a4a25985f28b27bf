"""The title of a foldable part: a click or a key opens and closes what stands below it."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QRectF

from app.render.tree import FOLDED, Summary, plain
from app.ui.transcript.blocks.block_item import Canvas, HitRegion, TextItem, _Place
from app.ui.transcript.layout.flow import Leaf

LONGEST_NAME = 80
"""Characters of a title that its name has."""


class Part(Protocol):
    """What is folded."""

    @property
    def is_shut(self) -> bool:
        """Whether only its title is shown."""
        ...


class DetailsItem(TextItem):
    """One title; `part` knows whether it is open."""

    part: Part | None = None

    @property
    def is_shut(self) -> bool:
        """Whether only the title is shown."""
        return self.part is not None and self.part.is_shut

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
        assert self.document is not None
        rect = QRectF(0, 0, self.document.textWidth(), self.height)
        return [HitRegion(rect, "fold.toggle", "", self.name, is_action=True)]

    def _paint_icon(self, canvas: Canvas, leaf: Leaf, place: _Place, x: float, y: float) -> None:
        (region,) = self.regions()
        colour = "text" if canvas.is_under(region.rect.translated(x, y)) else "muted"
        onward = "chevron-left" if place.is_mirrored else "chevron-right"
        icon = onward if self.is_shut else "chevron-down"
        super()._paint_icon(canvas, replace(leaf, icon=icon, colour=colour), place, x, y)
