"""What the buttons of code blocks and tables do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.render.output.clean import clean_code
from app.render.tree import Code
from app.ui.transcript.blocks.block_item import Piece, Region
from app.ui.transcript.blocks.code import CodePiece
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
from app.ui.transcript.layout.message import Sheet
from app.ui.transcript.layout.row_groups import block_rows, remeasure
from app.ui.transcript.table.item import TablePiece

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

Note = Callable[[BlockState], None]
"""Lets a button say "Copied" for a moment."""


class BlockActions:
    """The buttons of the blocks of one view; their argument is "row piece"."""

    def __init__(self, view: TranscriptView, note: Note) -> None:
        self._view = view
        self._note = note
        self._saving = Saving(view)

    def run(self, sheet: Sheet, region: Region) -> None:
        """Does what a button of a block says."""
        row, number = map(int, region.argument.split())
        piece = block_piece(sheet, row, number)
        match region.command, piece:
            case "code.copy", CodePiece():
                self.copy_code(sheet, row, piece)
            case "code.wrap", CodePiece():
                self._wrap(sheet, row, piece)
            case "code.fold", CodePiece():
                self._view.folding.toggle(sheet, row, number)
            case "code.save", CodePiece():
                code = Code(piece.language, code_source(sheet, block_rows(sheet.rows, row), piece))
                self._saving.save_code(plain_code(clean_code((code,))), piece.language)
            case "table.copy", TablePiece():
                self.copy_table(sheet, row, piece)
            case "table.save", TablePiece():
                first = _first(sheet, row, piece)
                rows = block_rows(sheet.rows, row)
                self._saving.save_table(whole_table(sheet, rows, first))

    def copy_code(self, sheet: Sheet, row: int, piece: CodePiece) -> None:
        """Puts the whole block on the clipboard."""
        found = code_copy(sheet, block_rows(sheet.rows, row), piece)
        self._done(found, piece.state, "Code copied")

    def copy_table(self, sheet: Sheet, row: int, piece: TablePiece) -> None:
        """Puts the whole table on the clipboard."""
        first = _first(sheet, row, piece)
        found = table_copy(whole_table(sheet, block_rows(sheet.rows, row), first))
        self._done(found, piece.state, "Table copied")

    def _done(self, found: Copy, state: BlockState, says: str) -> None:
        found.flavours.to_clipboard()
        self._note(state)
        self._view.copy_done.emit(f"{says}{left_out(found.hidden)}")
        self._view.viewport().update()

    def _wrap(self, sheet: Sheet, row: int, piece: CodePiece) -> None:
        is_wrapped = not piece.is_wrapped
        rows = block_rows(sheet.rows, row)
        for part in rows:
            for other in sheet.rows[part].pieces or ():
                if isinstance(other, CodePiece) and other.state is piece.state:
                    other.set_wrapped(is_wrapped)
        self._view.folding.note_touched(sheet)
        self._view.reading.stop_following()
        remeasure(sheet, rows)
        self._view.settle()


def block_piece(sheet: Sheet, row: int, number: int) -> Piece | None:
    """The piece at a place, if it is laid out."""
    pieces = sheet.rows[row].pieces if row < len(sheet.rows) else None
    return pieces[number] if pieces and number < len(pieces) else None


def left_out(count: int) -> str:
    """What copying says of characters it left out."""
    if not count:
        return ""
    return f", {count} hidden character{'s' if count != 1 else ''} left out"


def _first(sheet: Sheet, row: int, piece: TablePiece) -> TablePiece:
    """The piece with a table's header: the button stands under its last one."""
    first = sheet.rows[block_rows(sheet.rows, row)[0]]
    if first.pieces is None:
        first.measure(sheet.text_width or 600, sheet.style, sheet.references)
        first.width = 0
    for found in first.pieces or ():
        if isinstance(found, TablePiece) and found.state is piece.state:
            return found
    return piece
