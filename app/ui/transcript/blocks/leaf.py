"""A leaf of a message: one block without blocks in it, and where in the flow it stands."""

from __future__ import annotations

from dataclasses import dataclass

from app.render.tree import Block

GAP = 8
"""Px at 100 % that stay free above most blocks."""
LIST_INDENT = 22
"""How much further in the entries of a list stand, px at 100 %."""
ICON = 22
"""What the icon of an alert takes, and that of a foldable part, px at 100 %."""

Bar = tuple[int, str]
"""A bar beside quoted text: how far in it stands, px at 100 %, and its colour."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without blocks in it. Lengths in px at 100 %.

    `gap` is what stays free above; `bars` are the bars beside quoted text: place and colour;
    `is_done` is a task's box. `icon` stands where a marker would; `colour` is the text's. `around`
    are entries that begin with it too: their markers stand on its first line.
    """

    block: Block
    indent: int = 0
    gap: int = 0
    marker: str = ""
    bars: tuple[Bar, ...] = ()
    is_done: bool | None = None
    icon: str = ""
    colour: str = ""
    around: tuple[Leaf, ...] = ()
