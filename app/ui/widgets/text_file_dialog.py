"""A file that was sent, as text with a caret, and saved again as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.conversations.attachment import Attachment
from app.core.errors import TransferError
from app.render.characters import shown
from app.services.files.whole_file import write_whole
from app.ui.theme import CODE_SIZE, Theme
from app.ui.widgets.file_dialog import save_dialog
from app.ui.widgets.page import text_label
from app.ui.window.window_size import FittedDialog, grown

MOST = 500_000
"""Characters that are shown: a window needs a second for more. All are saved."""
WIDEST = 2_000
"""Characters of a line; Qt takes seconds over longer ones, which are broken."""


class TextFileDialog(FittedDialog):
    """Shows the bytes of a file as text; of another kind of file it tells what it is."""

    def __init__(
        self, attachment: Attachment, data: bytes, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._attachment = attachment
        self._data = data
        self.setWindowTitle(attachment.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_text = attachment.media_type.startswith("text/")
        self.resize(grown(self, theme, 760, 600 if is_text else 140))
        self.field = QPlainTextEdit()
        self.field.setReadOnly(True)
        self.field.setAccessibleName(attachment.name)
        self.field.setTabChangesFocus(True)
        self.field.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.field.setFont(theme.mono(CODE_SIZE))
        self.field.setVisible(is_text)
        self.says = text_label("", "muted")
        save = QPushButton("Save as…")
        save.clicked.connect(self._on_save_clicked)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.says, 1)
        for button in (save, close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.field, 1)
        column.addLayout(row)
        if is_text:
            self._show_text()
        else:
            self.says.setText(f"{attachment.name} was sent. Facet does not show files of its kind.")

    def _show_text(self) -> None:
        text = self._data.decode("utf-8-sig", errors="replace")
        self.field.setPlainText(_broken(shown(text[:MOST].replace("\r\n", "\n"), is_code=True)))
        size = f"{self._attachment.name} · {len(text):,} characters"
        self.says.setText(f"{size}, the first {MOST:,} are shown" if len(text) > MOST else size)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save_clicked(self) -> None:
        dialog = save_dialog(self, "Save the file", self._attachment.name)
        dialog.setObjectName("save-file")
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, name: str) -> None:
        try:
            write_whole(Path(name), self._data)
        except TransferError as error:
            self.says.setText(f"{error.message} {error.hint}".strip())
        else:
            self.says.setText(f"Written to {name}")


def _broken(text: str) -> str:
    return "\n".join(
        line[start : start + WIDEST]
        for line in text.split("\n")
        for start in range(0, max(1, len(line)), WIDEST)
    )
