"""Lays a tree of blocks out as a flow of leaves: each knows its indent, its marker and the bars
beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import bidirectional

from app.render.tree import (
    Block,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Run,
    Typed,
    plain,
)
from app.ui.transcript.blocks.kinds import kind_of
from app.ui.transcript.blocks.leaf import GAP, ICON, LIST_INDENT, Bar, Leaf

NUMBER_DIGIT = 8
QUOTE_INDENT = 16
DEEPEST_PART = 4
"""Foldable parts inside each other that stand further in than the one around them."""
FROM_RIGHT = "\u200f"
"""Lets a title of ours stand on the side where the words below it begin."""
BULLETS = ("•", "◦", "▪")

ALERT_LOOKS = {
    "note": ("Note", "info", "code_name"),
    "tip": ("Tip", "lightbulb", "good"),
    "important": ("Important", "star", "code_keyword"),
    "warning": ("Warning", "triangle-alert", "warn"),
    "caution": ("Caution", "circle-alert", "bad"),
}
"""What stands above an alert, its icon, and its colour."""


def flow(blocks: Sequence[Block], *, is_continued: bool = False, inside: int = 0) -> list[Leaf]:
    """The leaves of some blocks; when they go on from before, a leading alert has no title.
    `inside` counts the foldable parts around them."""
    leaves: list[Leaf] = []
    indent = indent_inside(inside)
    for index, block in enumerate(blocks):
        if isinstance(block, Quote) and is_continued and not index:
            _add_quote(leaves, block, indent, (), 0, _gap(block), is_titled=False)
        else:
            is_next_line = index > 0 and isinstance(block, Typed)
            _add(leaves, block, indent, (), 0, 0 if is_next_line else _gap(block))
    return leaves


def indent_inside(parts: int) -> int:
    """How far in something stands that is in so many foldable parts, px."""
    return ICON * min(parts, DEEPEST_PART)


def _gap(block: Block) -> int:
    if isinstance(block, Heading):
        return 16 if block.level <= 2 else 12
    return kind_of(block).above


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
        kind = kind_of(block)
        if leaves and (kind_of(leaves[-1].block).is_framed or len(leaves[-1].bars) > len(bars)):
            gap = max(gap, GAP)
        leaves.append(Leaf(block, indent + kind.inset, gap, bars=bars, icon=kind.icon))


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


def _begun(leaf: Leaf, indent: int, marker: str, is_done: bool | None) -> Leaf:
    """A leaf with which an entry begins; it may begin one of a list inside of it already."""
    if not leaf.marker:
        return replace(leaf, marker=marker, is_done=is_done)
    entry = Leaf(leaf.block, indent, marker=marker, is_done=is_done, colour=leaf.colour)
    return replace(leaf, around=(entry, *leaf.around))


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
        is_words = isinstance(blocks[0], Paragraph | Heading | Listing)
        if not is_words and not item.is_continued:
            blocks = (Paragraph(()), *blocks)
        first = len(leaves)
        for place, inner in enumerate(blocks):
            above = space if not place else 0 if isinstance(inner, Listing) else min(_gap(inner), 8)
            _add(leaves, inner, indent + width, bars, depth + 1, above)
            if not place and not item.is_continued:
                leaves[first] = _begun(leaves[first], indent + width, marker, item.is_done)
