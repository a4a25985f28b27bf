"""Exactly what is sent: the body of the next question as JSON, without the key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.growing_text import GrowingText
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill

_LONGEST_SHOWN = 2_000
_LINES_SHOWN = 2_000
_COPIED = 1_500
_PATIENCE = 150
"""Milliseconds before it is said that something is being prepared."""
_NOTE = "The key is never in it."
_NOTHING = "Nothing to send yet."
_PREPARING = "Being prepared: large pictures are made smaller first."


class ExactView(QWidget):
    """Read-only JSON with a copy button. Texts over 2,000 characters are shown short."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: Mapping[str, Any] = {}
        self._has_body = False
        self.field = GrowingText(theme, is_mono=True, least_lines=4, most_lines=22, parent=self)
        self.field.setReadOnly(True)
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName("Exactly what is sent, as JSON")
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.field.setPlaceholderText(_NOTHING)
        self.copy = Pill(theme, "Copy", size=12, height=25, padding=10)
        self.copy.setToolTip("Copy the whole JSON")
        self.copy.clicked.connect(self._on_copy_clicked)
        self.note = Label(theme, _NOTE, colour="muted", size=12, wraps=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COPIED)
        self._timer.timeout.connect(self._on_copied_shown)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._on_preparing_shown)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.note, 1)
        row.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addLayout(row)

    def set_preparing(self) -> None:
        """A request body is on its way: said when it takes a while, with the earlier one in place.

        What is then out of date cannot be copied.
        """
        if not self._has_body:
            self.field.setPlaceholderText(_PREPARING)
        self._patience.start()

    def set_body(self, body: Mapping[str, Any]) -> None:
        """Shows a request body."""
        self._patience.stop()
        self.note.setText(_NOTE)
        self.copy.setEnabled(True)
        self.field.setPlaceholderText(_NOTHING)
        if self._has_body and body == self._body:
            return
        self._body = body
        self._has_body = True
        lines = self.text(shortened=True).split("\n")
        if len(lines) > _LINES_SHOWN:
            lines = [*lines[:_LINES_SHOWN], f"… {len(lines) - _LINES_SHOWN} more lines: use Copy"]
        self.field.setPlainText("\n".join(lines) if body else "")

    def text(self, *, shortened: bool = False) -> str:
        """The JSON, indented."""
        body = _shortened(self._body) if shortened else self._body
        return json.dumps(body, indent=2, ensure_ascii=False, default=str)

    def _on_preparing_shown(self) -> None:
        self.note.setText(_PREPARING)
        self.copy.setEnabled(False)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy.setText("Copied")
        self.copy.updateGeometry()
        self._timer.start()

    def _on_copied_shown(self) -> None:
        self.copy.setText("Copy")
        self.copy.updateGeometry()


def _shortened(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{value[:200]}… ({len(value):,} characters, copied whole)"
    if isinstance(value, Mapping):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shortened(item) for item in value]
    return value
