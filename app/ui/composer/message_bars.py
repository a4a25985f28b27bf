"""The lines inside the composer that say something and offer a way: editing, hidden characters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.label import Label
from app.ui.widgets.link_button import LinkButton


class SayingBar(QWidget):
    """A sentence and links; `chosen` carries the text of the link that was pressed."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icon: str,
        colour: str,
        links: Sequence[str],
        parent: QWidget | None = None,
        *,
        wraps: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._colour = colour
        self._label = Label(theme, size=13, wraps=wraps)
        layout = QHBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        self.links = [LinkButton(theme, link) for link in links]
        for link in self.links:
            link.clicked.connect(self._on_clicked)
            layout.addWidget(link)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def say(self, text: str) -> None:
        """Shows the sentence, or hides the bar when it is empty."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """The sentence shown."""
        return self._label.text()

    def link(self, text: str) -> LinkButton:
        """The link with this text."""
        return next(link for link in self.links if link.text() == text)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("panel"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            side = self._theme.px(15)
            pixmap = self._theme.pixmap(self._icon, self._colour, side)
            painter.drawPixmap(10, (self.height() - side) // 2, pixmap)

    def _on_theme_changed(self) -> None:
        if layout := self.layout():
            layout.setContentsMargins(17 + self._theme.px(15), 4, 8, 4)
        self.update()

    def _on_clicked(self) -> None:
        for link in self.links:
            if link is self.sender():
                self.chosen.emit(link.text())
