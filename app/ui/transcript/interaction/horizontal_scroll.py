"""Moves wide code, tables and formulas sideways: by the wheel, by their thin bar, by the keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.block_actions import block_item_at
from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.inline_scroll_bar import BAR_COMMAND, scroll_for
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

STEP = 60
"""Px for one press of a key."""


class HorizontalScroll:
    """Sideways movement in one view."""

    def __init__(self, state: TranscriptState, viewport: Viewport, hit_test: HitTest) -> None:
        self._state = state
        self._viewport = viewport
        self._hit_test = hit_test
        self._held: BlockState | None = None
        self._is_gripped = False
        self._from = 0.0
        self._was = 0
        self._width = 1.0

    def wheel(self, event: QWheelEvent) -> bool:
        """Moves the block under the pointer; False when the wheel is not meant for it."""
        delta = event.pixelDelta().x() or event.angleDelta().x() // 2
        if not delta and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            delta = event.pixelDelta().y() or event.angleDelta().y() // 2
        state = self._state_at(event.position()) if delta else None
        if state is None or not state.room:
            return False
        self._move(state, state.offset - delta)
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Left and right move the block whose button has the keyboard."""
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        state = self._focused()
        if state is None or not state.room:
            return False
        self._move(state, state.offset + step)
        return True

    def press(self, index: int, region: HitRegion, point: QPointF) -> bool:
        """Takes hold of a bar; False when the region is none."""
        if region.command != BAR_COMMAND or region.place is None:
            return False
        item = block_item_at(self._state.column.layouts[index], *region.place)
        if item is not None and item.state is not None:
            self._held, self._from, self._was = item.state, point.x(), item.state.offset
            self._width = item.bar_width
        return True

    def grip(self, point: QPointF) -> bool:
        """Takes hold of the block itself at a place; False when none there can be moved."""
        state = self._state_at(point)
        if state is None or not state.room:
            return False
        self._held, self._from, self._was, self._is_gripped = state, point.x(), state.offset, True
        return True

    def drag(self, point: QPointF) -> bool:
        """Moves the bar or the block that is held; False when none is."""
        if self._held is None:
            return False
        moved = round(self._from - point.x())
        if not self._is_gripped:
            moved = scroll_for(point.x() - self._from, self._width, self._held)
        self._move(self._held, self._was + moved)
        return True

    def release(self) -> None:
        """Lets go."""
        self._held, self._is_gripped = None, False

    def _move(self, state: BlockState, wanted: int) -> None:
        state.scroll = max(0, min(wanted, state.room))
        self._viewport.update()

    def _state_at(self, point: QPointF) -> BlockState | None:
        place = self._hit_test.place_at(point)
        if place is None or self._hit_test.message_at(point.toPoint()) != place.layout:
            return None
        item = block_item_at(self._state.column.layouts[place.layout], place.row, place.item)
        return item.state if item is not None else None

    def _focused(self) -> BlockState | None:
        layout, region = self._state.focused_layout(), self._state.focused_stop()
        if layout is None or region is None:
            return None
        item = block_item_at(layout, *region.place) if region.place is not None else None
        return item.state if item is not None else None
