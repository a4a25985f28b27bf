"""What is shown when a bug got through, or when the history cannot be opened at the start."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.core.errors import AppError
from app.logs import redact
from app.ui.theme import Theme
from app.ui.window.window_size import FittedDialog


class CrashDialog(FittedDialog):
    """Says that Facet made a mistake, with the report to copy, and stays until it is closed."""

    _open: ClassVar[list[CrashDialog]] = []

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Facet made a mistake")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        heading = QLabel("Something went wrong inside Facet")
        heading.setProperty("look", "heading")
        column.addWidget(heading)
        says = QLabel(
            "Your conversations are safe: what you sent and what arrived is stored. You can go "
            "on, or quit and "
            "start again. The report below names no key and is sent nowhere; copy it if you want"
            " to tell the makers."
        )
        says.setWordWrap(True)
        column.addWidget(says)
        self.report = QPlainTextEdit(redact(f"Facet {__version__}\n{text}"))
        self.report.setReadOnly(True)
        self.report.setFont(theme.mono(12))
        self.report.setAccessibleName("Report")
        self.report.setMinimumHeight(theme.px(200))
        column.addWidget(self.report, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        copy = QPushButton("Copy report")
        copy.clicked.connect(self._on_copy_clicked)
        close = QPushButton("Go on")
        close.setProperty("look", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(copy)
        row.addWidget(close)
        column.addLayout(row)
        self.setMinimumWidth(theme.px(600))
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._open.append(self)
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self._open.remove(self)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


class StartFailureDialog(FittedDialog):
    """Says why Facet cannot start, what was left untouched, and what to do."""

    def __init__(self, theme: Theme, error: AppError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Facet cannot start")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        for text, look in (
            ("Facet cannot open your conversations", "heading"),
            (error.message, ""),
            (error.hint, "muted"),
            ("Nothing was changed.", "muted"),
        ):
            if text:
                label = QLabel(text)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                label.setWordWrap(True)
                label.setProperty("look", look)
                column.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        close = QPushButton("Quit")
        close.setProperty("look", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addSpacing(6)
        column.addLayout(row)
        self.setMinimumWidth(theme.px(480))
