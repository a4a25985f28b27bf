"""The rows of the picker as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.picker.route_text import details_text
from app.ui.picker.rows import Row, RowKind
from app.ui.widgets.plain_text import as_plain

_Index = QModelIndex | QPersistentModelIndex


class RouteRole(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1


class RouteListModel(QAbstractListModel):
    """Sections and groups cannot be chosen, routes and typed ids can."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows in place of these."""
        if list(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, index: _Index) -> Row | None:
        """The row at an index, None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or not row.is_choosable:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == RouteRole.ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _said(row)
        if role == Qt.ItemDataRole.ToolTipRole and row.kind is RowKind.ROUTE:
            return as_plain(f"{row.model_id}\n{_said(row)}")
        return None


def _said(row: Row) -> str:
    """The row as it is read aloud."""
    parts = [row.title]
    if row.kind is RowKind.ROUTE and row.model is not None:
        parts += [row.provider, details_text(row.model)]
        if row.is_current:
            parts.append("current")
        if row.is_pinned:
            parts.append("pinned")
        if not row.has_key:
            parts.append("needs a key")
    elif row.kind is RowKind.GROUP:
        parts.append(row.provider)
    return ", ".join(parts)
