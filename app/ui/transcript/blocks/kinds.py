"""Which class draws which blocks of a message. A new kind of block is its class in `render.tree`, a
module here that draws it, and an entry below; all other blocks are running text."""

from __future__ import annotations

from app.render.tree import Block
from app.ui.transcript.blocks.block_item import BlockItem
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.details import DetailsItem
from app.ui.transcript.blocks.formula import FormulaItem
from app.ui.transcript.blocks.rule import RuleItem
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.table.item import TableItem

KINDS: tuple[type[BlockItem], ...] = (CodeItem, DetailsItem, FormulaItem, RuleItem, TableItem)

KIND_OF: dict[type[Block] | None, type[BlockItem]] = {kind.draws: kind for kind in KINDS}


def kind_of(block: Block) -> type[BlockItem]:
    """The class that draws a block where it stands by itself."""
    return KIND_OF.get(type(block), TextItem)
