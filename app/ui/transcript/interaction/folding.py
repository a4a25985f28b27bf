"""Folded code: opened by a click, a key or a search, and remembered while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.render.splitting.chunk import Kind
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.layout.block_state import BlockState, RowStates
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows, part_rows

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView


class Folding:
    """What is folded in one view."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._touched: dict[str, dict[int, RowStates]] = {}

    def states_of(self, message_id: str) -> dict[int, RowStates]:
        """What the reader did to the blocks of a message before, or a new empty record."""
        return self._touched.get(message_id, {})

    def note_touched(self, layout: MessageLayout) -> None:
        """The reader changed a block of a message, or saw it grow: its blocks are as they were when
        the conversation is left and shown again, so that the place in it is the same."""
        self._touched[layout.message.id] = layout.states

    def open(self, index: int, row: int, item: int = 0) -> bool:
        """Unfolds the code at a place, or the parts around it; True when anything was folded."""
        layout = self._view.column.layouts[index]
        was_shut = self._open_parts(layout, row)
        state = self._state(layout, row, item)
        if state is None or not state.is_folded:
            return was_shut
        self._set(layout, row, state, is_unfolded=True)
        return True

    def toggle(self, layout: MessageLayout, row: int, item: int) -> None:
        """Folds or unfolds; a block that becomes shorter keeps its header in view."""
        state = self._state(layout, row, item)
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
        self.note_touched(layout)
        self._view.reading.stop_following()
        layout.invalidate_rows(part_rows(layout.rows, row))
        self._view.settle()

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

    def open_all(self) -> None:
        """Unfolds all code and all parts of the messages that were looked at."""
        for layout in self._view.column.layouts.made():
            for row, found in enumerate(layout.rows):
                if found.is_shut:
                    self._set_part(layout, row, is_shut=False)
                states = [p.state for p in found.items or () if isinstance(p, CodeItem)]
                if found.chunk.kind is Kind.CODE:
                    states = [found.states.at(0)]
                for state in states:
                    if state.is_folded:
                        self._set(layout, row, state, is_unfolded=True)

    def _set(
        self, layout: MessageLayout, row: int, state: BlockState, *, is_unfolded: bool
    ) -> None:
        state.is_unfolded = is_unfolded
        layout.rows[row].states.is_live = False
        self.note_touched(layout)
        self._view.reading.stop_following()
        layout.invalidate_rows(block_rows(layout.rows, row))
        self._view.settle()

    def _state(self, layout: MessageLayout, row: int, item: int) -> BlockState | None:
        items = layout.rows[row].items
        if items is None:
            return layout.rows[row].states.at(0) if layout.rows[row].is_hidden else None
        found = items[item] if item < len(items) else None
        return found.state if isinstance(found, CodeItem) else None

    def _bring_back(self, layout: MessageLayout, row: int) -> None:
        view = self._view
        bar = view.verticalScrollBar()
        index = view.column.indexes[layout.message.id]
        first = block_rows(layout.rows, row)[0]
        top = view.column.top(index) + layout.row_top(first)
        if top < bar.value():
            bar.setValue(max(0, top - 8))
