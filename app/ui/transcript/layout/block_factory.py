"""Leaves become block items; what has not changed since the last time stays what it was."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui.transcript.blocks.block_item import BlockItem, RowContext
from app.ui.transcript.blocks.kinds import kind_of
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.blocks.text import TextItem


def items_of(
    leaves: Sequence[Leaf],
    row: RowContext,
    *,
    old: Sequence[BlockItem] = (),
    is_open: bool = False,
) -> list[BlockItem]:
    """The items of some leaves: neighbours of running text share one.

    What `old` has at the same place and is the same, or goes on there, stays. `is_open`: the last
    goes on growing.
    """
    items: list[BlockItem] = []
    group: list[Leaf] = []

    def flush() -> None:
        if group:
            same = old[len(items)] if len(items) < len(old) else None
            is_same = isinstance(same, TextItem) and same.is_made_of(group, row.colour)
            items.append(same if same and is_same else TextItem(group, row.style, row.colour))
            group.clear()

    for leaf in leaves:
        kind = kind_of(leaf.block)
        if kind is TextItem or not kind.takes(leaf, row.style):
            group.append(leaf)
            continue
        flush()
        same = old[len(items)] if len(items) < len(old) else None
        is_growing = is_open and leaf is leaves[-1]
        if same is not None and type(same) is kind and same.goes_on(leaf, is_growing=is_growing):
            items.append(same)
        else:
            items.append(kind.of(leaf, row))
    flush()
    return items
