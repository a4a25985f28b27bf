"""The list of the picker: rows that are chosen by mouse, and stars that pin."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from app.ui.picker.route_delegate import RouteDelegate
from app.ui.picker.route_list_model import RouteListModel
from app.ui.picker.rows import RowKind
from app.ui.theme import Theme


class RouteView(QListView):
    """`picked` carries the index of a chosen row, `star_pressed` that of one to pin or unpin."""

    picked = Signal(QModelIndex)
    star_pressed = Signal(QModelIndex)

    def __init__(self, theme: Theme, model: RouteListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._routes = model
        self._delegate = RouteDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "bare")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Models")
        theme.changed.connect(self._on_theme_changed)

    def step(self, steps: int) -> None:
        """Moves the selection over rows that can be chosen, stopping at the ends."""
        direction = 1 if steps > 0 else -1
        place = self.currentIndex().row() if self.currentIndex().isValid() else -1
        last = place
        left = abs(steps)
        while left and 0 <= place + direction < self._routes.rowCount():
            place += direction
            row = self._routes.row_at(self._routes.index(place))
            if row is not None and row.is_choosable:
                last = place
                left -= 1
        if last >= 0:
            self.setCurrentIndex(self._routes.index(last))
        if direction < 0 and left:
            self.scrollToTop()

    def select_first(self, current: str = "") -> None:
        """Selects the row of this route when it is there, else the first that can be chosen."""
        first = None
        for place in range(self._routes.rowCount()):
            index = self._routes.index(place)
            row = self._routes.row_at(index)
            if row is None or not row.is_choosable:
                continue
            first = first if first is not None else index
            if current and row.is_current:
                self.setCurrentIndex(index)
                return
        if first is not None:
            self.setCurrentIndex(first)
            self.scrollToTop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self._routes.row_at(index)
        if event.button() is not Qt.MouseButton.LeftButton or row is None or not row.is_choosable:
            return
        on_star = self._delegate.star_rect(self.visualRect(index)).contains(place)
        if on_star and row.kind is RowKind.ROUTE:
            self.star_pressed.emit(index)
        else:
            self.picked.emit(index)

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
