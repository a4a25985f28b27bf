"""What the buttons and menus of a transcript do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QTimer

from app.core.conversations.conversation import Message
from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.block_actions import BlockActions, left_out
from app.ui.transcript.interaction.clipboard import Flavours
from app.ui.transcript.interaction.context_menu import TranscriptMenu
from app.ui.transcript.interaction.copying import Copy, message_copy, selection_copy
from app.ui.transcript.interaction.selection import END, Place
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.layout.message import MessageLayout

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

NOTE_TIME = 1600
"""Milliseconds "Copied" stays."""


class Actions:
    """The actions of one view; what others must do leaves it as a signal."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.more: list[tuple[str, str]] = []
        """Further entries of a message's menu: (command id, title)."""
        self._blocks = BlockActions(view, self._keep_note)
        self._menu = TranscriptMenu(view)
        self._noted: list[BlockState | MessageLayout] = []
        self._note = QTimer(view)
        self._note.setSingleShot(True)
        self._note.setInterval(NOTE_TIME)
        self._note.timeout.connect(self._on_note_over)

    def set_more(self, commands: Sequence[tuple[str, str]]) -> None:
        """Further entries of a message's menu."""
        self.more = list(commands)
        for layout in self._view.column.layouts.made():
            layout.foot.has_more = self.has_more(layout.message)

    def has_more(self, message: Message) -> bool:
        """Whether a message's menu has anything in it that its row of buttons lacks."""
        return bool(self.more) or message.provenance is not None

    def run(self, index: int, region: HitRegion) -> None:
        """Does what a button of a message says."""
        view = self._view
        layout = view.column.layouts[index]
        message_id = layout.message.id
        match region.command:
            case "thought.toggle":
                layout.reasoning.is_open = not layout.reasoning.is_open
                self._resettle(layout)
            case "fold.toggle":
                assert region.place is not None
                view.folding.toggle_part(layout, region.place.row)
            case "message.as_text":
                self.show_as_text(index, not layout.is_plain)
            case "card.details":
                layout.foot.is_unfolded = not layout.foot.is_unfolded
                self._resettle(layout)
            case "message.copy":
                self.copy_message(index)
            case "message.edit":
                view.edit_requested.emit(message_id)
            case "message.retry":
                view.retry_requested.emit(message_id)
            case "message.continue":
                view.continue_requested.emit(message_id)
            case "message.keep":
                view.keep_requested.emit(message_id)
            case "message.details":
                view.details_requested.emit(message_id)
            case "message.more":
                top = view.column.top(index) - view.verticalScrollBar().value()
                left = view.column.left(view.viewport().width())
                corner = (region.rect.bottomLeft() + QPointF(left, top)).toPoint()
                self.open_menu(index, view.viewport().mapToGlobal(corner))
            case "sibling.previous" | "sibling.next":
                step = -1 if region.command == "sibling.previous" else 1
                position, count = layout.foot.place
                if 1 <= position + step <= count:
                    view.sibling_requested.emit(message_id, step)
            case "fault.keys":
                view.command_requested.emit("application.providers", region.argument)
            case "link.open":
                view.link_opened.emit(region.argument)
            case _ if region.place is not None:
                self._blocks.run(layout, region.command, region.place)
            case _:
                view.command_requested.emit(region.command, region.argument or message_id)

    def _resettle(self, layout: MessageLayout) -> None:
        view = self._view
        view.reading.stop_following()
        layout.invalidate()
        view.settle()

    def show_as_text(self, index: int, is_plain: bool) -> None:
        """Shows a message as it was written, or as it is meant."""
        layout = self._view.column.layouts[index]
        self._view.selection.clear()
        layout.show_as_text(is_plain)
        self._resettle(layout)
        self._view.column.refresh(index)
        self._view.settle()

    # --- copying

    def copy_message(self, index: int) -> None:
        """Puts a message on the clipboard: as it is read, as HTML and as Markdown."""
        layout = self._view.column.layouts[index]
        self._done(message_copy(layout), "Question copied" if layout.is_user else "Answer copied")
        layout.foot.note = "Copied"
        self._noted.append(layout)
        self._note.start()
        self._view.viewport().update()

    def copy_source(self, index: int) -> None:
        """Puts the Markdown of a message on the clipboard, as plain text."""
        found = message_copy(self._view.column.layouts[index])
        self._done(_source(found), "Markdown copied")

    def copy_selection(self) -> None:
        """Puts what is selected on the clipboard, in all flavours."""
        if found := selection_copy(self._view.selection, self._view.column.layouts):
            self._done(found, "Selection copied")

    def copy_selection_source(self) -> None:
        """Puts the Markdown of what is selected on the clipboard, as plain text."""
        if found := selection_copy(self._view.selection, self._view.column.layouts):
            self._done(_source(found), "Markdown copied")

    def copy_address(self, address: str) -> None:
        """Puts the address of a link on the clipboard."""
        Flavours(address).to_clipboard()
        self._view.copy_done.emit("Link address copied")

    def select_all(self) -> None:
        """Selects the message with the focus ring, and with it selected already every message."""
        view = self._view
        count = len(view.column.layouts)
        if not count:
            return
        first, last = Place(0), Place(count - 1, END, END, END)
        if 0 <= view.focused < count:
            one = Place(view.focused), Place(view.focused, END, END, END)
            if (view.selection.anchor, view.selection.end) != one:
                first, last = one
        view.selection.select(first, last)
        view.viewport().update()

    def _done(self, found: Copy, says: str) -> None:
        found.flavours.to_clipboard()
        if found.is_long:
            says += " as Markdown, for it is very long"
        self._view.copy_done.emit(f"{says}{left_out(found.hidden)}")

    def _keep_note(self, state: BlockState) -> None:
        state.note = "Copied"
        self._noted.append(state)
        self._note.start()

    def _on_note_over(self) -> None:
        for noted in self._noted:
            if isinstance(noted, BlockState):
                noted.note = ""
            else:
                noted.foot.note = ""
        self._noted.clear()
        self._view.viewport().update()

    # --- menu

    def open_menu(self, index: int, at: QPoint, under: QPointF | None = None) -> None:
        """The menu of a message, or of the transcript beside one; `under`: a place in the
        viewport."""
        self._menu.open(index, at, under)


def _source(found: Copy) -> Copy:
    return Copy(Flavours(found.flavours.markdown or found.flavours.plain), found.hidden)
