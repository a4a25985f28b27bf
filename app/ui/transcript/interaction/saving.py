"""Saves a block of code or a table to a file the reader chooses; its name is never the model's."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.errors import TransferError
from app.render.output.file_names import suggested_name
from app.render.output.table_text import csv_text
from app.render.tree import Table
from app.services.files.whole_file import write_whole
from app.ui.widgets.file_dialog import save_dialog


class Saving(QObject):
    """The save dialog over a widget. `saved` tells the reader where to, `failed` why not."""

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._dialog: QFileDialog | None = None

    def save_code(self, code: str, language: str) -> None:
        """Asks for a file and writes code to it, ended by a newline."""
        text = code if code.endswith("\n") or not code else f"{code}\n"
        self._ask("Save code", suggested_name(language), text)

    def save_table(self, table: Table) -> None:
        """Asks for a file and writes a table to it as CSV."""
        self._ask("Save table", "table.csv", csv_text(table.grid()))

    def _ask(self, title: str, name: str, text: str) -> None:
        dialog = save_dialog(self._widget.window(), title, name)
        dialog.setObjectName("save_block")
        dialog.fileSelected.connect(partial(self._on_file_selected, text))
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = dialog
        dialog.open()

    def _on_file_selected(self, text: str, name: str) -> None:
        try:
            write_whole(Path(name), text)
        except TransferError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(f"Written to {name}")
