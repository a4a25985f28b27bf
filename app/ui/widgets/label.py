"""Text in a colour of the theme: plain always, so that nothing in it is taken for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.theme import TEXT_SIZE, Theme


class Label(QLabel):
    """A plain text label; `colour` names a colour of the theme, `size` is in px."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        colour: str = "text",
        size: int = TEXT_SIZE,
        weight: QFont.Weight = QFont.Weight.Normal,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._colour = colour
        self._size = size
        self._weight = weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_colour(self, colour: str) -> None:
        """Changes the colour by its name in the theme."""
        if colour != self._colour:
            self._colour = colour
            self._on_theme_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        if self.wordWrap() or metrics.horizontalAdvance(self.text()) <= self.width():
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self._theme.colour(self._colour))
            text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), int(self.alignment()), text)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._size, self._weight))
        look = self.palette()
        look.setColor(QPalette.ColorRole.WindowText, self._theme.colour(self._colour))
        self.setPalette(look)
