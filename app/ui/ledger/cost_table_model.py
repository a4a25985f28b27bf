"""The costs of a month as a table that can be sorted; the line of all together stays last."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont

from app.core.spending import total
from app.services.ledger import Line
from app.ui.ledger.columns import COLUMNS, NONE
from app.ui.plain import as_plain
from app.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class CostRole(IntEnum):
    """Roles beside Qt's own."""

    VALUE = Qt.ItemDataRole.UserRole + 1
    IS_TOTAL = Qt.ItemDataRole.UserRole + 2


class CostTableListModel(QAbstractTableModel):
    """A row for every route, and one for all of them where there are several."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[Line] = []
        self._has_total = False

    def show(self, lines: Sequence[Line]) -> None:
        """Other costs in place of these."""
        self.beginResetModel()
        self._lines = list(lines)
        self._has_total = len(lines) > 1
        if self._has_total:
            self._lines.append(Line(total(line.spending for line in lines), "All together", ""))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and tip of a column; rows have none."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column.is_number)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], COLUMNS[index.column()]
        is_total = self._has_total and index.row() == len(self._lines) - 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(line)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = "none" if column.shown(line) == NONE else column.shown(line)
                return f"{column.title}: {said}" if said else ""
            case Qt.ItemDataRole.ToolTipRole:
                return as_plain(column.more(line)) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column.is_number)
            case Qt.ItemDataRole.ForegroundRole if column.value(line) is None:
                return self._theme.colour("muted")
            case Qt.ItemDataRole.FontRole if is_total:
                return self._theme.font(12, QFont.Weight.DemiBold)
            case CostRole.VALUE:
                return column.value(line)
            case CostRole.IS_TOTAL:
                return is_total
        return None


class CostOrder(QSortFilterProxyModel):
    """Sorts by the values behind the cells; unknown ones come late, and the total last."""

    def lessThan(self, left: _Index, right: _Index) -> bool:  # noqa: N802
        """Called by Qt to order two cells of a column."""
        is_falling = self.sortOrder() is Qt.SortOrder.DescendingOrder
        one, other = (
            (bool(cell.data(CostRole.IS_TOTAL)), cell.data(CostRole.VALUE) is None)
            for cell in (left, right)
        )
        if one != other:
            return (one < other) is not is_falling
        first, second = left.data(CostRole.VALUE), right.data(CostRole.VALUE)
        if first is None:
            return False
        if isinstance(first, str):
            return first.casefold() < str(second).casefold()
        return bool(first < second)


def _side(is_number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
