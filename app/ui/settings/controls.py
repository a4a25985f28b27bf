"""The controls of a settings form: a row of words, a switch with its title, and a number with two
buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from app.ui.theme import Theme
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.pill import Pill
from app.ui.widgets.switch import Switch

_GAP = 6
"""Pixels between the words of a choice."""


class ChoiceRow(QWidget):
    """One of a few words, in as many rows as they need. `chosen(option)`."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, options: Sequence[str], titles: Sequence[str], name: str
    ) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.pills: dict[str, Pill] = {}
        self._flow = row = Flow(self, gap=_GAP)
        for option, title in zip(options, titles or options, strict=True):
            pill = self.pills[option] = Pill(theme, title)
            pill.setCheckable(True)
            pill.setObjectName(option)
            pill.setAccessibleName(f"{name}: {title}")
            self._group.addButton(pill)
            row.addWidget(pill)
        self._group.buttonClicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        """Wide enough for one row."""
        hints = [pill.sizeHint() for pill in self.pills.values()]
        width = sum(hint.width() for hint in hints) + _GAP * (len(hints) - 1)
        return QSize(width, max(hint.height() for hint in hints))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its rows need at this width, whatever the page would give it."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))

    def show_value(self, value: object) -> None:
        """Marks the option in force."""
        self.pills[str(value)].setChecked(True)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())


class SwitchRow(QWidget):
    """Yes or no. `chosen(bool)`."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.switch = Switch(theme)
        self.switch.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.switch)
        self.switch.clicked.connect(self._on_clicked)

    def show_value(self, value: object) -> None:
        """Takes over whether it is on."""
        self.switch.show_value(bool(value))

    def _on_clicked(self) -> None:
        self.chosen.emit(self.switch.isChecked())


class NumberRow(QWidget):
    """A number between two buttons. `chosen(number)`."""

    chosen = Signal(object)

    def __init__(self, minimum: float, maximum: float, step: float, name: str) -> None:
        super().__init__()
        self._minimum, self._maximum, self._step = minimum, maximum, step
        self._value = minimum
        self.less = self._button("−", f"{name}: less", "Less")
        self.more = self._button("+", f"{name}: more", "More")
        self.value = QLabel()
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setMinimumWidth(48)
        self.value.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.less, self.value, self.more):
            row.addWidget(part)
        self.less.clicked.connect(self._on_less_clicked)
        self.more.clicked.connect(self._on_more_clicked)

    def show_value(self, value: object) -> None:
        """Shows the number in force."""
        self._value = float(str(value))
        self.value.setText(f"{self._value:g}")
        self.less.setEnabled(self._value > self._minimum)
        self.more.setEnabled(self._value < self._maximum)

    def _button(self, text: str, name: str, says: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("look", "step")
        button.setAccessibleName(name)
        button.setToolTip(says)
        return button

    def _on_less_clicked(self) -> None:
        self._choose(self._value - self._step)

    def _on_more_clicked(self) -> None:
        self._choose(self._value + self._step)

    def _choose(self, value: float) -> None:
        self.chosen.emit(round(min(self._maximum, max(self._minimum, value)), 6))


class TextRow(QLineEdit):
    """A line of text. `chosen(text)` with every key."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.textEdited.connect(self._on_text_edited)

    def show_value(self, value: object) -> None:
        """Shows the text in force, leaving the cursor alone where it is the same."""
        if self.text() != str(value):
            self.setText(str(value))

    def _on_text_edited(self, text: str) -> None:
        self.chosen.emit(text)


Control = ChoiceRow | SwitchRow | NumberRow | TextRow
