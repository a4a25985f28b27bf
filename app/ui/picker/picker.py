"""The model picker: a popup with search, filters and every route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.models.model import Model
from app.core.models.provider import BUILT_IN
from app.ui.picker.filter_row import FilterRow
from app.ui.picker.route_list_model import RouteListModel
from app.ui.picker.route_search import RouteSearch
from app.ui.picker.route_view import RouteView
from app.ui.picker.rows import Offer, RowKind, is_id, rows
from app.ui.theme import Theme
from app.ui.widgets.label import Label
from app.ui.widgets.pill import Pill
from app.ui.window.window_size import grown

_WIDTH, _HEIGHT = 640, 580
_MARGIN = 8


class ModelPicker(QFrame):
    """Chooses a route. `model_chosen` carries provider and model id, `pin_toggled` a route's key.

    `connect_requested` carries the provider of a route that cannot be used yet, `compared` a
    route's key whose group is to be compared; `refresh_requested` asks for newer lists.
    """

    model_chosen = Signal(str, str)
    pin_toggled = Signal(str)
    connect_requested = Signal(str)
    compared = Signal(str)
    refresh_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._offer = Offer()
        self.setAccessibleName("Choose a model")
        self.search = RouteSearch(theme)
        self.filters = FilterRow(theme)
        self.model = RouteListModel(self)
        self.list = RouteView(theme, self.model)
        self.note = Label(theme, colour="muted", size=13, wraps=True)
        self.lists = Label(theme, colour="muted", size=12, wraps=True)
        self.compare = Pill(theme, "Compare routes", colour="accent", size=12, height=25)
        self.newer = Pill(theme, "Refresh", colour="accent", size=12, height=25)
        self._lay_out()
        self.search.textChanged.connect(self._on_search_changed)
        self.search.stepped.connect(self.list.step)
        self.search.accepted.connect(self._on_accepted)
        self.search.pinned.connect(self._on_pin_pressed)
        self.search.left.connect(self.close)
        self.filters.changed.connect(self._on_filters_changed)
        self.list.picked.connect(self._choose)
        self.list.star_pressed.connect(self._toggle_pin)
        theme.changed.connect(self.update)
        self._refresh()

    def set_models(
        self,
        models: Sequence[Model],
        pinned: Sequence[str],
        recent: Sequence[str],
        current: str,
        profiles: Mapping[str, tuple[str, bool]],
    ) -> None:
        """What there is to choose from; `profiles` is provider id → (name, whether usable now)."""
        place = self.list.currentIndex().row()
        scrolled = self.list.verticalScrollBar().value()
        self._offer = Offer(tuple(models), tuple(pinned), tuple(recent), current, dict(profiles))
        self._refresh()
        if self.isVisible() and 0 <= place < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(place))
            self.list.verticalScrollBar().setValue(scrolled)

    def set_lists(self, text: str) -> None:
        """How old the providers' lists are, or what went wrong with them."""
        self.lists.setText(text)

    def popup_below(self, widget: QWidget, query: str = "") -> None:
        """Opens under a widget, inside its screen, with a search begun."""
        self.search.setText(query)
        self.filters.clear()
        self._refresh()
        screen = widget.screen().availableGeometry()
        size = grown(widget, self._theme, _WIDTH, _HEIGHT).boundedTo(screen.size())
        self.resize(size)
        corner = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        x = max(screen.left(), min(corner.x(), screen.right() - size.width()))
        y = max(screen.top(), min(corner.y(), screen.bottom() - size.height()))
        self.move(x, y)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)
        self.list.select_first(self._offer.current)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            # Corners in the colour of what is below: without a compositor clear ones are black.
            painter.fillRect(self.rect(), self._theme.colour("background"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("background"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN + 4, 0, _MARGIN + 4, 4)
        row.addWidget(self.filters)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN + 8, 4, _MARGIN + 4, 0)
        foot.setSpacing(6)
        foot.addWidget(self.lists, 1)
        foot.addWidget(self.compare)
        foot.addWidget(self.newer)
        self.compare.setToolTip("Prices, speed and reliability of every route of the chosen model")
        self.newer.setToolTip("Fetches the providers' lists of models now")
        self.compare.clicked.connect(self._on_compare_clicked)
        self.newer.clicked.connect(self.refresh_requested)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN + 4, _MARGIN + 4, _MARGIN + 4, 4)
        head.addWidget(self.search)
        self.note.setContentsMargins(24, 12, 24, 24)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, _MARGIN)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addStretch()
        column.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)

    def _refresh(self) -> None:
        wanted = self.filters.wanted()
        self.model.show(rows(self._offer, self.search.text(), wanted))
        is_empty = self.model.rowCount() == 0
        self.list.setVisible(not is_empty)
        self.compare.setEnabled(not is_empty)
        self.note.setVisible(is_empty)
        if not wanted.is_anything:
            self.note.setText("No model is known to have all that. Take a filter away.")
        elif self.search.text().strip():
            self.note.setText(self._nothing_text())
        else:
            self.note.setText("No models yet. Connect a provider in the settings.")
        self.list.select_first()

    def _nothing_text(self) -> str:
        """Why what was typed is neither a model nor an id that can be tried."""
        can_try = any(
            is_ready and name not in BUILT_IN
            for name, (_, is_ready) in self._offer.profiles.items()
        )
        if not can_try:
            return (
                "No model is called so. An id as the provider writes it works,"
                " once a provider is connected."
            )
        if is_id(self.search.text().strip()):
            return "No model is called so."
        return "No model is called so. An id is one word without blanks, as the provider has it."

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is None or not row.is_choosable:
            return
        self.close()
        if row.has_key:
            self.model_chosen.emit(row.provider_id, row.model_id)
        else:
            self.connect_requested.emit(row.provider_id)

    def _toggle_pin(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None and row.kind is RowKind.ROUTE and row.model is not None:
            self.pin_toggled.emit(row.model.key)

    def _on_compare_clicked(self) -> None:
        row = self.model.row_at(self.list.currentIndex())
        if row is not None and row.model is not None:
            self.close()
            self.compared.emit(row.model.key)

    def _on_accepted(self) -> None:
        self._choose(self.list.currentIndex())

    def _on_pin_pressed(self) -> None:
        self._toggle_pin(self.list.currentIndex())

    def _on_search_changed(self) -> None:
        self._refresh()

    def _on_filters_changed(self) -> None:
        self._refresh()
