"""The routes of one model as a table that can be sorted; what is unknown stays last."""

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

from app.services.routes import Route
from app.ui.picker.columns import COLUMNS
from app.ui.plain import as_plain
from app.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class CellRole(IntEnum):
    """Roles beside Qt's own."""

    ROUTE = Qt.ItemDataRole.UserRole + 1
    VALUE = Qt.ItemDataRole.UserRole + 2


class RouteTableListModel(QAbstractTableModel):
    """A row for every route, a column for every fact."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._routes: list[Route] = []

    def show(self, routes: Sequence[Route]) -> None:
        """Other routes in place of these."""
        self.beginResetModel()
        self._routes = list(routes)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._routes)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Title and tip of a column; rows have none."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section].tip
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        route, column = self._routes[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(route)
            case CellRole.ROUTE:
                return route
            case CellRole.VALUE:
                return column.value(route)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
                )
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if column.value(route) is None:
                return self._theme.colour("muted")
            case Qt.ItemDataRole.ToolTipRole:
                return as_plain(_tip(route)) if index.column() == 0 else None
        return None


class RouteOrder(QSortFilterProxyModel):
    """Sorts by the values behind the cells; unknown ones come last, up or down."""

    def lessThan(self, left: _Index, right: _Index) -> bool:  # noqa: N802
        """Called by Qt to order two cells of a column."""
        one, other = left.data(CellRole.VALUE), right.data(CellRole.VALUE)
        is_falling = self.sortOrder() is Qt.SortOrder.DescendingOrder
        if one is None or other is None:
            return (other is None and one is not None) is not is_falling if one != other else False
        if isinstance(one, str):
            return one.casefold() < str(other).casefold()
        return bool(one < other)


def _tip(route: Route) -> str:
    if route.host is None:
        return route.model.id
    troubled = "\nReported as not well just now." if route.host.is_troubled else ""
    return f"{route.model.id}\n{route.host.tag}{troubled}"
