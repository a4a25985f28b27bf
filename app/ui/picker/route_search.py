"""The search field of the picker; its arrow keys move in the list below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.composing_field import ComposingField

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class RouteSearch(ComposingField):
    """`stepped` moves the selection, `accepted` chooses, `pinned` pins (Ctrl+P), `left` is Esc."""

    stepped = Signal(int)
    accepted = Signal()
    pinned = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText("Search models, or type any id")
        self.setAccessibleName("Search models")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.ends_composing(event):
            return
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        elif key is Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.pinned.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent" if self.hasFocus() else "line"), 1))
            painter.setBrush(self._theme.colour("background"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            size = self._theme.px(16)
            icon = self._theme.pixmap("search", "muted", size)
            painter.drawPixmap(10, (self.height() - size) // 2, icon)
        super().paintEvent(event)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font())
        colours = self._theme.colours
        self.setStyleSheet(
            "QLineEdit { border: none; background: transparent; padding: 8px;"
            f" padding-left: {self._theme.px(16) + 14}px;"
            f" color: {colours.text}; placeholder-text-color: {colours.muted}; }}"
        )
