"""The window that shows what answers cost, a month at a time, and writes it to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.costs.month import Month
from app.core.costs.spending import total
from app.core.errors import AppError
from app.services.services import Services
from app.ui.ledger.columns import COLUMNS, all_together
from app.ui.ledger.cost_text import empty_text, summary_text
from app.ui.ledger.month_chooser import MonthChooser
from app.ui.theme import Theme
from app.ui.widgets.fact_table import FactTable
from app.ui.widgets.file_dialog import save_dialog
from app.ui.widgets.page import text_label
from app.ui.window.window_size import FittedDialog

_ABOUT = (
    "Reported prices came with the answers, confirmed ones later; estimates are worked out from"
    " prices and counts. They are never added to each other. All are in US dollars."
)
_WIDEST = 190
"""Pixels a column takes at most: a long name never pushes the amounts out of the window."""


class LedgerDialog(FittedDialog):
    """Shows one month. Made once and brought up to date by `look` each time it is opened."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._theme = theme
        self._dialog: QFileDialog | None = None
        self.setWindowTitle("Costs")
        self.months = MonthChooser(theme)
        self.table = FactTable(COLUMNS, theme)
        self.summary = text_label("")
        self.empty = text_label("", "muted")
        self.says = text_label("", "small")
        self.save = QPushButton("Save as CSV…")
        self._pages = QStackedWidget()
        self._lay_out()
        self._listen()
        self._dress()

    def look(self) -> None:
        """Brings everything up to date, and asks for bills that have not come yet."""
        self._services.bills.ask_again()
        self.says.setText("")
        self._show()

    def _lay_out(self) -> None:
        self.says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setContentsMargins(48, 24, 48, 24)
        self.table.setAccessibleName("Costs by provider and model")
        self.table.setWordWrap(False)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        title = text_label("Costs", "title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.months)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.says, 1)
        row.addWidget(self.save)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(text_label(_ABOUT, "muted"))
        column.addWidget(self.summary)
        column.addWidget(self._pages, 1)
        column.addLayout(row)
        room = self.screen().availableSize()
        wanted = QSize(self._theme.px(1060), self._theme.px(520))
        self.resize(wanted.boundedTo(room))

    def _dress(self) -> None:
        """Fonts and heights as the theme and its zoom want them."""
        self.summary.setFont(self._theme.font(14, QFont.Weight.DemiBold))
        # What the style sheet draws; columns are measured by the font the widget itself has.
        for widget in (self.table, self.table.horizontalHeader()):
            widget.setFont(self._theme.font(12))
        self.table.horizontalHeader().setMaximumSectionSize(self._theme.px(_WIDEST))

    def _listen(self) -> None:
        self.months.chosen.connect(self._show_month)
        self.save.clicked.connect(self._on_save_clicked)
        self._theme.changed.connect(self._dress)
        self._services.bills.settled.connect(self._on_cost_changed)
        self._services.generation.finished.connect(self._on_cost_changed)

    def _show(self) -> None:
        """Every month that can be looked at, and the one that was looked at if it is among them."""
        self.months.set_months(self._services.ledger.months())
        self._show_month(self.months.month)

    def _show_month(self, month: Month) -> None:
        lines = self._services.ledger.lines(month)
        self.table.show_rows(lines, total=all_together(lines))
        self.empty.setText(empty_text(month))
        self.summary.setText(summary_text(month.title, total(line.spending for line in lines)))
        self.summary.setVisible(bool(lines))
        self._pages.setCurrentWidget(self.table if lines else self.empty)
        self.save.setEnabled(bool(lines))

    def _on_cost_changed(self) -> None:
        if self.isVisible():
            self._show()

    def _on_save_clicked(self) -> None:
        name = f"facet-costs-{self.months.month}.csv"
        filters = ("CSV, for spreadsheets (*.csv)",)
        dialog = save_dialog(self, "Save costs", name, filters=filters)
        dialog.setObjectName("save-costs")
        dialog.fileSelected.connect(partial(self._on_file_selected, self.months.month))
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = dialog
        dialog.open()

    def _on_file_selected(self, month: Month, name: str) -> None:
        try:
            self._services.ledger.save_csv(month, Path(name))
        except AppError as error:
            self.says.setText(f"{error.message} {error.hint}".strip())
        else:
            self.says.setText(f"Written to {name}")
