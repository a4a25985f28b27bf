"""The button that jumps to the end of a transcript: shown while the end is out of view, with words
while an answer grows there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.theme import Theme

SIZE = 34
AWAY = 72
"""Px from the end at which the button appears: it must not hide more than it leads to."""


class JumpButton(QToolButton):
    """A round button above the lower edge of the view."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("jump")
        self.setAccessibleName("Jump to the end")
        self.setToolTip("Jump to the end")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """Takes the theme's colours."""
        colours, size = self._theme.colours, self._size
        icon = self._theme.px(18)
        self.setIcon(self._theme.icon("arrow-down", "text", icon))
        self.setIconSize(QSize(icon, icon))
        self.setFixedSize(size, size)
        self.setStyleSheet(
            f"QToolButton {{ background: {colours.background}; border-radius: {size // 2}px;"
            f" border: 1px solid {colours.line}; }}"
            f"QToolButton:hover {{ background: {colours.hover}; }}"
        )
        self._widen()

    def show_for(self, distance: int, *, is_growing: bool = False) -> None:
        """Shows itself when the end is that far below, px; hides when it is near.

        While an answer grows there it says that there is more.
        """
        is_away = distance > AWAY
        parent = self.parentWidget()
        if is_away and parent is not None:
            self._say("More below" if is_growing else "")
            around = parent.rect()
            self.move((around.width() - self.width()) // 2, around.height() - self._size - 12)
        if self.isVisible() is not is_away:
            self.setVisible(is_away)

    def _say(self, words: str) -> None:
        if words == self.text():
            return
        self.setText(words)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style if words else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._widen()

    @property
    def _size(self) -> int:
        return self._theme.px(SIZE)

    def _widen(self) -> None:
        """As wide as its words."""
        words = self.text()
        width = self.fontMetrics().horizontalAdvance(words) + self._size + 14
        self.setFixedWidth(width if words else self._size)
