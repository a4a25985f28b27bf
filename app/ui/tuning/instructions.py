"""The system prompt of a conversation."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.providers.parameters.parameter import figure
from app.ui.theme import Theme
from app.ui.widgets.growing_text import GrowingText
from app.ui.widgets.label import Label

_DELAY = 300


class Instructions(QWidget):
    """A growing plain text; `text_changed` carries it 300 ms after the last key, or on leaving."""

    text_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = GrowingText(theme, least_lines=4, most_lines=16, parent=self)
        self.field.setPlaceholderText("Who should the model be, and what should it keep to?")
        self.field.setAccessibleName("Instructions, the system prompt")
        self.field.setTabChangesFocus(True)
        hint = Label(
            theme,
            "Sent before every question of this chat.",
            colour="muted",
            size=12,
            wraps=True,
        )
        self._known = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._on_waited)
        self.field.textChanged.connect(self._timer.start)
        self.field.focus_left.connect(self.flush)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(hint)

    def set_text(self, text: str) -> None:
        """Shows a text; what the user is writing now is not disturbed by its own echo."""
        if text != self._known:
            self._known = text
            self.field.setPlainText(text)
        self._timer.stop()

    def note(self) -> str:
        """What the closed fold says: `system prompt`, or how long the text is."""
        words = len(self._known.split())
        if not words:
            return "system prompt"
        return "1 word" if words == 1 else f"{figure(words)} words"

    def flush(self) -> None:
        """Announces now what is still waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_waited()

    def _on_waited(self) -> None:
        text = self.field.toPlainText()
        if text != self._known:
            self._known = text
            self.text_changed.emit(text)
