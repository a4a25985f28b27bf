"""A row of the tuning panel that opens: its name at left, what is in it at right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import Theme

PADDING = 14
_HEIGHT = 45


class FoldRow(QAbstractButton):
    """The clickable row of a fold."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._note = ""
        self._is_accented = False
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.set_note("")

    def set_note(self, note: str, *, is_accented: bool = False) -> None:
        """The words at the right, in the accent colour when something inside was changed."""
        self._note = note
        self._is_accented = is_accented
        self.setAccessibleName(f"{self.text()}, {note}" if note else self.text())
        self.update()

    def note(self) -> str:
        """The words at the right."""
        return self._note

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse():
                painter.fillRect(self.rect(), self._theme.colour("hover"))
            if self.hasFocus():
                painter.setPen(QPen(self._theme.colour("accent"), 1.5))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)
            inside = self.rect().adjusted(PADDING, 0, -PADDING, 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.colour("text"))
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, self.text())
            arrow = "▾" if self.isChecked() else "▸"
            painter.setPen(self._theme.colour("accent" if self._is_accented else "muted"))
            note = f"{self._note} {arrow}"
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, note)


class Fold(QWidget):
    """A row and what it opens. `content_layout` takes widgets, `opened` tells open from closed."""

    opened = Signal(bool)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.row = FoldRow(theme, title, self)
        self.content = QWidget(self)
        self.content_layout = QVBoxLayout(self.content)
        self.content_layout.setContentsMargins(PADDING, 4, PADDING, 16)
        self.content_layout.setSpacing(8)
        self.content.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(self.row)
        layout.addWidget(self.content)
        self.row.toggled.connect(self._on_toggled)
        theme.changed.connect(self.update)

    @property
    def is_open(self) -> bool:
        """Whether the content shows."""
        return self.row.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Opens or closes the fold."""
        self.row.setChecked(is_open)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))

    def _on_toggled(self, is_open: bool) -> None:
        self.content.setVisible(is_open)
        self.opened.emit(is_open)
