"""A round button: presets, choices, filters and the chips of the composer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.focus_ring import shows_ring

HEIGHT = 29
PADDING = 12


class Pill(QAbstractButton):
    """A word in a capsule; filled with the accent while checked.

    `mark` is drawn after the text (the dot of a preset whose dials were changed).
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        colour: str = "text",
        size: int = 13,
        height: int = HEIGHT,
        padding: int = PADDING,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        self._size = size
        self._height = height
        self._padding = padding
        self._mark = ""
        self._shows_focus = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_mark(self, mark: str) -> None:
        """Text after the label, such as ` •`; empty for none."""
        if mark != self._mark:
            self._mark = mark
            self.updateGeometry()
            self.update()

    def mark(self) -> str:
        """What stands after the label."""
        return self._mark

    def shown_text(self) -> str:
        """The label as it is drawn."""
        return self.text() + self._mark

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.shown_text())
        return QSize(width + 2 * self._padding, self._least_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _least_height(self) -> int:
        return max(self._height, QFontMetrics(self.font()).height() + 8)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = shows_ring(event.reason(), before=self._shows_focus)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colour
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            radius = box.height() / 2
            if self.isChecked():
                fill, edge, ink = colours("accent"), colours("accent"), colours("on_accent")
            else:
                fill = colours("hover" if self.underMouse() or self.isDown() else "background")
                edge, ink = colours("line"), colours(self._colour)
            if not self.isEnabled():
                ink = QColor(colours("faint"))
            painter.setPen(QPen(edge, 1))
            painter.setBrush(fill)
            painter.drawRoundedRect(box, radius, radius)
            if self.hasFocus() and self._shows_focus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = colours("on_accent" if self.isChecked() else "accent")
                painter.setPen(QPen(ring, 1.5))
                inner = box.adjusted(2, 2, -2, -2)
                painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
            painter.setPen(ink)
            painter.setFont(self.font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.shown_text())

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._size))
        self.updateGeometry()
        self.update()
