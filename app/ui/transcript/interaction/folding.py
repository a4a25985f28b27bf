"""Folds, unfolds and wraps code and foldable parts; a click, a key or a search asks for it."""

from __future__ import annotations

from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows, part_rows
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport


class Folding:
    """Folds and unfolds in one view."""

    def __init__(
        self, state: TranscriptState, viewport: Viewport, position: ScrollPosition
    ) -> None:
        self._state = state
        self._viewport = viewport
        self._position = position

    def open(self, index: int, row: int, item: int = 0) -> bool:
        """Unfolds the code at a place, or the parts around it; True when anything was folded."""
        layout = self._state.column.layouts[index]
        was_shut = self._open_parts(layout, row)
        state = self._block_state(layout, row, item)
        if state is None or not state.is_folded:
            return was_shut
        self._set(layout, row, state, is_unfolded=True)
        return True

    def toggle(self, layout: MessageLayout, row: int, item: int) -> None:
        """Folds or unfolds; a block that becomes shorter keeps its header in view."""
        state = self._block_state(layout, row, item)
        if state is None:
            return
        self._set(layout, row, state, is_unfolded=state.is_folded)
        if state.is_folded:
            self._bring_back(layout, row)

    def toggle_part(self, layout: MessageLayout, row: int) -> None:
        """Opens or closes the foldable part whose title a row is."""
        is_shut = layout.rows[row].is_shut
        self._set_part(layout, row, is_shut=not is_shut)
        if not is_shut:
            self._bring_back(layout, row)

    def _set_part(self, layout: MessageLayout, row: int, *, is_shut: bool) -> None:
        layout.rows[row].states.is_shut = is_shut
        self._lay_out(layout, part_rows(layout.rows, row))

    def wrap(self, layout: MessageLayout, row: int, item: CodeItem) -> None:
        """Breaks the long lines of a block of code, or lets them run on."""
        is_wrapped = not item.is_wrapped
        rows = block_rows(layout.rows, row)
        for part in rows:
            for other in layout.rows[part].items or ():
                if isinstance(other, CodeItem) and other.state is item.state:
                    other.set_wrapped(is_wrapped)
        self._lay_out(layout, rows)

    def _open_parts(self, layout: MessageLayout, row: int) -> bool:
        """Opens the parts in which a row is hidden, the outermost first."""
        shut = []
        owner = layout.rows[row].owner
        while owner is not None:
            shut += [owner] if owner.is_shut else []
            owner = owner.owner
        for part in reversed(shut):
            self._set_part(layout, layout.rows.index(part), is_shut=False)
        return bool(shut)

    def _set(
        self, layout: MessageLayout, row: int, state: BlockState, *, is_unfolded: bool
    ) -> None:
        state.is_unfolded = is_unfolded
        layout.rows[row].states.is_live = False
        self._lay_out(layout, block_rows(layout.rows, row))

    def _lay_out(self, layout: MessageLayout, rows: range) -> None:
        self._state.note_touched(layout)
        self._position.stop_following()
        layout.invalidate_rows(rows)
        self._position.settle()

    @staticmethod
    def _block_state(layout: MessageLayout, row: int, item: int) -> BlockState | None:
        items = layout.rows[row].items
        if items is None:
            return layout.rows[row].states.at(0) if layout.rows[row].is_hidden else None
        found = items[item] if item < len(items) else None
        return found.state if isinstance(found, CodeItem) else None

    def _bring_back(self, layout: MessageLayout, row: int) -> None:
        column = self._state.column
        first = block_rows(layout.rows, row)[0]
        top = column.top(column.indexes[layout.message.id]) + layout.row_top(first)
        if top < self._viewport.value:
            self._viewport.scroll_to(max(0, top - 8))
