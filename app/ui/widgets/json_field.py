"""A field for JSON that says at once, in plain words, what is wrong with it."""

from __future__ import annotations

import json

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.models.parameter import ParameterValue
from app.ui.theme import Theme
from app.ui.widgets.growing_text import GrowingText
from app.ui.widgets.label import Label

_DELAY = 300
"""Milliseconds after the last key before a valid text counts."""


class JsonField(QWidget):
    """`entered` carries text that is valid JSON, `cleared` says the field was emptied."""

    entered = Signal(str)
    cleared = Signal()

    def __init__(
        self, theme: Theme, name: str, example: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.text = GrowingText(theme, is_mono=True, least_lines=2, most_lines=12, parent=self)
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(example)
        self.text.setTabChangesFocus(True)
        self._error = Label(theme, colour="bad", size=12, wraps=True)
        self._error.hide()
        self._is_quiet = False
        self._shown: ParameterValue | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._on_waited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self._error)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.focus_left.connect(self.finish)

    def set_value(self, value: ParameterValue | None) -> None:
        """Shows a value as JSON, unless the field already means it."""
        if value == self._shown:
            return
        self._shown = value
        self._is_quiet = True
        plain = value if not isinstance(value, tuple) else list(value)
        is_empty = value is None
        self.text.setPlainText("" if is_empty else json.dumps(plain, indent=2, ensure_ascii=False))
        self._is_quiet = False
        self.refuse("")

    def finish(self) -> None:
        """Announces what is typed and valid, without waiting for a pause."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_waited()

    def forget(self) -> None:
        """Empties the field, whatever it means; `set_value` shows a value again."""
        self._timer.stop()
        self._shown = None
        self._is_quiet = True
        self.text.clear()
        self._is_quiet = False
        self.refuse("")

    def refuse(self, reason: str) -> None:
        """Says why the text is not accepted; nothing when it is."""
        self._error.setText(reason)
        self._error.setVisible(bool(reason))

    def error(self) -> str:
        """What is wrong with the text, or nothing."""
        return self._error.text()

    def _on_text_changed(self) -> None:
        if self._is_quiet:
            return
        try:
            text = self.text.toPlainText().strip()
            if text:
                json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            self.refuse(plain_error(error))
            self._timer.stop()
            return
        self.refuse("")
        self._timer.start()

    def _on_waited(self) -> None:
        text = self.text.toPlainText().strip()
        value = json.loads(text) if text else None
        if value == self._shown:
            return
        self._shown = value
        if text:
            self.entered.emit(text)
        else:
            self.cleared.emit()


def _no_constant(word: str) -> None:
    """Refuses NaN and Infinity, which Python reads and no provider does."""
    raise ValueError(f"{word} is no JSON: write a number or null.")


def plain_error(error: ValueError | RecursionError) -> str:
    """What is wrong with a JSON text, for people."""
    if isinstance(error, RecursionError):
        return "Too many brackets stand inside each other."
    if not isinstance(error, json.JSONDecodeError):
        return "A number has too many digits." if "digits" in str(error) else str(error)
    if error.pos >= len(error.doc.rstrip()):
        return "Not complete yet: something is missing at the end."
    if "property name" in error.msg:
        return f"Line {error.lineno}: a name in double quotes must stand here."
    if "delimiter" in error.msg:
        sign = "a colon" if "':'" in error.msg else "a comma"
        return f"Line {error.lineno}: {sign} is missing before position {error.colno}."
    return f"Line {error.lineno}, position {error.colno}: this is not valid JSON."
