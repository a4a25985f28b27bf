"""Lays a tree of blocks out as a flow of leaves: each knows its indent, its marker and the bars
beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.render.tree import (
    Block,
    Code,
    Formula,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Table,
)

LIST_INDENT = 22
NUMBER_DIGIT = 8
QUOTE_INDENT = 16
GAP = 8
CODE_GAP = 10
BULLETS = ("•", "◦", "▪")

LeafBlock = Paragraph | Heading | Code | Formula | Rule | Table | Remark


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without blocks in it. Lengths in px at 100 %.

    `gap` is what stays free above; `bars` are the places of the quote bars; `is_done` is a task's
    box.
    """

    block: LeafBlock
    indent: int = 0
    gap: int = 0
    marker: str = ""
    bars: tuple[int, ...] = ()
    is_done: bool | None = None


def flow(blocks: Sequence[Block], *, number: int | None = None) -> list[Leaf]:
    """The leaves of some blocks; `number` replaces the first number of a leading list."""
    leaves: list[Leaf] = []
    for block in blocks:
        if isinstance(block, Listing) and number is not None and not leaves:
            block = replace(block, start=number)
        _add(leaves, block, 0, (), 0, _gap(block))
    return leaves


def _gap(block: Block) -> int:
    match block:
        case Heading(level=level):
            return 16 if level <= 2 else 12
        case Code() | Table():
            return CODE_GAP
        case Rule():
            return 14
        case _:
            return GAP


def _add(
    leaves: list[Leaf], block: Block, indent: int, bars: tuple[int, ...], depth: int, gap: int
) -> None:
    if isinstance(block, Listing):
        _add_listing(leaves, block, indent, bars, depth, gap)
    elif isinstance(block, Quote):
        for index, inner in enumerate(block.blocks):
            space = gap if not index else _gap(inner)
            _add(leaves, inner, indent + QUOTE_INDENT, (*bars, indent), depth, space)
    else:
        if leaves and isinstance(leaves[-1].block, Code | Table):
            gap = max(gap, GAP)
        leaves.append(Leaf(block, indent, gap, bars=bars))


def _add_listing(
    leaves: list[Leaf], listing: Listing, indent: int, bars: tuple[int, ...], depth: int, gap: int
) -> None:
    width = LIST_INDENT
    if listing.start is not None:
        digits = len(str(listing.start + len(listing.items) - 1))
        width += NUMBER_DIGIT * max(0, digits - 1)
    for index, item in enumerate(listing.items):
        marker = BULLETS[min(depth, len(BULLETS) - 1)]
        if listing.start is not None:
            marker = f"{listing.start + index}."
        space = gap if not index else (0 if listing.is_tight else 6)
        blocks = item.blocks or (Paragraph(()),)
        if not isinstance(blocks[0], Paragraph | Heading):
            blocks = (Paragraph(()), *blocks)
        for place, inner in enumerate(blocks):
            above = space if not place else 0 if isinstance(inner, Listing) else min(_gap(inner), 8)
            _add(leaves, inner, indent + width, bars, depth + 1, above)
            if not place:
                leaves[-1] = replace(leaves[-1], marker=marker, is_done=item.is_done)
