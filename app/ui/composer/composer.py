"""The composer: where a message is written, with its files, chips, forecast and the Send button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.conversations.attachment import Attachment
from app.core.text.hidden_characters import hidden_count, without_hidden
from app.ui.composer.card import Card
from app.ui.composer.context_bar import FillBar
from app.ui.composer.field import WritingField
from app.ui.composer.files import FileStrip
from app.ui.composer.message_bars import SayingBar
from app.ui.composer.send_button import SendButton
from app.ui.theme import Theme
from app.ui.widgets.file_dialog import first_folder
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.focus_ring import tab_in_order
from app.ui.widgets.icon_button import IconButton
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

DRAFT_DELAY = 200
"""Milliseconds a change of the draft waits at most: with the disk's time it stays under 300."""


class Composer(QWidget):
    """`submitted` carries text and attachments of a new message, `edited` id, text and attachments
    of an old one.

    `draft_changed` carries what is written so far; never while a message is edited.
    """

    submitted = Signal(str, object)
    edited = Signal(str, str, object)
    edit_begun = Signal()
    edit_cancelled = Signal()
    stopped = Signal()
    draft_changed = Signal(str, object)
    edit_last_requested = Signal()
    attach_requested = Signal(object)
    command_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_running = False
        self._send_with = "enter"
        self._edited_id = ""
        self._kept: tuple[str, list[Attachment]] = ("", [])
        self._keeps_hidden = False
        self._dropped = 0
        self._is_quiet = False
        self._chips: list[tuple[str, str]] = []
        self.setAccessibleName("Composer")
        self.fill = FillBar(theme)
        self.card = Card(theme)
        self.field = WritingField(theme)
        self.files = FileStrip(theme)
        self.edit_bar = SayingBar(theme, "pencil", "accent", ("Cancel",))
        self.hidden_bar = SayingBar(theme, "eye-off", "warn", ("remove", "keep"))
        self.fit_bar = SayingBar(
            theme,
            "triangle-alert",
            "warn",
            ("Use another", "Send without", "Send all the same"),
            wraps=True,
        )
        self.attach = IconButton(
            theme, "paperclip", "Attach files (Ctrl+Shift+A)", size=16, side=20
        )
        self.chip_row = QWidget()
        self._chip_flow = Flow(self.chip_row, gap=8)
        self.pills: list[Pill] = []
        self.cost = Label(theme, colour="muted", size=13)
        self.send = SendButton(theme)
        self.left = Label(theme, colour="muted", size=12)
        self._dialog: QFileDialog | None = None
        self._folder = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_DELAY)
        self._timer.timeout.connect(self.flush_draft)
        self._lay_out()
        self._connect()
        self.set_model_name("")
        self.field.setAccessibleName("Message")
        theme.changed.connect(self.update)

    def text(self) -> str:
        """What is written now."""
        return self.field.toPlainText()

    def attachments(self) -> list[Attachment]:
        """The files that would go along."""
        return self.files.attachments()

    def focus_text(self) -> None:
        """Puts the cursor into the text."""
        self.field.setFocus()

    def set_running(self, is_running: bool) -> None:
        """Turns Send into Stop while an answer is being written, and back."""
        self._is_running = is_running
        self._show_send()

    def set_send_with(self, key: str) -> None:
        """`enter` or `ctrl_enter`: which key sends."""
        self._send_with = key
        self.field.set_send_with(key)
        self._show_send()

    def set_model_name(self, name: str) -> None:
        """Who is asked."""
        self.field.setPlaceholderText(f"Ask {name}…" if name else "Ask…")
        self.field.viewport().update()  # Qt draws a changed placeholder only when it comes or goes

    def set_draft(self, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Shows what was written in this conversation; a draft still waiting is not announced."""
        self._timer.stop()
        self._leave_edit()
        self._show_text(text)
        self.files.set_attachments(attachments)

    def flush_draft(self) -> None:
        """Announces now what still waits; call before another conversation is opened."""
        self._show_hidden()
        self._timer.stop()
        if not self._edited_id:
            self.draft_changed.emit(self.text(), self.attachments())

    def set_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """(text, command id) of what is set for the next question."""
        if list(chips) == self._chips:
            return
        self._chips = list(chips)
        for pill in self.pills:
            self._chip_flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self.pills = [
            Pill(self._theme, text, colour="muted", parent=self.chip_row) for text, _ in chips
        ]
        for pill in self.pills:
            pill.clicked.connect(self._on_chip_clicked)
            self._chip_flow.addWidget(pill)
            pill.show()
        tab_in_order([self.attach, *self.pills, self.send])
        self.chip_row.updateGeometry()

    def set_forecast(
        self, left_text: str, right_text: str, fill: Sequence[tuple[float, str]], tip: str = ""
    ) -> None:
        """How full the model's view gets, what it may cost, the same as a bar, and how that is
        known."""
        self.left.setText(left_text)
        self.cost.setText(right_text)
        for label in (self.left, self.cost):
            label.setToolTip(tip)
        self.fill.set_parts(fill, left_text)

    def add_attachment(self, attachment: Attachment, thumbnail: bytes = b"") -> Attachment | None:
        """Adds a file to the message; `thumbnail` holds the bytes of a picture. Gives the file
        that has the same bytes, where there is one: it is not added twice."""
        known = self.files.add(attachment, thumbnail)
        self._on_changed()
        return known

    def choose_files(self) -> None:
        """Asks for files to attach."""
        dialog = QFileDialog(self, "Attach files", first_folder(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def begin_edit(
        self, message_id: str, text: str, attachments: Sequence[Attachment] = ()
    ) -> None:
        """Takes an old message in, with its files; the draft is kept aside until the edit ends."""
        if not self._edited_id:
            if self._timer.isActive():
                self.flush_draft()
            self._kept = (self.text(), self.attachments())
        self._edited_id = message_id
        self.field.is_editing = True
        self._show_text(text)
        self.files.set_attachments(attachments)
        self.edit_bar.say("Editing your message: the answer is asked for again, both stay.")
        self._show_send()
        self.focus_text()
        self.edit_begun.emit()

    def end_edit(self) -> None:
        """Goes back to the draft."""
        if self._edited_id:
            self._leave_edit()
            text, attachments = self._kept
            self._show_text(text)
            self.files.set_attachments(attachments)

    def is_editing(self) -> bool:
        """Whether an old message is being edited."""
        return bool(self._edited_id)

    def submit(self) -> None:
        """Sends what is written; nothing happens while only white space is there."""
        text = self.text()
        if not self._keeps_hidden:
            text = without_hidden(text)
        attachments = self.attachments()
        if self.field.is_composing() or not (text.strip() or attachments):
            self.focus_text()
            return
        if self._edited_id:
            message_id = self._edited_id
            self.end_edit()
            self.edited.emit(message_id, text, attachments)
            return
        if self._is_running:
            return
        # Emptied first: who is told may put the text back when it cannot be sent.
        self._timer.stop()
        self._show_text("")
        self.files.set_attachments([])
        self.draft_changed.emit("", [])
        self.submitted.emit(text, attachments)
        if self.text() or self.attachments():
            self.flush_draft()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.colour("background"))
            self.card.paint_shadow(painter)

    def _lay_out(self) -> None:
        bottom = QHBoxLayout()
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.setSpacing(8)
        bottom.addWidget(self.attach)
        bottom.addWidget(self.chip_row, 1)
        bottom.addWidget(self.cost)
        bottom.addWidget(self.send)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(13, 13, 13, 12)
        inside.setSpacing(6)
        for widget in (self.edit_bar, self.hidden_bar, self.fit_bar, self.files, self.field):
            inside.addWidget(widget)
        inside.addLayout(bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 14)
        column.setSpacing(0)
        column.addWidget(self.fill)
        column.addSpacing(6)
        column.addWidget(self.card)
        column.addSpacing(6)
        column.addWidget(self.left)

    def _connect(self) -> None:
        self.field.sent.connect(self.submit)
        self.field.left_upwards.connect(self._on_left_upwards)
        self.field.given_up.connect(self._on_given_up)
        self.field.files_given.connect(self.attach_requested)
        self.field.hidden_dropped.connect(self._on_hidden_dropped)
        self.field.textChanged.connect(self._on_changed)
        self.files.changed.connect(self._on_changed)
        self.attach.clicked.connect(self.choose_files)
        self.send.clicked.connect(self._on_send_clicked)
        self.edit_bar.chosen.connect(self._on_edit_cancelled)
        self.hidden_bar.chosen.connect(self._on_hidden_chosen)

    def _show_text(self, text: str) -> None:
        self._is_quiet = True
        self._keeps_hidden = False
        self._dropped = 0
        if text != self.text():
            self.field.setPlainText(text)
            cursor = self.field.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.field.setTextCursor(cursor)
        self._is_quiet = False
        self._show_hidden()

    def _leave_edit(self) -> None:
        self._edited_id = ""
        self.field.is_editing = False
        self.edit_bar.say("")
        self._show_send()

    def _show_send(self) -> None:
        if self._is_running and not self._edited_id:
            self.send.show_title("Stop", "Esc")
        else:
            key = "Enter" if self._send_with == "enter" else "Ctrl+Enter"
            self.send.show_title("Save" if self._edited_id else "Send", key)

    def _show_hidden(self) -> None:
        count = hidden_count(self.text())
        told = count or self._dropped
        noun = "hidden character" if told == 1 else "hidden characters"
        what = "will be sent" if self._keeps_hidden else "left out when sent"
        what = what if count else "left out of the pasted text"
        self.hidden_bar.say(f"{told} {noun} · {what}" if told else "")
        self.hidden_bar.link("remove").setVisible(bool(count))
        self.hidden_bar.link("keep").setVisible(bool(count) and not self._keeps_hidden)

    def _on_changed(self) -> None:
        if not self._is_quiet and not self._timer.isActive():
            self._timer.start()

    def _on_send_clicked(self) -> None:
        if self._is_running and not self._edited_id:
            self.stopped.emit()
        else:
            self.submit()

    def _on_left_upwards(self) -> None:
        if not self._edited_id and not self.attachments():
            self.edit_last_requested.emit()

    def _on_given_up(self) -> None:
        if self._edited_id:
            self._on_edit_cancelled()
        elif self._is_running:
            self.stopped.emit()

    def _on_edit_cancelled(self) -> None:
        self.end_edit()
        self.focus_text()
        self.edit_cancelled.emit()

    def _on_hidden_dropped(self, count: int) -> None:
        self._dropped += count
        self._show_hidden()

    def _on_hidden_chosen(self, choice: str) -> None:
        if choice == "remove":
            cursor = self.field.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(without_hidden(self.text()))
        else:
            self._keeps_hidden = True
        self._show_hidden()
        self.focus_text()

    def _on_chip_clicked(self) -> None:
        for pill, (_, command_id) in zip(self.pills, self._chips, strict=True):
            if pill is self.sender():
                self.command_requested.emit(command_id)
                return

    def _on_files_selected(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        self._folder = str(paths[-1].parent) if paths else self._folder
        self.attach_requested.emit(paths)
        self.focus_text()
