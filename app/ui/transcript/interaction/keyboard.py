"""What the keys do in a transcript: scroll, walk between messages, press their buttons, read,
copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider

from app.ui.transcript.interaction.actions import MessageActions
from app.ui.transcript.interaction.focus_ring import FocusRing
from app.ui.transcript.interaction.keyboard_selection import KeyboardSelection
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

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

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        focus_ring: FocusRing,
        actions: MessageActions,
        selection: KeyboardSelection,
    ) -> None:
        self._state = state
        self._viewport = viewport
        self._position = position
        self._focus_ring = focus_ring
        self._actions = actions
        self._selection = selection

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key means; False when it means nothing here."""
        state = self._state
        if self._selection.press(event):
            return True
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and key not in (
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if key == Qt.Key.Key_Up:
                self._position.stop_following()
            self._focus_ring.walk(-1 if key == Qt.Key.Key_Up else 1)
            return True
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (is_enter or key == Qt.Key.Key_Space) and self._press_button():
            return True
        if is_enter and (message_id := state.focused_message()):
            self._actions.read(message_id)
            return True
        if key in _SLIDES:
            self._scroll(Qt.Key(key))
            return True
        if key == Qt.Key.Key_Escape and not state.selection.is_empty:
            state.selection.clear()
            self._viewport.update()
            return True
        return False

    def _scroll(self, key: Qt.Key) -> None:
        if key in _UPWARD:
            self._position.stop_following()
        if key == Qt.Key.Key_End:
            self._position.jump_to_end()
        self._viewport.bar.triggerAction(_SLIDES[key])
        self._focus_ring.follow_scrolling(key)

    def _press_button(self) -> bool:
        """Presses the button with the ring; False where there is none."""
        stop = self._state.focused_stop()
        if stop is None:
            return False
        self._actions.run(self._state.focused, stop)
        return True
