"""The thin bar over the composer: how much of what the model can read is used, and by what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme

HEIGHT = 5
_LEAST = 2.0


class FillBar(QWidget):
    """Parts of (fraction of the whole, colour name), from left to right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: list[tuple[float, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("How full the model's view is")
        theme.changed.connect(self.update)

    def set_parts(self, parts: Sequence[tuple[float, str]], explanation: str) -> None:
        """Shows the parts; `explanation` says the same in words."""
        self._parts = [(share, colour) for share, colour in parts if share > 0]
        self.setToolTip(explanation)
        self.setAccessibleDescription(explanation)
        self.update()

    def parts(self) -> list[tuple[float, str]]:
        """What is shown."""
        return list(self._parts)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QPainterPath()
            whole.addRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
            painter.setClipPath(whole)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(self.rect(), self._theme.colour("line"))
            x = 0.0
            for share, colour in self._parts:
                width = max(_LEAST, share * self.width())
                painter.fillRect(QRectF(x, 0, width, HEIGHT), self._theme.colour(colour))
                x += width
