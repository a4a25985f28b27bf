"""Lays a tree of blocks out as a flow of leaves: each knows its indent, its marker and the bars
beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import bidirectional

from app.render.tree import (
    Block,
    Code,
    Formula,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Rule,
    Run,
    Summary,
    Table,
    plain,
)

LIST_INDENT = 22
NUMBER_DIGIT = 8
QUOTE_INDENT = 16
FORMULA_INDENT = 22
ICON = 22
"""What the icon of an alert takes, and that of a foldable part, px."""
DEEPEST_PART = 4
"""Foldable parts inside each other that stand further in than the one around them."""
FROM_RIGHT = "\u200f"
"""Lets a title of ours stand on the side where the words below it begin."""
GAP = 8
CODE_GAP = 10
BULLETS = ("•", "◦", "▪")

ALERT_LOOKS = {
    "note": ("Note", "info", "code_name"),
    "tip": ("Tip", "lightbulb", "good"),
    "important": ("Important", "star", "code_keyword"),
    "warning": ("Warning", "triangle-alert", "warn"),
    "caution": ("Caution", "circle-alert", "bad"),
}
"""What stands above an alert, its icon, and its colour."""

Bar = tuple[int, str]
LeafBlock = Block


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without blocks in it. Lengths in px at 100 %.

    `gap` is what stays free above; `bars` are the bars beside quoted text: place and colour;
    `is_done` is a task's box. `icon` stands where a marker would; `colour` is the text's.
    """

    block: LeafBlock
    indent: int = 0
    gap: int = 0
    marker: str = ""
    bars: tuple[Bar, ...] = ()
    is_done: bool | None = None
    icon: str = ""
    colour: str = ""


def flow(blocks: Sequence[Block], *, is_continued: bool = False, inside: int = 0) -> list[Leaf]:
    """The leaves of some blocks; when they go on from before, a leading alert has no title.
    `inside` counts the foldable parts around them."""
    leaves: list[Leaf] = []
    indent = indent_inside(inside)
    for index, block in enumerate(blocks):
        if isinstance(block, Quote) and is_continued and not index:
            _add_quote(leaves, block, indent, (), 0, _gap(block), is_titled=False)
        else:
            _add(leaves, block, indent, (), 0, _gap(block))
    return leaves


def indent_inside(parts: int) -> int:
    """How far in something stands that is in so many foldable parts, px."""
    return ICON * min(parts, DEEPEST_PART)


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
    leaves: list[Leaf], block: Block, indent: int, bars: tuple[Bar, ...], depth: int, gap: int
) -> None:
    if isinstance(block, Listing):
        _add_listing(leaves, block, indent, bars, depth, gap)
    elif isinstance(block, Quote):
        _add_quote(leaves, block, indent, bars, depth, gap)
    elif isinstance(block, Note):
        _add_note(leaves, block, indent, bars, depth, gap)
    else:
        if leaves and (
            isinstance(leaves[-1].block, Code | Table) or len(leaves[-1].bars) > len(bars)
        ):
            gap = max(gap, GAP)
        indent += {Formula: FORMULA_INDENT, Summary: ICON}.get(type(block), 0)
        icon = "chevron-down" if isinstance(block, Summary) else ""
        leaves.append(Leaf(block, indent, gap, bars=bars, icon=icon))


def _add_quote(
    leaves: list[Leaf],
    quote: Quote,
    indent: int,
    bars: tuple[Bar, ...],
    depth: int,
    gap: int,
    *,
    is_titled: bool = True,
) -> None:
    colour = "line"
    if quote.kind:
        title, icon, colour = ALERT_LOOKS[quote.kind]
    bars = (*bars, (indent, colour))
    indent += QUOTE_INDENT
    if quote.kind and is_titled:
        side = FROM_RIGHT if _is_from_right(quote) else ""
        words = Paragraph((Run(side + title, Mark.STRONG),))
        leaves.append(Leaf(words, indent + ICON, gap, bars=bars, icon=icon, colour=colour))
        gap = 2
    for index, inner in enumerate(quote.blocks):
        _add(leaves, inner, indent, bars, depth, gap if not index else _gap(inner))


def _is_from_right(quote: Quote) -> bool:
    """Whether the first words of a quote are read from the right."""
    first = quote.blocks[0] if quote.blocks else None
    text = plain(first.runs) if isinstance(first, Paragraph | Heading) else ""
    sides = (bidirectional(letter) for letter in text[:200])
    return next((side for side in sides if side in ("L", "R", "AL")), "L") != "L"


def _add_note(
    leaves: list[Leaf], note: Note, indent: int, bars: tuple[Bar, ...], depth: int, gap: int
) -> None:
    first = len(leaves)
    width = LIST_INDENT + NUMBER_DIGIT * (min(len(note.label), 12) - 1)
    for index, inner in enumerate(note.blocks or (Paragraph(()),)):
        _add(leaves, inner, indent + width, bars, depth, min(gap, 4) if not index else 4)
    leaves[first] = replace(leaves[first], marker=f"{note.label[:12]}.")
    leaves[first:] = [replace(leaf, colour=leaf.colour or "muted") for leaf in leaves[first:]]


def _add_listing(
    leaves: list[Leaf], listing: Listing, indent: int, bars: tuple[Bar, ...], depth: int, gap: int
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
        if not isinstance(blocks[0], Paragraph | Heading) and not item.is_continued:
            blocks = (Paragraph(()), *blocks)
        for place, inner in enumerate(blocks):
            above = space if not place else 0 if isinstance(inner, Listing) else min(_gap(inner), 8)
            _add(leaves, inner, indent + width, bars, depth + 1, above)
            if not place and not item.is_continued:
                leaves[-1] = replace(leaves[-1], marker=marker, is_done=item.is_done)
