"""The search box at the head of the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from app.ui.theme import Theme

EDGES = 16
"""Px that border and padding take above and below the words."""


class SearchField(QLineEdit):
    """A line for a search, with the palette's key as a badge while it is empty.

    `moved` carries the steps of the arrow keys, `left` says that Escape emptied it.
    """

    moved = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, badge: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText("Search")
        self.setAccessibleName("Search all conversations")
        self.setToolTip("Search the words of every conversation")
        self._badge = QLabel(badge, self)
        self._badge.setProperty("look", "badge")
        self._badge.setTextFormat(Qt.TextFormat.PlainText)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear = QToolButton(self)
        self._clear.setAccessibleName("Clear the search")
        self._clear.setToolTip("Clear the search (Esc)")
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._clear.clicked.connect(self.leave)
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def leave(self) -> None:
        """Empties the box and says so."""
        self.clear()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_PageDown:
                self.moved.emit(8)
            case Qt.Key.Key_PageUp:
                self.moved.emit(-8)
            case Qt.Key.Key_Escape:
                self.leave()
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()

    def _place(self) -> None:
        badge = getattr(self, "_badge", None)
        if badge is None:
            return
        badge.adjustSize()
        badge.move(self.width() - badge.width() - 11, (self.height() - badge.height()) // 2)
        side = self.height() - 12
        self._clear.setGeometry(self.width() - side - 6, 6, side, side)

    def _on_text_changed(self, text: str) -> None:
        self._badge.setVisible(not text)
        self._clear.setVisible(bool(text))

    def _on_theme_changed(self) -> None:
        self._clear.setIcon(self._theme.icon("x", "muted", self._theme.px(14)))
        words = QFontMetrics(self._theme.font()).height()
        self.setFixedHeight(max(self._theme.px(37), words + EDGES))
        self.setTextMargins(3, 0, self._theme.px(52), 0)
        self._place()
