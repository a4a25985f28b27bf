"""The top of the tuning panel: its name, whose dials these are, and undo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.label import Label


class LinkButton(QAbstractButton):
    """A word in the accent colour that does something."""

    def __init__(
        self, theme: Theme, text: str, size: int = 13, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_title(self, text: str) -> None:
        """Another word, or nothing at all when it is empty."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(self._theme.colour("accent"), 1.5))
                painter.drawRoundedRect(
                    QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4
                )
            font = self.font()
            font.setUnderline(self.isEnabled() and self.underMouse())
            painter.setFont(font)
            painter.setPen(self._theme.colour("accent" if self.isEnabled() else "muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._size))
        self.updateGeometry()
        self.update()


class PanelHeading(QWidget):
    """`Tuning`, `this chat`, `undo` once there is something to take back, `reset all` while a dial
    is set."""

    undo_requested = Signal()
    reset_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo = LinkButton(theme, "undo")
        self._undo.setToolTip("Take back the last change of the dials")
        self._undo.setAccessibleName("Undo the last change of the dials")
        self._undo.clicked.connect(self.undo_requested)
        self._dot = Label(theme, "·", colour="muted", size=13)
        self.reset = LinkButton(theme, "reset all")
        self.reset.setToolTip("Unset every dial; tools and hosts stay")
        self.reset.setAccessibleName("Reset all dials")
        self.reset.clicked.connect(self.reset_requested)
        self._reset_dot = Label(theme, "·", colour="muted", size=13)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 12, 0)
        layout.setSpacing(3)
        layout.addWidget(Label(theme, "Tuning", size=15, weight=QFont.Weight.DemiBold))
        layout.addStretch(1)
        layout.addWidget(Label(theme, "this chat", colour="muted", size=13))
        layout.addWidget(self._dot)
        layout.addWidget(self._undo)
        layout.addWidget(self._reset_dot)
        layout.addWidget(self.reset)
        self.setFixedHeight(51)
        self.set_undo_available(False)
        self.set_reset_available(False)

    def set_reset_available(self, is_available: bool) -> None:
        """Shows or hides reset all."""
        self.reset.setVisible(is_available)
        self._reset_dot.setVisible(is_available)

    def set_undo_available(self, is_available: bool) -> None:
        """Shows or hides undo."""
        self._undo.setVisible(is_available)
        self._dot.setVisible(is_available)

    def undo_button(self) -> QAbstractButton:
        """The word that takes back."""
        return self._undo
