"""The focus ring of a transcript: it goes from message to message, and inside one from button to
button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from app.ui.transcript.accessibility.events import AccessibilityEvents
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import NOWHERE, TranscriptState
from app.ui.transcript.viewport import Viewport

_ENTERING = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing:
    """Moves the ring of one view, and what is in view with it."""

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        accessibility: AccessibilityEvents,
    ) -> None:
        self._state = state
        self._viewport = viewport
        self._position = position
        self._accessibility = accessibility

    def walk(self, step: int) -> None:
        """Goes on by messages; without a ring it begins with one that is in view."""
        state, viewport = self._state, self._viewport
        count = len(state.column.layouts)
        if not count:
            return
        if state.focused < 0:
            index = viewport.last_in_view() if step < 0 else viewport.first_in_view()
        else:
            index = state.focused + step
        self.move_to(max(0, min(index, count - 1)))

    def move_to(self, index: int, *, at_top: bool = False) -> None:
        """Goes to a message and brings it into view."""
        self._state.focus(index)
        self._position.bring(index, at_top=at_top)
        self._tell()

    def step(self, step: int) -> bool:
        """Goes on between the buttons of the message; False at either end."""
        state = self._state
        layout = state.focused_layout()
        if layout is None or not self._viewport.has_focus:
            return False
        following = state.focused_region + step
        if not NOWHERE <= following < len(layout.focus_stops()):
            state.focused_region = NOWHERE
            return False
        state.focused_region = following
        self._show_stop()
        self._tell()
        return True

    def enter(self, reason: Qt.FocusReason) -> None:
        """The keyboard comes here: the ring goes to the last message in view."""
        state = self._state
        if reason in _ENTERING and state.focused < 0 and state.column.layouts:
            state.focused = self._viewport.last_in_view()
        self._tell()

    def follow_scrolling(self, key: Qt.Key) -> None:
        """A key has scrolled: the ring goes to the end it led to, or stays in view."""
        state, viewport = self._state, self._viewport
        if state.focused < 0:
            return
        if key == Qt.Key.Key_Home:
            wanted = 0
        elif key == Qt.Key.Key_End:
            wanted = len(state.column.layouts) - 1
        else:
            first, last = viewport.first_in_view(), viewport.last_in_view()
            wanted = max(first, min(state.focused, last))
        if wanted != state.focused:
            state.focus(wanted)
            self._tell()

    def menu_place(self) -> tuple[int, QPoint]:
        """(message, place on the screen) of a menu that a key asked for."""
        state, viewport = self._state, self._viewport
        if state.focused_layout() is None:
            return NOWHERE, viewport.to_global(QPoint(0, 0))
        corner = viewport.corner(state.focused)
        if (stop := state.focused_stop()) is not None:
            corner += stop.rect.bottomLeft().toPoint()
        corner.setY(max(0, min(corner.y(), viewport.height)))
        return state.focused, viewport.to_global(corner)

    def _show_stop(self) -> None:
        """Scrolls as far as needed to see the button with the ring."""
        state, viewport = self._state, self._viewport
        stop = state.focused_stop()
        if stop is None:
            return
        rect, height = stop.rect.translated(0, viewport.corner(state.focused).y()), viewport.height
        if rect.top() < 0:
            self._position.stop_following()
            viewport.scroll_by(int(rect.top()) - 8)
        elif rect.bottom() > height:
            viewport.scroll_by(int(rect.bottom()) - height + 8)

    def _tell(self) -> None:
        self._accessibility.focus_moved()
        self._viewport.update()
