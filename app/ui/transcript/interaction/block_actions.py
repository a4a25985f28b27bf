"""What the buttons of code blocks and tables do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.render.output.clean import clean_code
from app.render.tree import Code
from app.ui.transcript.blocks.block_item import BlockItem, BlockPlace
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.interaction.copying import (
    Copy,
    code_copy,
    code_source,
    plain_code,
    table_copy,
    whole_table,
)
from app.ui.transcript.interaction.saving import Saving
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows
from app.ui.transcript.table.item import TableItem

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

Note = Callable[[BlockState], None]
"""Lets a button say "Copied" for a moment."""


class BlockActions:
    """The buttons of the blocks of one view."""

    def __init__(self, view: TranscriptView, note: Note) -> None:
        self._view = view
        self._note = note
        self._saving = Saving(view)

    def run(self, layout: MessageLayout, command: str, place: BlockPlace) -> None:
        """Does what a button of a block says."""
        row, number = place
        item = block_item_at(layout, row, number)
        match command, item:
            case "code.copy", CodeItem():
                self.copy_code(layout, row, item)
            case "code.wrap", CodeItem():
                self._wrap(layout, row, item)
            case "code.fold", CodeItem():
                self._view.folding.toggle(layout, row, number)
            case "code.save", CodeItem():
                code = Code(item.language, code_source(layout, block_rows(layout.rows, row), item))
                self._saving.save_code(plain_code(clean_code((code,))), item.language)
            case "table.copy", TableItem():
                self.copy_table(layout, row, item)
            case "table.save", TableItem():
                first = _first(layout, row, item)
                rows = block_rows(layout.rows, row)
                self._saving.save_table(whole_table(layout, rows, first))

    def copy_code(self, layout: MessageLayout, row: int, item: CodeItem) -> None:
        """Puts the whole block on the clipboard."""
        found = code_copy(layout, block_rows(layout.rows, row), item)
        self._done(found, item.state, "Code copied")

    def copy_table(self, layout: MessageLayout, row: int, item: TableItem) -> None:
        """Puts the whole table on the clipboard."""
        first = _first(layout, row, item)
        found = table_copy(whole_table(layout, block_rows(layout.rows, row), first))
        self._done(found, item.state, "Table copied")

    def _done(self, found: Copy, state: BlockState, says: str) -> None:
        found.flavours.to_clipboard()
        self._note(state)
        self._view.copy_done.emit(f"{says}{left_out(found.hidden)}")
        self._view.viewport().update()

    def _wrap(self, layout: MessageLayout, row: int, item: CodeItem) -> None:
        is_wrapped = not item.is_wrapped
        rows = block_rows(layout.rows, row)
        for part in rows:
            for other in layout.rows[part].items or ():
                if isinstance(other, CodeItem) and other.state is item.state:
                    other.set_wrapped(is_wrapped)
        self._view.folding.note_touched(layout)
        self._view.reading.stop_following()
        layout.invalidate_rows(rows)
        self._view.settle()


def block_item_at(layout: MessageLayout, row: int, number: int) -> BlockItem | None:
    """The block at a place, if it is laid out."""
    items = layout.rows[row].items if row < len(layout.rows) else None
    return items[number] if items and number < len(items) else None


def left_out(count: int) -> str:
    """What copying says of characters it left out."""
    if not count:
        return ""
    return f", {count} hidden character{'s' if count != 1 else ''} left out"


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
