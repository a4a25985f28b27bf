"""A small button that is only an icon, with its name for assistive technology and the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.plain_text import as_plain


class IconButton(QAbstractButton):
    """`icon` is a name in resources/icons, `title` what the button does."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        *,
        size: int = 16,
        side: int = 24,
        colour: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = icon
        self._size = size
        self._side = side
        self._colour = colour
        self.setAccessibleName(title)
        self.setToolTip(as_plain(title))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._side), self._theme.px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            if self.underMouse() or self.isDown():
                painter.setBrush(self._theme.colour("hover"))
                painter.drawRoundedRect(box, 6, 6)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.colour("accent"), 1.5))
                painter.drawRoundedRect(box, 6, 6)
            size = self._theme.px(self._size)
            pixmap = self._theme.pixmap(self._name, self._colour, size)
            painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, pixmap)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
