"""One picture large: fitted into the window or at its own size, and saved as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.core.conversations.attachment import Attachment
from app.ui.theme import Theme
from app.ui.widgets.file_dialog import save_dialog
from app.ui.widgets.page import text_label
from app.ui.window.window_size import FittedDialog

Later = Callable[[Callable[[], QImage], Callable[[QImage], None]], None]
"""Does the first in a thread and gives what came of it to the second."""

LARGE = 1_500_000
"""Pixels from which on a picture is decoded beside the window."""
PAUSE = 80
"""Milliseconds after a change of size before a large picture is made anew."""


class PictureDialog(FittedDialog):
    """Shows the bytes of a picture; what cannot be decoded says so. With `later` large ones are
    decoded in a thread: the window goes on meanwhile."""

    def __init__(
        self,
        attachment: Attachment,
        data: bytes,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        later: Later | None = None,
    ) -> None:
        super().__init__(parent)
        self._attachment = attachment
        self._data = data
        self._size = picture_size(data)
        is_large = self._size.width() * self._size.height() >= LARGE
        self._later = later if is_large else None
        self._wanted: QSize | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._make)
        self.setWindowTitle("Picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(760), theme.px(600))
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setAccessibleName(attachment.name)
        self.area = QScrollArea()
        self.area.setAccessibleName("Picture")
        self.area.setWidget(self.label)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_button = QPushButton("Own size")
        self.size_button.setCheckable(True)
        self.size_button.toggled.connect(self._make)
        save = QPushButton("Save as…")
        save.clicked.connect(self._on_save_clicked)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        size = f" · {self._size.width()} × {self._size.height()}"
        self.facts = text_label(attachment.name + size, "muted")
        row = QHBoxLayout()
        row.addWidget(self.facts, 1)
        for button in (self.size_button, save, close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.area, 1)
        column.addLayout(row)
        if self._later is not None:
            self.label.setText("Opening…")
            self.label.adjustSize()
        self._make()

    def save(self, path: Path) -> None:
        """Writes the picture as it was sent; the label says when that fails."""
        try:
            path.write_bytes(self._data)
        except OSError as error:
            self.label.setText(f"It could not be written: {error.strerror}.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._later is None:
            self._make()
        else:
            self._timer.start()

    def _make(self) -> None:
        """Makes the picture in the size it is to be shown in, unless it has that."""
        room, size = self.area.viewport().size(), self._size
        if not size.isValid():
            self._show_unreadable()
            return
        is_larger = size.width() > room.width() or size.height() > room.height()
        if is_larger and not self.size_button.isChecked():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        if size == self._wanted or size.isEmpty():
            return
        self._wanted = size
        read = partial(decoded, self._data, size)
        if self._later is None:
            self._show(read())
        else:
            self._later(read, partial(self._on_made, size))

    def _on_made(self, size: QSize, image: QImage) -> None:
        if isValid(self) and size == self._wanted:
            self._show(image)

    def _show(self, image: QImage) -> None:
        if image.isNull():
            self._show_unreadable()
            return
        self.label.setPixmap(QPixmap.fromImage(image))
        self.label.resize(image.size())

    def _show_unreadable(self) -> None:
        self.label.clear()
        self.facts.setText("This picture cannot be shown.")

    def _on_save_clicked(self) -> None:
        dialog = save_dialog(self, "Save the picture", self._attachment.name)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.open()

    def _on_file_selected(self, name: str) -> None:
        self.save(Path(name))


def picture_size(data: bytes) -> QSize:
    """The size of a picture held upright, from its head; not valid for what is no picture."""
    reader, _buffer = _opened(data)
    return reader.size().transposed() if _is_turned(reader) else reader.size()


def decoded(data: bytes, size: QSize) -> QImage:
    """A picture upright in a size, null when it cannot be read. Runs in any thread."""
    reader, _buffer = _opened(data)
    wanted = size.transposed() if _is_turned(reader) else size
    if wanted != reader.size():
        # Scaled while it is read: so no other thread waits, and a JPEG is decoded much faster.
        reader.setScaledSize(wanted)
    return reader.read()


def _opened(data: bytes) -> tuple[QImageReader, QBuffer]:
    """A reader, and what it reads from, which must live as long."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader, buffer


def _is_turned(reader: QImageReader) -> bool:
    return bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
