"""Puts what the reader copies on the clipboard, and lets its button say so for a moment."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.interaction.clipboard import Flavours
from app.ui.transcript.interaction.copying import (
    Copy,
    code_copy,
    message_copy,
    selection_copy,
    table_copy,
    whole_table,
)
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.table.item import TableItem
from app.ui.transcript.viewport import Viewport

NOTE_TIME = 1600
"""Milliseconds "Copied" stays."""
MOST_OFFERED = 20_000
"""Characters of several messages that are read for the primary selection; more are offered as
Markdown, at once."""


class CopyActions(QObject):
    """Copies messages, blocks and the selection of one view. `copied` says what was, for the
    reader."""

    copied = Signal(str)

    def __init__(self, state: TranscriptState, viewport: Viewport) -> None:
        super().__init__(viewport.area)
        self._state = state
        self._viewport = viewport
        self._noted: list[BlockState | MessageLayout] = []
        self._note = QTimer(self)
        self._note.setSingleShot(True)
        self._note.setInterval(NOTE_TIME)
        self._note.timeout.connect(self._on_note_over)

    def copy_message(self, index: int) -> None:
        """Copies a message: as it is read, as HTML and as Markdown."""
        layout = self._state.column.layouts[index]
        self._copy(message_copy(layout), "Question copied" if layout.is_user else "Answer copied")
        layout.foot.note = "Copied"
        self._keep_note(layout)

    def copy_source(self, index: int) -> None:
        """Copies the Markdown of a message, as plain text."""
        self._copy(_source(message_copy(self._state.column.layouts[index])), "Markdown copied")

    def copy_selection(self) -> None:
        """Copies what is selected, in all flavours."""
        if found := selection_copy(self._state.selection, self._state.column.layouts):
            self._copy(found, "Selection copied")

    def copy_selection_source(self) -> None:
        """Copies the Markdown of what is selected, as plain text."""
        if found := selection_copy(self._state.selection, self._state.column.layouts):
            self._copy(_source(found), "Markdown copied")

    def offer_selection(self) -> None:
        """Makes what is selected the primary selection, which X11 pastes by the middle button; does
        nothing where the system has no such thing.

        An empty selection leaves what others selected.
        """
        clipboard, selection = QGuiApplication.clipboard(), self._state.selection
        if selection.is_empty or not clipboard.supportsSelection():
            return
        if found := selection_copy(selection, self._state.column.layouts, MOST_OFFERED):
            clipboard.setText(found.flavours.plain, QClipboard.Mode.Selection)

    def copy_address(self, address: str) -> None:
        """Copies the address of a link."""
        Flavours(address).to_clipboard()
        self.copied.emit("Link address copied")

    def copy_code(self, layout: MessageLayout, row: int, item: CodeItem) -> None:
        """Copies a whole block of code."""
        self._copy(code_copy(layout, block_rows(layout.rows, row), item), "Code copied")
        self._note_block(item.state)

    def copy_table(self, layout: MessageLayout, row: int, first: TableItem) -> None:
        """Copies a whole table; `first` is the block with its header."""
        rows = block_rows(layout.rows, row)
        self._copy(table_copy(whole_table(layout, rows, first)), "Table copied")
        self._note_block(first.state)

    def _copy(self, found: Copy, says: str) -> None:
        found.flavours.to_clipboard()
        if found.is_long:
            says += " as Markdown, for it is very long"
        self.copied.emit(f"{says}{left_out(found.hidden)}")

    def _note_block(self, state: BlockState) -> None:
        state.note = "Copied"
        self._keep_note(state)

    def _keep_note(self, noted: BlockState | MessageLayout) -> None:
        self._noted.append(noted)
        self._note.start()
        self._viewport.update()

    def _on_note_over(self) -> None:
        for noted in self._noted:
            if isinstance(noted, BlockState):
                noted.note = ""
            else:
                noted.foot.note = ""
        self._noted.clear()
        self._viewport.update()


def left_out(count: int) -> str:
    """What copying says of characters it left out."""
    if not count:
        return ""
    return f", {count} hidden character{'s' if count != 1 else ''} left out"


def _source(found: Copy) -> Copy:
    return Copy(Flavours(found.flavours.markdown or found.flavours.plain), found.hidden)
