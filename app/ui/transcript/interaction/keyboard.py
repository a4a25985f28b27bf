"""What the keys do in a transcript: scroll, walk between messages, press their buttons, read,
copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider

from app.ui.transcript.interaction.keyboard_selection import KeyboardSelection

if TYPE_CHECKING:
    from app.ui.transcript.layout.message import MessageLayout
    from app.ui.transcript.view import TranscriptView

READ = "message.read"
"""The command that opens a message in the reader."""
_UPWARD = (Qt.Key.Key_PageUp, Qt.Key.Key_Home)
_SLIDES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
    Qt.Key.Key_Space: QAbstractSlider.SliderAction.SliderPageStepAdd,
}
_ENTERING = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Keyboard:
    """The keys of one view."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._selection = KeyboardSelection(view)

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key means; False when it means nothing here."""
        view = self._view
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
                view.reading.stop_following()
            view.walk(-1 if key == Qt.Key.Key_Up else 1)
            return True
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (is_enter or key == Qt.Key.Key_Space) and self._run():
            return True
        if is_enter and view.focused_message():
            view.command_requested.emit(READ, view.focused_message())
            return True
        if key in _SLIDES:
            self._slide(Qt.Key(key))
            return True
        if key == Qt.Key.Key_Escape and not view.selection.is_empty:
            view.selection.clear()
            view.viewport().update()
            return True
        return False

    def step(self, step: int) -> bool:
        """Moves between the buttons of the focused message; False at either end."""
        view = self._view
        if not 0 <= view.focused < len(view.column.layouts) or not view.hasFocus():
            return False
        stops = view.column.layouts[view.focused].focus_stops()
        following = view.focused_region + step
        if not -1 <= following < len(stops):
            view.focused_region = -1
            return False
        view.focused_region = following
        self._show_stop()
        view.accessibility_events.ring_moved()
        view.viewport().update()
        return True

    def enter(self, reason: Qt.FocusReason) -> None:
        """The keyboard comes here: the ring goes to the last message in view."""
        view = self._view
        if reason in _ENTERING and view.focused < 0 and view.column.layouts:
            view.focused = self._seen(is_last=True)
        view.accessibility_events.ring_moved()

    def menu_place(self, event: QContextMenuEvent) -> tuple[int, QPoint]:
        """(message, place on the screen) of a menu: at the ring when a key asked for it."""
        view = self._view
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            return view.mouse.layout_under(event.pos()), event.globalPos()
        if not 0 <= view.focused < len(view.column.layouts):
            return -1, view.viewport().mapToGlobal(QPoint(0, 0))
        layout, x, y = self._corner()
        stops = layout.focus_stops()
        if 0 <= view.focused_region < len(stops):
            corner = stops[view.focused_region].rect.bottomLeft().toPoint()
            x, y = x + corner.x(), y + corner.y()
        y = max(0, min(y, view.viewport().height()))
        return view.focused, view.viewport().mapToGlobal(QPoint(x, y))

    def _slide(self, key: Qt.Key) -> None:
        view = self._view
        if key in _UPWARD:
            view.reading.stop_following()
        if key == Qt.Key.Key_End:
            view.jump_to_end()
        view.verticalScrollBar().triggerAction(_SLIDES[key])
        if view.focused < 0:
            return
        seen = self._seen(is_last=False), self._seen(is_last=True)
        if key == Qt.Key.Key_Home:
            wanted = 0
        elif key == Qt.Key.Key_End:
            wanted = len(view.column.layouts) - 1
        else:
            wanted = max(seen[0], min(view.focused, seen[1]))
        if wanted != view.focused:
            view.focused, view.focused_region = wanted, -1
            view.accessibility_events.ring_moved()
            view.viewport().update()

    def _seen(self, *, is_last: bool) -> int:
        """The first or last message in view."""
        view = self._view
        value, height = view.verticalScrollBar().value(), view.viewport().height()
        index = view.column.at(value + (height - 1 if is_last else 0))
        return min(index, len(view.column.layouts) - 1)

    def _corner(self) -> tuple[MessageLayout, int, int]:
        """(message, x, y) of the message with the ring, in the viewport."""
        view = self._view
        top = view.column.top(view.focused) - view.verticalScrollBar().value()
        left = view.column.left(view.viewport().width())
        return view.column.layouts[view.focused], left, top

    def _show_stop(self) -> None:
        """Scrolls as far as needed to see the button with the ring."""
        view = self._view
        if view.focused_region < 0:
            return
        layout, _, y = self._corner()
        rect = layout.focus_stops()[view.focused_region].rect.translated(0, y)
        bar, height = view.verticalScrollBar(), view.viewport().height()
        if rect.top() < 0:
            view.reading.stop_following()
            bar.setValue(bar.value() + int(rect.top()) - 8)
        elif rect.bottom() > height:
            bar.setValue(bar.value() + int(rect.bottom()) - height + 8)

    def _run(self) -> bool:
        view = self._view
        if not 0 <= view.focused < len(view.column.layouts):
            return False
        stops = view.column.layouts[view.focused].focus_stops()
        if not 0 <= view.focused_region < len(stops):
            return False
        view.actions_here.run(view.focused, stops[view.focused_region])
        return True
