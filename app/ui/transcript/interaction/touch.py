"""A finger on the transcript: a drag scrolls, or moves a wide block sideways; a tap clicks; a long
press selects a word and then goes on selecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTouchEvent

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

STILL = 12
"""Px a finger may tremble and still tap or hold."""


class Touch:
    """One finger over one view; two of them scroll, as Qt has it."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._start = QPointF()
        self._last = QPointF()
        self._is_moving = False
        self._is_across = False
        self._is_selecting = False
        self._hold = QTimer(view)
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
        view = self._view
        if not self._is_moving and (point - self._start).manhattanLength() > STILL:
            self._is_moving = True
            self._hold.stop()
            way = point - self._start
            self._is_across = abs(way.x()) > abs(way.y()) and view.mouse.horizontal_scroll.grip(
                self._start
            )
        if self._is_selecting:
            view.mouse.select_to(point)
        elif self._is_across:
            view.mouse.horizontal_scroll.drag(point)
        elif self._is_moving:
            moved = self._last.y() - point.y()
            if moved < 0:
                view.reading.stop_following()
            view.verticalScrollBar().setValue(view.verticalScrollBar().value() + round(moved))
        self._last = point

    def _tap(self, point: QPointF) -> None:
        if not self._is_moving and not self._is_selecting:
            for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                event = _mouse(kind, point, self._view)
                if kind == QEvent.Type.MouseButtonPress:
                    self._view.mouse.press(event)
                else:
                    self._view.mouse.release(event)
        self._end()

    def _end(self) -> None:
        self._hold.stop()
        self._is_moving = self._is_across = self._is_selecting = False
        self._view.mouse.horizontal_scroll.release()

    def _on_held(self) -> None:
        self._is_selecting = self._view.mouse.select_word(self._start)


def _mouse(kind: QEvent.Type, point: QPointF, view: TranscriptView) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    held = left if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    place = QPointF(view.viewport().mapToGlobal(point.toPoint()))
    return QMouseEvent(kind, point, place, left, held, Qt.KeyboardModifier.NoModifier)
