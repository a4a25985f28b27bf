"""Leaves become blocks; what has not changed since the last time stays what it was."""

from __future__ import annotations

from collections.abc import Sequence

from app.render.tree import Block, Code, Rule, Summary, Table
from app.ui.transcript.blocks.block_item import BlockItem, RuleItem, TextItem
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.details import DetailsItem
from app.ui.transcript.blocks.formula import FormulaItem, is_wide
from app.ui.transcript.layout.flow import Leaf
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.item import TableItem


def items_of(
    leaves: Sequence[Leaf],
    style: Style,
    *,
    colour: str,
    is_continued: bool,
    head: Table | None,
    old: Sequence[BlockItem] = (),
    is_open: bool = False,
) -> list[BlockItem]:
    """The blocks of some leaves: neighbours of running text share one.

    What `old` has at the same place and is the same, or code that has only grown, stays. `is_open`:
    the last goes on growing.
    """
    items: list[BlockItem] = []
    group: list[Leaf] = []

    def flush() -> None:
        if group:
            same = old[len(items)] if len(items) < len(old) else None
            is_same = isinstance(same, TextItem) and same.is_made_of(group, colour)
            items.append(same if same and is_same else TextItem(group, style, colour))
            group.clear()

    for leaf in leaves:
        block: Block = leaf.block
        if isinstance(block, Code):
            flush()
            same = old[len(items)] if len(items) < len(old) else None
            is_growing = is_open and leaf is leaves[-1]
            if isinstance(same, CodeItem) and same.goes_on(leaf, block, is_growing=is_growing):
                items.append(same)
            else:
                items.append(CodeItem(leaf, block.text, block.language, style))
        elif isinstance(block, Table):
            flush()
            items.append(
                TableItem(leaf, block, style, is_continued=is_continued, head=head, colour=colour)
            )
        elif is_wide(leaf, style):
            flush()
            items.append(FormulaItem([leaf], style, colour))
        elif isinstance(block, Summary):
            flush()
            items.append(DetailsItem([leaf], style, colour))
        elif isinstance(block, Rule):
            flush()
            items.append(RuleItem(style, leaf))
        else:
            group.append(leaf)
    flush()
    return items
