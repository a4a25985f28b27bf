"""What the buttons and menus of a transcript do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.core.conversation import Message, MessageState
from app.render.characters import copied
from app.render.chunk import Kind
from app.ui.transcript.code_piece import CodePiece
from app.ui.transcript.pieces import Region
from app.ui.transcript.selection import END, Place
from app.ui.transcript.sheet import Sheet

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

NOTE_TIME = 1600
"""Milliseconds "Copied" stays."""


class Actions:
    """The actions of one view; what others must do leaves it as a signal."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._more: list[tuple[str, str]] = []
        self._noted: list[CodePiece | Sheet] = []
        self._note = QTimer(view)
        self._note.setSingleShot(True)
        self._note.setInterval(NOTE_TIME)
        self._note.timeout.connect(self._on_note_over)

    def set_more(self, commands: Sequence[tuple[str, str]]) -> None:
        """Further entries of a message's menu."""
        self._more = list(commands)
        for sheet in self._view.column.sheets:
            sheet.foot.has_more = self.has_more(sheet.message)

    def has_more(self, message: Message) -> bool:
        """Whether a message's menu has anything in it that its row of buttons lacks."""
        return bool(self._more) or message.provenance is not None

    def run(self, index: int, region: Region) -> None:
        """Does what a button of a message says."""
        view = self._view
        sheet = view.column.sheets[index]
        message_id = sheet.message.id
        match region.command:
            case "code.copy" | "code.wrap":
                self._run_code(sheet, region)
            case "thought.toggle":
                sheet.thought.is_open = not sheet.thought.is_open
                self._resettle(sheet)
            case "card.details":
                sheet.foot.is_unfolded = not sheet.foot.is_unfolded
                self._resettle(sheet)
            case "message.copy" | "message.copied":
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
                position, count = sheet.foot.place
                if 1 <= position + step <= count:
                    view.sibling_requested.emit(message_id, step)
            case "fault.keys":
                view.command_requested.emit("application.providers", region.argument)
            case "link.open":
                view.link_opened.emit(region.argument)
            case _:
                view.command_requested.emit(region.command, region.argument or message_id)

    def _run_code(self, sheet: Sheet, region: Region) -> None:
        row_index, piece_index = map(int, region.argument.split())
        row = sheet.rows[row_index]
        piece = (row.pieces or [])[piece_index]
        if not isinstance(piece, CodePiece):
            return
        if region.command == "code.wrap":
            is_wrapped = not piece.is_wrapped
            for part in self._stretch(sheet, row_index):
                sheet.rows[part].is_wrapped = is_wrapped
                sheet.rows[part].width = 0
                for other in sheet.rows[part].pieces or ():
                    if isinstance(other, CodePiece) and (other is piece or part != row_index):
                        other.set_wrapped(is_wrapped)
            self._resettle(sheet)
            return
        text, hidden = piece.copy_text(), piece.hidden
        for part in self._stretch(sheet, row_index)[1:]:
            chunk = sheet.rows[part].chunk
            text += ("" if chunk.is_joined else "\n") + copied(chunk.source, is_code=True)
        self._to_clipboard(text)
        piece.copied_note = "Copied"
        self._noted.append(piece)
        self._note.start()
        left_out = f", {hidden} hidden characters left out" if hidden else ""
        self._view.copy_done.emit(f"Code copied{left_out}")
        self._view.viewport().update()

    @staticmethod
    def _stretch(sheet: Sheet, first: int) -> list[int]:
        """The rows that one block of code is cut into."""
        rows = [first]
        if sheet.rows[first].chunk.kind is not Kind.CODE:
            return rows
        while rows[-1] + 1 < len(sheet.rows):
            chunk = sheet.rows[rows[-1] + 1].chunk
            if chunk.kind is not Kind.CODE or not chunk.is_continued:
                break
            rows.append(rows[-1] + 1)
        return rows

    def _resettle(self, sheet: Sheet) -> None:
        view = self._view
        view.reading.stop_following()
        sheet.width = 0
        view.settle()

    # --- copying

    def copy_message(self, index: int) -> None:
        """Puts the Markdown of one message on the clipboard."""
        sheet = self._view.column.sheets[index]
        self._to_clipboard(copied(sheet.message.text or sheet.text_so_far))
        sheet.foot.note = "Copied"
        self._noted.append(sheet)
        self._note.start()
        self._view.copy_done.emit("Question copied" if sheet.is_user else "Answer copied")
        self._view.viewport().update()

    def copy_selection(self) -> None:
        """Puts the selected text on the clipboard."""
        if text := self._view.selection.text(self._view.column.sheets):
            self._to_clipboard(text)
            self._view.copy_done.emit("Selection copied")

    def select_all(self) -> None:
        """Selects every message."""
        count = len(self._view.column.sheets)
        if count:
            self._view.selection.select(Place(0), Place(count - 1, END, END, END))
            self._view.viewport().update()

    def _to_clipboard(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)

    def _on_note_over(self) -> None:
        for noted in self._noted:
            if isinstance(noted, CodePiece):
                noted.copied_note = ""
            else:
                noted.foot.note = ""
        self._noted.clear()
        self._view.viewport().update()

    # --- menu

    def open_menu(self, index: int, at: QPoint) -> None:
        """The menu of a message, or of the transcript beside one."""
        view = self._view
        menu = QMenu(view)
        menu.aboutToHide.connect(menu.deleteLater)
        if not view.selection.is_empty:
            menu.addAction("Copy selection").triggered.connect(self.copy_selection)
        if index >= 0:
            self._fill_menu(menu, index)
        menu.addAction("Select all").triggered.connect(self.select_all)
        menu.popup(at)

    def _fill_menu(self, menu: QMenu, index: int) -> None:
        view = self._view
        message = view.column.sheets[index].message
        is_done = message.state is not MessageState.WRITING
        title = "Copy question" if view.column.sheets[index].is_user else "Copy answer"
        menu.addAction(title).triggered.connect(lambda: self.copy_message(index))
        if message.provenance is not None and is_done:
            action = menu.addAction("Where this answer came from")
            action.triggered.connect(lambda: view.details_requested.emit(message.id))
        for command_id, words in self._more:
            action = menu.addAction(words)
            action.triggered.connect(
                lambda _checked=False, command=command_id: view.command_requested.emit(
                    command, message.id
                )
            )
        menu.addSeparator()
