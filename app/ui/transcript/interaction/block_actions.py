"""What the buttons of code blocks and tables do."""

from __future__ import annotations

from app.render.output.clean import clean_code
from app.render.tree import Code
from app.ui.transcript.blocks.block_item import BlockItem, BlockPlace
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.interaction.copy_actions import CopyActions
from app.ui.transcript.interaction.copying import code_source, plain_code, whole_table
from app.ui.transcript.interaction.folding import Folding
from app.ui.transcript.interaction.saving import Saving
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows
from app.ui.transcript.table.item import TableItem


class BlockActions:
    """The buttons of the blocks of one view."""

    def __init__(self, copies: CopyActions, folding: Folding, saving: Saving) -> None:
        self._copies = copies
        self._folding = folding
        self._saving = saving

    def run(self, layout: MessageLayout, command: str, place: BlockPlace) -> None:
        """Does what a button of a block says."""
        row, number = place
        item = block_item_at(layout, row, number)
        match command, item:
            case "code.copy", CodeItem():
                self._copies.copy_code(layout, row, item)
            case "code.wrap", CodeItem():
                self._folding.wrap(layout, row, item)
            case "code.fold", CodeItem():
                self._folding.toggle(layout, row, number)
            case "code.save", CodeItem():
                code = Code(item.language, code_source(layout, block_rows(layout.rows, row), item))
                self._saving.save_code(plain_code(clean_code((code,))), item.language)
            case "table.copy", TableItem():
                self._copies.copy_table(layout, row, _first(layout, row, item))
            case "table.save", TableItem():
                first = _first(layout, row, item)
                rows = block_rows(layout.rows, row)
                self._saving.save_table(whole_table(layout, rows, first))


def block_item_at(layout: MessageLayout, row: int, number: int) -> BlockItem | None:
    """The block at a place, if it is laid out."""
    items = layout.rows[row].items if row < len(layout.rows) else None
    return items[number] if items and number < len(items) else None


def _first(layout: MessageLayout, row: int, item: TableItem) -> TableItem:
    """The block with a table's header: the button stands under its last one."""
    first = layout.rows[block_rows(layout.rows, row)[0]]
    if first.items is None:
        first.measure(layout.text_width or 600, layout.style, layout.references)
        first.invalidate()
    for found in first.items or ():
        if isinstance(found, TableItem) and found.state is item.state:
            return found
    return item
