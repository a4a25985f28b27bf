"""The routes of one model as a table that can be sorted; what is unknown stays last."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from app.services.models.routes import Route
from app.ui.picker.columns import COLUMNS
from app.ui.theme import Theme
from app.ui.widgets.fact_table import FactTableListModel, Index
from app.ui.widgets.plain_text import as_plain


class RouteTableListModel(FactTableListModel[Route]):
    """A row for every route, a column for every fact."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, theme, parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As a table of facts; the name has its id and what is reported of it as a tip."""
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return as_plain(_tip(self._rows[index.row()])) if index.column() == 0 else None
        return super().data(index, role)


def _tip(route: Route) -> str:
    if route.host is None:
        return route.model.id
    troubled = "\nReported as not well just now." if route.host.is_troubled else ""
    return f"{route.model.id}\n{route.host.tag}{troubled}"
