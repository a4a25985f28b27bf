"""A table of facts that can be sorted: a row for each thing, a column for each fact. What is
unknown is quiet and comes last, whichever way it is sorted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.theme import Theme
from app.ui.widgets.plain_text import as_plain

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")

ROW_HEIGHT = 32
NONE = "–"
"""What stands in a cell where there is nothing."""


class FactRole(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    VALUE = Qt.ItemDataRole.UserRole + 2
    IS_TOTAL = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class FactColumn(Generic[Row]):
    """One column. `value` is what it is sorted by, None for unknown; `text` writes a known one.

    `unknown` stands where nothing is known, which is never shown as 0; `more` is the tip of a cell.
    A column that `is_rare` stands there only while it has something in it.
    """

    title: str
    tip: str
    value: Callable[[Row], Any]
    text: Callable[[Any], str] = str
    unknown: str | Callable[[Row], str] = NONE
    is_number: bool = True
    more: Callable[[Row], str] = lambda _row: ""
    is_rare: bool = False

    def shown(self, row: Row) -> str:
        """What stands in the cell."""
        found = self.value(row)
        if found is not None:
            return self.text(found)
        return self.unknown if isinstance(self.unknown, str) else self.unknown(row)

    def said(self, row: Row) -> str:
        """The cell in words for a screen reader, nothing for an empty one."""
        shown = self.shown(row)
        return f"{self.title}: {'none' if shown == NONE else shown}" if shown else ""


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
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.said(row)
            case Qt.ItemDataRole.ToolTipRole:
                return as_plain(column.more(row)) or None
            case Qt.ItemDataRole.FontRole if self._is_total(index):
                return self._theme.font(12, QFont.Weight.DemiBold)
            case Qt.ItemDataRole.ForegroundRole if column.value(row) is None:
                return self._theme.colour("muted")
            case FactRole.ROW:
                return row
            case FactRole.VALUE:
                return column.value(row)
            case FactRole.IS_TOTAL:
                return self._is_total(index)
        return None

    def _is_total(self, index: Index) -> bool:
        return self._has_total and index.row() == len(self._rows) - 1


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


class FactTable(QTableView):
    """Shows facts by `columns`, one row marked at a time; nothing is sorted until the user asks."""

    def __init__(
        self, columns: Sequence[FactColumn[Any]], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self.rows: FactTableListModel[Any] = FactTableListModel(columns, theme, self)
        self.order = FactOrder(self)
        self.order.setSourceModel(self.rows)
        self.setModel(self.order)
        self.setSortingEnabled(True)
        head = self.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self._theme = theme
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_rows(self, rows: Sequence[Any], *, total: Any = None) -> None:
        """Other rows in place of these; `total` sums them up and stays last."""
        self.rows.set_rows(
            [*rows, *([] if total is None else [total])], has_total=total is not None
        )
        for place, column in enumerate(self._columns):
            is_empty = all(column.value(row) is None for row in rows)
            self.setColumnHidden(place, column.is_rare and is_empty)

    def _on_theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))


def _side(is_number: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
