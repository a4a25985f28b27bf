"""A provider that is not connected, as one line that opens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.providers.catalogue.profile import ProviderProfile
from app.ui.theme import Theme

HEIGHT = 40
PADDING = 16


class ProviderLine(QAbstractButton):
    """Its name, what it offers, and a sign that there is more."""

    def __init__(self, profile: ProviderProfile, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._about = " ".join(profile.about.split())
        self.setText(profile.name)
        self.setAccessibleName(f"Connect {profile.name}")
        self.setAccessibleDescription(self._about)
        self.setToolTip(self._about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "line"), 1))
            painter.setBrush(theme.colour("hover" if self.underMouse() else "background"))
            painter.drawRoundedRect(frame, 8, 8)
            inside = self.rect().adjusted(PADDING, 0, -PADDING, 0)
            font = theme.font(14, QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(theme.colour("text"))
            painter.drawText(inside, middle | left, self.text())
            size = theme.px(14)
            sign = theme.pixmap("chevron-right", "muted", size)
            painter.drawPixmap(inside.right() - size, inside.center().y() - size // 2, sign)
            taken = QFontMetrics(font).horizontalAdvance(self.text()) + 12
            rest = inside.adjusted(taken, 0, -size - 8, 0)
            small = theme.font(12)
            painter.setFont(small)
            painter.setPen(theme.colour("muted"))
            words = QFontMetrics(small).elidedText(
                self._about, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, middle | left, words)
