"""One picture large: fitted into the window or at its own size, and saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.attachment import Attachment
from app.ui.settings.page import text_label
from app.ui.theme import Theme


class PictureDialog(QDialog):
    """Shows the bytes of a picture; what cannot be decoded says so."""

    def __init__(
        self, attachment: Attachment, data: bytes, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._attachment = attachment
        self._data = data
        self.setWindowTitle("Picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(760), theme.px(600))
        self.pixmap = _decoded(data)
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setAccessibleName(attachment.name)
        self.area = QScrollArea()
        self.area.setAccessibleName("Picture")
        self.area.setWidget(self.label)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_button = QPushButton("Own size")
        self.size_button.setCheckable(True)
        self.size_button.toggled.connect(self._fit)
        save = QPushButton("Save as…")
        save.clicked.connect(self._on_save_clicked)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        size = f" · {self.pixmap.width()} × {self.pixmap.height()}"
        facts = "This picture cannot be shown." if self.pixmap.isNull() else attachment.name + size
        row = QHBoxLayout()
        row.addWidget(text_label(facts, "muted"), 1)
        for button in (self.size_button, save, close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.area, 1)
        column.addLayout(row)
        self._fit()

    def save(self, path: Path) -> None:
        """Writes the picture as it was sent; the label says when that fails."""
        try:
            path.write_bytes(self._data)
        except OSError as error:
            self.label.setText(f"It could not be written: {error.strerror}.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.pixmap.isNull():
            return
        shown = self.pixmap
        room = self.area.viewport().size()
        is_larger = shown.width() > room.width() or shown.height() > room.height()
        if is_larger and not self.size_button.isChecked():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            shown = shown.scaled(room, keep, Qt.TransformationMode.SmoothTransformation)
        self.label.setPixmap(shown)
        self.label.resize(shown.size())

    def _on_save_clicked(self) -> None:
        dialog = QFileDialog(self, "Save the picture")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._attachment.name)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, name: str) -> None:
        self.save(Path(name))


def _decoded(data: bytes) -> QPixmap:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return QPixmap.fromImage(reader.read())
