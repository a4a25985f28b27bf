"""The filters of the picker: toggles for abilities, and two pills that go through steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.picker.filters import CONTEXTS, FILTERS, PRICES, Wanted, context_words, price_words
from app.ui.theme import Theme
from app.ui.widgets.flow_layout import Flow
from app.ui.widgets.pill import Pill

_LOOK = {"colour": "muted", "size": 12, "height": 25, "padding": 10}


class StepPill(Pill):
    """A pill that goes to its next value at each press, and from the last one to the first."""

    def __init__(
        self, theme: Theme, values: Sequence[Any], words: Callable[[Any], str], name: str
    ) -> None:
        super().__init__(theme, words(values[0]), **_LOOK)  # type: ignore[arg-type]
        self._values = values
        self._words = words
        self._name = name
        self._place = 0
        self.setCheckable(True)
        self.show_place(0)

    @property
    def value(self) -> Any:
        """The value in force; the first one means that nothing is asked for."""
        return self._values[self._place]

    def show_place(self, place: int) -> None:
        """Turns to one of the values by its place."""
        self._place = place
        self.setText(self._words(self.value))
        self.setAccessibleName(f"{self._name}: {self.text()}")
        self.setChecked(place > 0)
        self.updateGeometry()

    def nextCheckState(self) -> None:  # noqa: N802
        """Called by Qt at each press."""
        self.show_place((self._place + 1) % len(self._values))


class FilterRow(QWidget):
    """All filters; `changed` when what is asked for is another."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Filters")
        self.toggles: dict[str, Pill] = {}
        row = Flow(self, gap=6)
        for name, says in FILTERS.items():
            pill = self.toggles[name] = Pill(theme, name, **_LOOK)  # type: ignore[arg-type]
            pill.setCheckable(True)
            pill.setToolTip(f"Only models {says}")
            row.addWidget(pill)
        self.price = StepPill(theme, PRICES, price_words, "Highest price")
        self.price.setToolTip("The highest price for 1,000,000 tokens; press again for another")
        self.context = StepPill(theme, CONTEXTS, context_words, "Least context")
        self.context.setToolTip("How many tokens it must read at once; press again for another")
        row.addWidget(self.price)
        row.addWidget(self.context)
        for pill in (*self.toggles.values(), self.price, self.context):
            # A press leaves the cursor in the search field, where the next letters belong.
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            pill.clicked.connect(self.changed)

    def wanted(self) -> Wanted:
        """What is asked for."""
        names = tuple(name for name, pill in self.toggles.items() if pill.isChecked())
        return Wanted(names, self.price.value, self.context.value)

    def clear(self) -> None:
        """Asks for nothing any more, without a signal."""
        for pill in self.toggles.values():
            pill.setChecked(False)
        self.price.show_place(0)
        self.context.show_place(0)
