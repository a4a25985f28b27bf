"""A field of one line that leaves Enter to an input method while that composes a word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class ComposingField(QLineEdit):
    """Subclasses ask `ends_composing` first: such an Enter chooses a word and nothing else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def ends_composing(self, event: QKeyEvent) -> bool:
        """Whether a key ends what the input method composes."""
        return self._is_composing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
