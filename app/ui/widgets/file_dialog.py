"""Dialogs that ask for files, and the folder they begin in: never the program's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def save_dialog(
    parent: QWidget, title: str, name: str, *, folder: str = "", filters: tuple[str, ...] = ()
) -> QFileDialog:
    """Asks for a file to write, to be opened by its user; `name` is the one it offers."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDirectory(first_folder(folder))
    if filters:
        dialog.setNameFilters(list(filters))
    if len(filters) <= 1 and (suffix := Path(name).suffix):
        dialog.setDefaultSuffix(suffix[1:])
    dialog.selectFile(name)
    return dialog


def first_folder(last: str = "") -> str:
    """Where a dialog begins: where it ended last, else in Documents, else at home; the first of
    these that is there, for from one that is not Qt goes to the program's own."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (last, documents):
        if folder and Path(folder).is_dir():
            return folder
    return str(Path.home())
