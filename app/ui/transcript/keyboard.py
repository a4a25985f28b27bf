"""What the keys do in a transcript: scroll, walk between messages, press their buttons, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

_UPWARD = (Qt.Key.Key_PageUp, Qt.Key.Key_Home)
_SLIDES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
    Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class Keyboard:
    """The keys of one view."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key means; False when it means nothing here."""
        view = self._view
        if event.matches(QKeySequence.StandardKey.Copy):
            view.actions_here.copy_selection()
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            view.actions_here.select_all()
            return True
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and key not in (
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if key == Qt.Key.Key_Up:
                view.reading.stop_following()
            view.walk(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._run():
            return True
        if key in _SLIDES:
            if key in _UPWARD:
                view.reading.stop_following()
            if key == Qt.Key.Key_End:
                view.jump_to_end()
            view.verticalScrollBar().triggerAction(_SLIDES[Qt.Key(key)])
            return True
        if key == Qt.Key.Key_Escape and not view.selection.is_empty:
            view.selection.clear()
            view.viewport().update()
            return True
        return False

    def step(self, step: int) -> bool:
        """Moves between the buttons of the focused message; False at either end."""
        view = self._view
        if not 0 <= view.focused < len(view.column.sheets) or not view.hasFocus():
            return False
        stops = view.column.sheets[view.focused].focus_stops()
        following = view.focused_region + step
        if not -1 <= following < len(stops):
            view.focused_region = -1
            return False
        view.focused_region = following
        view.viewport().update()
        return True

    def _run(self) -> bool:
        view = self._view
        if not 0 <= view.focused < len(view.column.sheets):
            return False
        stops = view.column.sheets[view.focused].focus_stops()
        if not 0 <= view.focused_region < len(stops):
            return False
        view.actions_here.run(view.focused, stops[view.focused_region])
        return True
