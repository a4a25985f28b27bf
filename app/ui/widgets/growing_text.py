"""A plain text field that grows with its text, up to a number of lines."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.text_height import text_height


class GrowingText(QPlainTextEdit):
    """Plain text `least_lines` to `most_lines` high. `focus_left` comes when the user leaves it."""

    focus_left = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        is_mono: bool = False,
        least_lines: int = 3,
        most_lines: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_mono = is_mono
        self._least = least_lines
        self._most = most_lines
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(8, 6, 4, 6)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        height = max(self._least * line, text_height(self, self._most * line))
        return QSize(120, height + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
        self.focus_left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _on_size_changed(self) -> None:
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.mono(12) if self._is_mono else self._theme.font(13))
        colours = self._theme.colours
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {colours.background}; color: {colours.text};"
            f" border: 1px solid {colours.line}; border-radius: 8px; padding: 0;"
            f" selection-background-color: {colours.selection}; selection-color: {colours.text};"
            f" placeholder-text-color: {colours.muted}; }}"
            f" QPlainTextEdit:focus {{ border: 1px solid {colours.accent}; }}"
        )
        self.updateGeometry()
