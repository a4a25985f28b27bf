"""Blocks as a person reads them: plain text without any marks, for a plain text field."""

from __future__ import annotations

from collections.abc import Sequence

from app.render.output.table_text import grid, tsv
from app.render.tree import (
    FOLDED,
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Summary,
    Table,
    plain,
)

BOXES = {True: "[x] ", False: "[ ] ", None: ""}


def text_of(blocks: Sequence[Block], *, is_tight: bool = False) -> str:
    """The text of some blocks; a blank line between them, or none in a tight list."""
    parts = [_text(block) for block in blocks]
    return ("\n" if is_tight else "\n\n").join(part for part in parts if part)


def _text(block: Block) -> str:
    match block:
        case Paragraph(runs=runs) | Heading(runs=runs):
            return plain(runs)
        case Summary(runs=runs):
            return plain(runs) or FOLDED
        case Code(text=text) | Formula(text=text) | Remark(text=text):
            return text
        case Table():
            return tsv(grid(block)).rstrip("\n")
        case Rule():
            return "---"
        case Listing():
            return _listing(block)
        case Quote():
            title = f"{block.kind.capitalize()}\n" if block.kind else ""
            return _indented(title + text_of(block.blocks), "> ", "> ")
        case Note():
            return _indented(text_of(block.blocks), f"{block.label}. ", "   ")


def _listing(block: Listing) -> str:
    parts = []
    for number, item in enumerate(block.items, block.start or 0):
        sign = "- " if block.start is None else f"{number}. "
        parts.append(_item(item, sign, is_tight=block.is_tight))
    return ("\n" if block.is_tight else "\n\n").join(parts)


def _item(item: Item, sign: str, *, is_tight: bool) -> str:
    text = BOXES[item.is_done] + text_of(item.blocks, is_tight=is_tight)
    return _indented(text, sign, " " * len(sign))


def _indented(text: str, first: str, others: str) -> str:
    head, *lines = text.split("\n")
    return "\n".join(
        [first + head, *(others + line if line.strip() else others.rstrip() for line in lines)]
    )
