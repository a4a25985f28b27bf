"""The month that is looked at: a button with a menu of months, and one step to each side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from app.core.costs.month import Month
from app.ui.theme import Theme


class MonthChooser(QWidget):
    """Offers the months it was given, the newest first. `chosen` carries the Month."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._months: list[Month] = []
        self._place = 0
        self.earlier = self._step("Earlier month", 1)
        self.later = self._step("Later month", -1)
        self.button = QPushButton()
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.button.setToolTip("Choose a month")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.earlier, self.button, self.later):
            row.addWidget(widget)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def month(self) -> Month:
        """The month that is chosen."""
        return self._months[self._place]

    def set_months(self, months: Sequence[Month]) -> None:
        """Other months to choose from, at least one; the chosen one stays if it is among them."""
        kept = self.month if self._months else None
        self._months = list(months)
        self._place = self._months.index(kept) if kept in self._months else 0
        self.menu.clear()
        for place, month in enumerate(self._months):
            self.menu.addAction(month.title, partial(self._choose, place))
        self._show()

    def _step(self, title: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(title)
        button.setToolTip(title)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self._choose(self._place + step))
        return button

    def _choose(self, place: int) -> None:
        self._place = place
        self._show()
        self.chosen.emit(self.month)

    def _show(self) -> None:
        self.button.setText(self.month.title)
        self.button.setAccessibleName(f"Month: {self.month.title}")
        self.earlier.setEnabled(self._place < len(self._months) - 1)
        self.later.setEnabled(self._place > 0)

    def _on_theme_changed(self) -> None:
        for button, icon, size in (
            (self.earlier, "chevron-left", 18),
            (self.later, "chevron-right", 18),
            (self.button, "chevron-down", 16),
        ):
            side = self._theme.px(size)
            button.setIcon(self._theme.icon(icon, "muted", side))
            button.setIconSize(QSize(side, side))
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
