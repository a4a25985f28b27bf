"""The slider of a dial: hollow while nothing is set, with a tick at the provider's default."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.tuning.scale import Scale
from app.ui.widgets.focus_ring import shows_ring

_TICKS = 1000
_HANDLE = 8
_INSET = 2
_KEYS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class DialSlider(QAbstractSlider):
    """A value on a Scale, or none.

    `moved` comes with every value on the way, `settled` once a change is over (button up, key,
    wheel), `unset` when the user takes the value away.
    """

    moved = Signal(float)
    settled = Signal(float)
    unset = Signal()

    def __init__(self, theme: Theme, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scale = scale
        self._number: float | None = None
        self._default: float | None = None
        self._neutral: float | None = None
        self._is_dragged = False
        self._shows_focus = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, _TICKS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_scale(self, scale: Scale, default: float | None, neutral: float | None = None) -> None:
        """What the slider runs over, where the provider's own value lies (None: not known), and
        which value changes nothing."""
        self._scale = scale
        self._default = default
        self._neutral = neutral
        self._follow()

    def set_number(self, value: float | None) -> None:
        """Shows a value, or none."""
        if not self._is_dragged:
            self._number = value
            self._follow()

    def let_go(self) -> None:
        """Ends a drag as if it had not been."""
        self._is_dragged = False

    def number(self) -> float | None:
        """The value shown; None while unset."""
        return self._number

    def resting(self) -> float:
        """Where the hollow handle stands while nothing is set: turning starts there."""
        known = (value for value in (self._default, self._neutral) if value is not None)
        return next(known, self._scale.value(0.5))

    def sizeHint(self) -> QSize:
        return QSize(120, 2 * _HANDLE + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 2 * _HANDLE + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._is_dragged = True
        self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged:
            self._drag_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragged and event.button() is Qt.MouseButton.LeftButton:
            self._is_dragged = False
            if self._number is not None:
                self.settled.emit(self._number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._is_dragged = False
        self._unset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y()
        if not self.hasFocus() or not notches:
            event.ignore()
            return
        self._step(1 if notches > 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._step(_KEYS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            is_home = key is Qt.Key.Key_Home
            self._settle(self._scale.minimum if is_home else self._scale.maximum)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._unset()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = shows_ring(event.reason(), before=self._shows_focus)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colour
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self.height() / 2
            track = QRectF(_INSET, middle - 2, self.width() - 2 * _INSET, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_track_colour(self._theme))
            painter.drawRoundedRect(track, 2, 2)
            if self._number is not None:
                painter.setBrush(colours("accent"))
                filled = QRectF(track)
                filled.setRight(self._x_of(self._number))
                painter.drawRoundedRect(filled, 2, 2)
            if self._default is not None and self._number is not None:
                x = min(max(self._x_of(self._default), _INSET + 1), self.width() - _INSET - 1)
                painter.setBrush(colours("muted"))
                painter.drawRect(QRectF(x - 1, middle - 5, 2, 10))
            focused = self.hasFocus() and self._shows_focus
            if self._number is not None:
                x = self._x_of(self._number)
                if focused or self.underMouse():
                    painter.setBrush(colours("accent_quiet"))
                    painter.drawEllipse(QRectF(x - 9, middle - 9, 18, 18))
                painter.setBrush(colours("background"))
                painter.setPen(QPen(colours("accent"), 2))
                painter.drawEllipse(QRectF(x - 7, middle - 7, 14, 14))
                if focused:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colours("accent"))
                    painter.drawEllipse(QRectF(x - 3, middle - 3, 6, 6))
            else:
                x = self._x_of(self.resting())
                if focused:
                    painter.setBrush(colours("accent_quiet"))
                    painter.drawEllipse(QRectF(x - 9, middle - 9, 18, 18))
                is_lit = focused or self.underMouse()
                painter.setBrush(colours("panel"))
                pen = QPen(colours("accent" if is_lit else "faint"), 1.5)
                if self._default is None:
                    pen.setStyle(Qt.PenStyle.DotLine)
                painter.setPen(pen)
                painter.drawEllipse(QRectF(x - 5.5, middle - 5.5, 11, 11))

    def _x_of(self, value: float) -> float:
        room = self.width() - 2 * _HANDLE
        return _HANDLE + self._scale.position(value) * room

    def _drag_to(self, x: float) -> None:
        room = max(1, self.width() - 2 * _HANDLE)
        value = self._scale.value((x - _HANDLE) / room)
        if value != self._number:
            self._number = value
            self._follow()
            self.moved.emit(value)

    def _step(self, steps: int) -> None:
        start = self.resting() if self._number is None else self._number
        self._settle(self._scale.stepped(start, steps))

    def _settle(self, value: float) -> None:
        if value != self._number:
            self._number = value
            self._follow()
            self.moved.emit(value)
            self.settled.emit(value)

    def _unset(self) -> None:
        if self._number is not None:
            self._number = None
            self._follow()
            self.unset.emit()

    def _follow(self) -> None:
        """Keeps what assistive technology reads in step with what is drawn."""
        place = 0.0 if self._number is None else self._scale.position(self._number)
        self.setSliderPosition(round(place * _TICKS))
        self.update()


def _track_colour(theme: Theme) -> QColor:
    """Between a line and an icon: to be seen on every ground, without asking for attention."""
    line, faint = theme.colour("line"), theme.colour("faint")
    share = 0.35
    return QColor(
        round(line.red() * (1 - share) + faint.red() * share),
        round(line.green() * (1 - share) + faint.green() * share),
        round(line.blue() * (1 - share) + faint.blue() * share),
    )
