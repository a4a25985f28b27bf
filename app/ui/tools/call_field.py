"""Where the result of one call is typed or pasted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.conversations.conversation import ToolCallPart
from app.core.models.tool import pretty_arguments
from app.ui.theme import Theme
from app.ui.widgets.growing_text import GrowingText
from app.ui.widgets.label import Label

MOST_SHOWN = 160
"""Characters of the arguments beside the name."""


class CallField(QWidget):
    """A call's name and arguments, and a field for its result.

    `changed` comes with every key, `sent` with Ctrl+Enter.
    """

    changed = Signal()
    sent = Signal()

    def __init__(
        self, theme: Theme, call: ToolCallPart, parent: QWidget | None = None, *, is_twin: bool
    ) -> None:
        super().__init__(parent)
        self.call = call
        name = Label(theme, call.name or "(no name)", weight=QFont.Weight.DemiBold)
        given = Label(theme, short_arguments(call), colour="muted", size=12)
        given.setMinimumWidth(40)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(name)
        head.addWidget(given, 1)
        if is_twin:
            head.addWidget(Label(theme, call.call_id[:40], colour="muted", size=11))
        self.text = GrowingText(theme, is_mono=True, least_lines=2, most_lines=8)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(f"Result of {call.name}")
        self.text.setPlaceholderText(f"Type or paste what {call.name or 'the tool'} found")
        self.text.textChanged.connect(self.changed)
        self.text.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)

    def result(self) -> str:
        """What was typed; white space alone is nothing."""
        text = self.text.toPlainText()
        return text if text.strip() else ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter sends all results; Enter alone is a line break."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.sent.emit()
                return True
        return False


def short_arguments(call: ToolCallPart) -> str:
    """The arguments of a call on one line, cut where they are long."""
    text, trouble = pretty_arguments(call.arguments)
    line = " ".join(text.split())
    line = line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"
    return f"{line}  (not valid JSON)" if trouble and line else line
