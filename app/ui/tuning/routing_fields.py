"""Editors for wishes about hosts: one of a few, several of a few, on or off, names, and prices.

Each emits `changed` when the user gave another value; None is "nothing asked for".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.providers.transport.json_text import amount, number
from app.ui.theme import Theme
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill
from app.ui.widgets.switch import Switch


class OneOf(QWidget):
    """Pills of which one is pressed; the first of the options is the one for None."""

    changed = Signal()

    def __init__(self, theme: Theme, options: Sequence[tuple[str | None, str]], name: str) -> None:
        super().__init__()
        self.pills: dict[str | None, Pill] = {}
        row = Flow(self, gap=6)
        for value, title in options:
            pill = self.pills[value] = Pill(theme, title, size=12, height=25, padding=10)
            pill.setCheckable(True)
            pill.setAutoExclusive(True)
            pill.setAccessibleName(f"{name}: {title}")
            pill.clicked.connect(self.changed)
            row.addWidget(pill)
        self.show_value(None)

    def value(self) -> object:
        """What the pressed pill stands for."""
        return next((value for value, pill in self.pills.items() if pill.isChecked()), None)

    def show_value(self, value: object) -> None:
        """Presses the pill of a value."""
        known = value if isinstance(value, str) and value in self.pills else None
        self.pills[known].setChecked(True)


class SomeOf(QWidget):
    """Pills of which any may be pressed; none is no wish."""

    changed = Signal()

    def __init__(self, theme: Theme, options: Sequence[str], name: str) -> None:
        super().__init__()
        self.pills: dict[str, Pill] = {}
        row = Flow(self, gap=6)
        for title in options:
            pill = self.pills[title] = Pill(theme, title, size=12, height=25, padding=10)
            pill.setCheckable(True)
            pill.setAccessibleName(f"{name}: {title}")
            pill.clicked.connect(self.changed)
            row.addWidget(pill)

    def value(self) -> object:
        """The words that are pressed."""
        return [title for title, pill in self.pills.items() if pill.isChecked()] or None

    def show_value(self, value: object) -> None:
        """Presses the pills of these words."""
        wanted = value if isinstance(value, list | tuple) else ()
        for title, pill in self.pills.items():
            pill.setChecked(title in wanted)


class OnOff(QWidget):
    """A switch; where it stands by itself (`neutral`) nothing is asked for."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, *, neutral: bool) -> None:
        super().__init__()
        self._neutral = neutral
        self.switch = Switch(theme)
        self.switch.setAccessibleName(name)
        self.switch.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.switch)
        self.show_value(None)

    def value(self) -> object:
        """Whether it is on, None where that is what happens anyway."""
        is_on = self.switch.isChecked()
        return None if is_on is self._neutral else is_on

    def show_value(self, value: object) -> None:
        """Puts it on or off."""
        self.switch.show_value(value if isinstance(value, bool) else self._neutral)

    def _on_clicked(self) -> None:
        self.switch.show_value(self.switch.isChecked())
        self.changed.emit()


class Names(QLineEdit):
    """Names with commas between them."""

    changed = Signal()

    def __init__(self, name: str, example: str) -> None:
        super().__init__()
        self._known = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self.editingFinished.connect(self._on_editing_finished)

    def value(self) -> object:
        """The names."""
        return [word.strip() for word in self.text().split(",") if word.strip()] or None

    def show_value(self, value: object) -> None:
        """Shows other names."""
        names = value if isinstance(value, list | tuple) else ()
        self._known = ", ".join(str(name) for name in names)
        if self.text() != self._known:
            self.setText(self._known)

    def _on_editing_finished(self) -> None:
        if self.text().strip() != self._known:
            self._known = self.text().strip()
            self.changed.emit()


class Prices(QWidget):
    """The highest price of what is sent and of what is answered, USD per 1,000,000 tokens."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.fields = {"prompt": QLineEdit(), "completion": QLineEdit()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(6)
        for side, title in (("prompt", "sent"), ("completion", "answered")):
            field = self.fields[side]
            field.setPlaceholderText("any")
            field.setMaximumWidth(theme.px(80))
            field.setAccessibleName(f"Highest price of what is {title}, dollars per million tokens")
            field.editingFinished.connect(self._on_editing_finished)
            row.addWidget(Label(theme, f"{title} $", colour="muted", size=12))
            row.addWidget(field)
        row.addStretch(1)
        column.addLayout(row)
        self.error = Label(theme, "", colour="bad", size=12, wraps=True)
        self.error.hide()
        column.addWidget(self.error)
        self._known: dict[str, str] = {"prompt": "", "completion": ""}

    def value(self) -> object:
        """The prices that can be read."""
        read = {side: number(field.text().strip()) for side, field in self.fields.items()}
        found = {side: price for side, price in read.items() if price is not None and price >= 0}
        return found or None

    def show_value(self, value: object) -> None:
        """Shows other prices."""
        limits = value if isinstance(value, Mapping) else {}
        for side, field in self.fields.items():
            self._known[side] = f"{limits[side]:g}" if side in limits else ""
            typed = field.text().strip()
            is_read = not typed or number(typed) is not None
            if not is_read or number(typed) != number(self._known[side]):
                field.setText(self._known[side])
        self.error.hide()

    def _on_editing_finished(self) -> None:
        texts = {side: field.text().strip() for side, field in self.fields.items()}
        broken = next((text for text in texts.values() if text and amount(text) is None), "")
        self.error.setText(
            f"“{broken[:20]}” is no price; write a number like 0.5." if broken else ""
        )
        self.error.setVisible(bool(broken))
        if not broken and texts != self._known:
            self._known = texts
            self.changed.emit()


Editor = OneOf | SomeOf | OnOff | Names | Prices
