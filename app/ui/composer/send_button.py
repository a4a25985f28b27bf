"""The button that sends, and stops while an answer is being written: one place, one size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import Theme

_TITLES = ("Send", "Stop", "Save")
_ICON = 13
_GAP = 5
_PADDING = 14


class SendButton(QAbstractButton):
    """Send, Stop, or Save while a message is edited; as wide as the widest of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_title("Send", "Enter")

    def show_title(self, title: str, key: str) -> None:
        """One of Send, Stop, Save, and the key that does the same."""
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(f"{title} ({key})" if key else title)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        width = max(metrics.horizontalAdvance(title) for title in _TITLES)
        height = max(31, metrics.height() + 14)
        return QSize(width + _GAP + self._theme.px(_ICON) + 2 * _PADDING, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colour
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect())
            accent = colours("accent")
            if self.underMouse() or self.isDown():
                accent = accent.darker(110) if not self._theme.is_dark else accent.lighter(108)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRoundedRect(box, 9, 9)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colours("on_accent"), 1.5))
                painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 7, 7)
            painter.setPen(colours("on_accent"))
            painter.setFont(self.font())
            width = QFontMetrics(self.font()).horizontalAdvance(self.text())
            size = self._theme.px(_ICON)
            left = (self.width() - width - _GAP - size) // 2
            place = QRectF(left, 0, width + 1, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
            x, y = left + width + _GAP, (self.height() - size) / 2
            if self.text() == "Stop":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours("on_accent"))
                painter.drawRoundedRect(QRectF(x + 1.5, y + 1.5, size - 3, size - 3), 2, 2)
            else:
                pixmap = self._theme.pixmap("corner-down-left", "on_accent", size)
                painter.drawPixmap(round(x), round(y), pixmap)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(13, QFont.Weight.DemiBold))
        self.updateGeometry()
        self.update()
