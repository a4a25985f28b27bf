"""Which class draws which blocks of a message. A new kind is a class in `render.tree` and a module
here that draws it; the folder is looked through, and all other blocks are running text."""

from __future__ import annotations

from app.core.folder import modules_in
from app.render.tree import Block
from app.ui.transcript import blocks
from app.ui.transcript.blocks.block_item import BlockItem
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.table import item as table

KIND_OF: dict[type[Block], type[BlockItem]] = {
    kind.draws: kind
    for module in (*modules_in(blocks), table)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, BlockItem) and kind.draws is not None
}


def kind_of(block: Block) -> type[BlockItem]:
    """The class that draws a block where it stands by itself."""
    return KIND_OF.get(type(block), TextItem)
