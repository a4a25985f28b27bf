"""The table that compares the routes of one model, with the hosts behind them."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.models.host import Host
from app.core.models.model import Model
from app.services.models.live_lists import age_text
from app.services.models.routes import Route
from app.services.services import Services
from app.ui.picker.columns import COLUMNS
from app.ui.picker.route_text import origin_text
from app.ui.theme import Theme
from app.ui.widgets.fact_table import FactRole, FactTable
from app.ui.widgets.page import text_label
from app.ui.window.window_size import FittedDialog

_ABOUT = (
    "Prices are in US dollars for 1,000,000 tokens. Your own figures come from the answers kept in"
    " this profile. What nobody publishes is not known; it is never 0. Click a title to sort."
)


class RoutesDialog(FittedDialog):
    """Asks for hosts when it opens. `chosen` carries provider and model id of the route to use.

    `host_chosen` carries them with the tag of the one host that may answer.
    """

    chosen = Signal(str, str)
    host_chosen = Signal(str, str, str)

    def __init__(
        self, model: Model, services: Services, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._theme = theme
        self._routes = services.routes.routes(model)
        self._hosts: dict[str, list[Host]] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Routes of {model.name}")
        self.table = FactTable(COLUMNS, theme)
        self.says = text_label("", "muted")
        self.facts = text_label("", "small")
        self.use = QPushButton("Use this route")
        self.only = QPushButton("Use only this host")
        self._lay_out(model)
        self._show()
        services.routes.told.connect(self._on_told)
        asked = [route.model for route in self._routes if services.routes.has_hosts(route.model)]
        if asked:
            self._say("Asking which hosts answer…")
        for offer in asked:
            services.routes.ask_hosts(offer)
        self._on_row_changed()

    def _lay_out(self, model: Model) -> None:
        title = text_label(model.name, "title")
        self.says.hide()
        table = self.table
        table.setAccessibleName("Routes")
        table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        table.doubleClicked.connect(self._on_use_clicked)
        known = text_label("Where these facts come from")
        known.setFont(self._theme.font(13, QFont.Weight.DemiBold))
        self.use.setProperty("look", "primary")
        self.use.clicked.connect(self._on_use_clicked)
        self.only.setToolTip("Sends questions here to no other host, in this conversation")
        self.only.clicked.connect(self._on_only_clicked)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.only)
        row.addWidget(self.use)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(text_label(_ABOUT, "muted"))
        column.addWidget(table, 1)
        column.addWidget(self.says)
        column.addWidget(known)
        column.addWidget(self.facts)
        column.addLayout(row)
        self.resize(self._theme.px(1220), self._theme.px(560))

    def current(self) -> Route | None:
        """The route of the marked row."""
        found = self.table.currentIndex().data(FactRole.ROW)
        return found if isinstance(found, Route) else None

    def _show(self) -> None:
        marked = self.current()
        lines: list[Route] = []
        for route in self._routes:
            lines.append(route)
            hosts = self._hosts.get(route.model.key, [])
            lines += [Route(route.model, route.provider, host=host) for host in hosts]
        self.table.show_rows(lines)
        place = lines.index(marked) if marked in lines else 0
        self.table.setCurrentIndex(self.table.order.mapFromSource(self.table.rows.index(place, 0)))

    def _say(self, words: str) -> None:
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def _on_told(self, route_key: str, hosts: list[Host], trouble: str) -> None:
        if all(route.model.key != route_key for route in self._routes):
            return
        self._hosts[route_key] = hosts
        self._say(trouble)
        self._show()

    def _on_row_changed(self, *_rows: QModelIndex) -> None:
        route = self.current()
        self.use.setEnabled(route is not None)
        self.only.setEnabled(route is not None and route.host is not None and bool(route.host.tag))
        if route is None:
            return
        live = self._services.models.live
        age = age_text(live.fetched_at(route.model.provider_id), datetime.now(UTC))
        notes = list(route.model.notes)
        if route.model.expires:
            notes.insert(0, f"The provider takes it away on {route.model.expires}.")
        if route.model.is_removed:
            notes.insert(0, "The provider's list no longer has it; it may still answer.")
        origin = origin_text(route.model, age) or "Only its id is known."
        self.facts.setText("\n".join([origin.replace("\n", " · "), *notes]))

    def _on_use_clicked(self) -> None:
        route = self.current()
        if route is not None:
            self.accept()
            self.chosen.emit(route.model.provider_id, route.model.id)

    def _on_only_clicked(self) -> None:
        route = self.current()
        if route is not None and route.host is not None:
            self.accept()
            self.host_chosen.emit(route.model.provider_id, route.model.id, route.host.tag)
