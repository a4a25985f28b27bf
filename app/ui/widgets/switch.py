"""A switch for parameters that are on or off, with a third state: nothing set."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import Theme


class Switch(QAbstractButton):
    """Checked is on. While `is_set` is False the capsule is dashed: the provider decides."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_set = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_value(self, value: bool | None) -> None:
        """On, off, or unset (None)."""
        self._is_set = value is not None
        self.setChecked(bool(value))
        self.update()

    @property
    def is_set(self) -> bool:
        """Whether a value is set at all."""
        return self._is_set

    def sizeHint(self) -> QSize:
        return QSize(40, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colour
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(2.5, 2.5, self.width() - 5, self.height() - 5)
            radius = box.height() / 2
            pen = QPen(colours("accent" if self.isChecked() else "muted"), 1)
            if not self._is_set:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(colours("accent" if self.isChecked() else "background"))
            painter.drawRoundedRect(box, radius, radius)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours("on_accent" if self.isChecked() else "muted"))
            x = box.right() - radius if self.isChecked() else box.left() + radius
            if self._is_set:
                painter.drawEllipse(QRectF(x - 6, box.center().y() - 6, 12, 12))
            else:
                middle = box.center()
                painter.drawEllipse(QRectF(middle.x() - 3, middle.y() - 3, 6, 6))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colours("text"), 1.5))
                ring = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
                painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
