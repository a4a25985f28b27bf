"""A finger on the transcript: a drag scrolls, or moves a wide block sideways; a tap clicks; a long
press selects a word and then goes on selecting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTouchEvent

from app.ui.transcript.interaction.horizontal_scroll import HorizontalScroll
from app.ui.transcript.interaction.mouse import Mouse
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.viewport import Viewport

STILL = 12
"""Px a finger may tremble and still tap or hold."""


class Touch:
    """One finger over one view; two of them scroll, as Qt has it."""

    def __init__(
        self,
        viewport: Viewport,
        position: ScrollPosition,
        mouse: Mouse,
        horizontal_scroll: HorizontalScroll,
    ) -> None:
        self._viewport = viewport
        self._position = position
        self._mouse = mouse
        self._horizontal_scroll = horizontal_scroll
        self._start = QPointF()
        self._last = QPointF()
        self._is_moving = False
        self._is_across = False
        self._is_selecting = False
        self._hold = QTimer(viewport.area)
        self._hold.setSingleShot(True)
        self._hold.setInterval(QGuiApplication.styleHints().mousePressAndHoldInterval())
        self._hold.timeout.connect(self._on_held)

    def take(self, event: QEvent) -> bool:
        """Does what a touch means; False for every other event."""
        if not isinstance(event, QTouchEvent):
            return False
        points = event.points()
        if len(points) != 1:
            self._end()
            event.accept()
            return True
        point = points[0].position()
        match event.type():
            case QEvent.Type.TouchBegin:
                self._begin(point)
            case QEvent.Type.TouchUpdate:
                self._move(point)
            case QEvent.Type.TouchEnd:
                self._tap(point)
            case QEvent.Type.TouchCancel:
                self._end()
            case _:
                return False
        event.accept()
        return True

    def _begin(self, point: QPointF) -> None:
        self._start = self._last = point
        self._is_moving = self._is_selecting = False
        self._hold.start()

    def _move(self, point: QPointF) -> None:
        if not self._is_moving and (point - self._start).manhattanLength() > STILL:
            self._is_moving = True
            self._hold.stop()
            way = point - self._start
            is_level = abs(way.x()) > abs(way.y())
            self._is_across = is_level and self._horizontal_scroll.grip(self._start)
        if self._is_selecting:
            self._mouse.select_to(point)
        elif self._is_across:
            self._horizontal_scroll.drag(point)
        elif self._is_moving:
            moved = self._last.y() - point.y()
            if moved < 0:
                self._position.stop_following()
            self._viewport.scroll_by(round(moved))
        self._last = point

    def _tap(self, point: QPointF) -> None:
        if not self._is_moving and not self._is_selecting:
            self._mouse.press(self._mouse_event(QEvent.Type.MouseButtonPress, point))
            self._mouse.release(self._mouse_event(QEvent.Type.MouseButtonRelease, point))
        self._end()

    def _end(self) -> None:
        self._hold.stop()
        self._is_moving = self._is_across = self._is_selecting = False
        self._horizontal_scroll.release()

    def _on_held(self) -> None:
        self._is_selecting = self._mouse.select_word(self._start)

    def _mouse_event(self, kind: QEvent.Type, point: QPointF) -> QMouseEvent:
        left = Qt.MouseButton.LeftButton
        held = left if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        place = QPointF(self._viewport.to_global(point.toPoint()))
        return QMouseEvent(kind, point, place, left, held, Qt.KeyboardModifier.NoModifier)
