"""A table of facts that can be sorted: a row for each thing, a column for each fact. What is
unknown is quiet and comes last, whichever way it is sorted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
Told = TypeVar("Told", contravariant=True)


class FactRole(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    VALUE = Qt.ItemDataRole.UserRole + 2
    IS_TOTAL = Qt.ItemDataRole.UserRole + 3


class FactColumn(Protocol[Told]):
    """One column. `value` is what it is sorted by, None for unknown; `shown` stands in the cell."""

    @property
    def title(self) -> str: ...

    @property
    def tip(self) -> str: ...

    @property
    def is_number(self) -> bool: ...

    @property
    def value(self) -> Any: ...

    def shown(self, row: Told, /) -> str: ...


class FactTableListModel(QAbstractTableModel, Generic[Row]):
    """The rows; with `has_total` the last one sums up the others."""

    def __init__(
        self, columns: Sequence[FactColumn[Row]], theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._theme = theme
        self._rows: list[Row] = []
        self._has_total = False

    def set_rows(self, rows: Sequence[Row], *, has_total: bool = False) -> None:
        """Other rows in place of these."""
        self.beginResetModel()
        self._rows = list(rows)
        self._has_total = has_total
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and tip of a column; rows have none."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column.is_number)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column.is_number)
            case Qt.ItemDataRole.ForegroundRole if column.value(row) is None:
                return self._theme.colour("muted")
            case FactRole.ROW:
                return row
            case FactRole.VALUE:
                return column.value(row)
            case FactRole.IS_TOTAL:
                return self._has_total and index.row() == len(self._rows) - 1
        return None


class FactOrder(QSortFilterProxyModel):
    """Sorts by the values behind the cells; unknown ones come late, and a total last."""

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802
        """Called by Qt to order two cells of a column."""
        is_falling = self.sortOrder() is Qt.SortOrder.DescendingOrder
        one, other = (
            (bool(cell.data(FactRole.IS_TOTAL)), cell.data(FactRole.VALUE) is None)
            for cell in (left, right)
        )
        if one != other:
            return (one < other) is not is_falling
        first, second = left.data(FactRole.VALUE), right.data(FactRole.VALUE)
        if first is None:
            return False
        if isinstance(first, str):
            return first.casefold() < str(second).casefold()
        return bool(first < second)


def _side(is_number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
