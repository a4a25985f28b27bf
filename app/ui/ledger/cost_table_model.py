"""The costs of a month as a table that can be sorted; the line of all together stays last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from app.core.costs.spending import total
from app.services.costs.ledger import Line
from app.ui.ledger.columns import COLUMNS, NONE
from app.ui.theme import Theme
from app.ui.widgets.fact_table import FactRole, FactTableListModel, Index
from app.ui.widgets.plain_text import as_plain


class CostTableListModel(FactTableListModel[Line]):
    """A row for every route, and one for all of them where there are several."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, theme, parent)

    def show(self, lines: Sequence[Line]) -> None:
        """Other costs in place of these."""
        has_total = len(lines) > 1
        together = Line(total(line.spending for line in lines), "All together", "")
        self.set_rows([*lines, *([together] if has_total else [])], has_total=has_total)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As a table of facts, with the exact amount as a tip and words for a screen reader."""
        if index.isValid():
            line, column = self._rows[index.row()], COLUMNS[index.column()]
            match role:
                case Qt.ItemDataRole.AccessibleTextRole:
                    said = "none" if column.shown(line) == NONE else column.shown(line)
                    return f"{column.title}: {said}" if said else ""
                case Qt.ItemDataRole.ToolTipRole:
                    return as_plain(column.more(line)) or None
                case Qt.ItemDataRole.FontRole if super().data(index, FactRole.IS_TOTAL):
                    return self._theme.font(12, QFont.Weight.DemiBold)
        return super().data(index, role)
