"""The strip above the composer where the calls of an answer are answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.conversations.conversation import Message
from app.services.generation.tool_rounds import MOST_ROUNDS
from app.ui.theme import Theme
from app.ui.tools.call_field import CallField
from app.ui.widgets.label import Label

TALLEST = 320
"""How high the fields get before they scroll, px; never more than SHARE of the window."""
LEAST = 90
SHARE = 0.3


class AnswerStrip(QFrame):
    """One field a call. `answered(message id, results by call id)` when the user sends them.

    A call whose field is empty is declined: it is not among the results.
    """

    answered = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.message_id = ""
        self.fields: list[CallField] = []
        self._kept: dict[str, dict[str, str]] = {}
        self.setProperty("look", "card")
        self.setAccessibleName("Calls that wait for you")
        self._icon = QLabel()
        self.title = Label(theme, weight=QFont.Weight.DemiBold)
        self.round = Label(theme, colour="warn", size=12, wraps=True)
        self.note = Label(theme, colour="muted", size=12, wraps=True)
        self._inner = QWidget()
        self._inner.setObjectName("page")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._area.setWidget(self._inner)
        self._area.setAccessibleName("Calls and their results")
        self.send = QPushButton("Send results")
        self.send.setProperty("look", "primary")
        self.send.setToolTip("Ctrl+Enter")
        self.decline = QPushButton("Answer without it")
        self.decline.setToolTip("Tells the model that you declined, and lets it go on")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.decline)
        foot.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.round)
        column.addWidget(self._area)
        column.addLayout(foot)
        self.send.clicked.connect(self._on_sent)
        self.decline.clicked.connect(self._on_declined)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_calls(self, message: Message | None, rounds: int = 1) -> None:
        """Shows the fields for the calls of a message; None hides the strip.

        What was typed for a message is kept as long as Facet runs.
        """
        message_id = message.id if message else ""
        if message_id != self.message_id:
            self._keep()
            self.message_id = message_id
            self._fill(message)
        if message is not None:
            several = len(message.calls) > 1
            what = f"{len(message.calls)} results" if several else "one result"
            self.title.setText(f"The model asks you for {what}")
            self.decline.setText("Answer without them" if several else "Answer without it")
            self.note.setText("Empty ones are declined." if several else "Facet runs no program.")
            self.round.setText(
                f"The model has asked {rounds} times in a row and may be going in a circle."
            )
            self.round.setVisible(rounds >= MOST_ROUNDS)
            self.set_busy(False)
        self.setVisible(message is not None)

    def set_busy(self, is_busy: bool) -> None:
        """While the results are on their way nothing can be sent again."""
        self.decline.setEnabled(not is_busy)
        self.send.setEnabled(not is_busy and any(field.result() for field in self.fields))

    def focus_first(self) -> None:
        """Puts the cursor into the first field that is empty."""
        empty = [field for field in self.fields if not field.result()]
        for field in (empty or self.fields)[:1]:
            field.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, message: Message | None) -> None:
        for field in self.fields:
            self._column.removeWidget(field)
            field.deleteLater()
        self.fields = []
        if message is None:
            return
        names = [call.name for call in message.calls]
        kept = self._kept.pop(message.id, {})
        for call in message.calls:
            field = CallField(self._theme, call, is_twin=names.count(call.name) > 1)
            field.text.setPlainText(kept.get(call.call_id, ""))
            field.changed.connect(self._on_changed)
            field.sent.connect(self._on_sent)
            self._column.addWidget(field)
            self.fields.append(field)
        self._fit()

    def _keep(self) -> None:
        typed = {f.call.call_id: f.text.toPlainText() for f in self.fields if f.result()}
        if typed:
            self._kept[self.message_id] = typed

    def _fit(self) -> None:
        self._column.activate()
        wanted = self._inner.sizeHint().height()
        room = max(self._theme.px(LEAST), int(self.window().height() * SHARE))
        self._area.setFixedHeight(min(wanted, room, self._theme.px(TALLEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere, and another window has other room."""
        super().resizeEvent(event)
        self._fit()

    def _on_changed(self) -> None:
        self.set_busy(False)
        self._fit()

    def _on_sent(self) -> None:
        if self.send.isEnabled():
            self._go({f.call.call_id: f.result() for f in self.fields if f.result()})

    def _on_declined(self) -> None:
        self._go({})

    def _go(self, results: dict[str, str]) -> None:
        self.set_busy(True)
        self.send.setEnabled(False)
        self.answered.emit(self.message_id, results)

    def _on_theme_changed(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("wrench", "accent", self._theme.px(18)))
