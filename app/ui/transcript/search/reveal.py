"""Brings what a search found into view: lays out what it stands in, opens what hides it, scrolls to
it."""

from __future__ import annotations

from app.core.text.needle import Needle
from app.ui.transcript.blocks.block_item import BlockItem
from app.ui.transcript.blocks.letter_positions import position_in
from app.ui.transcript.interaction.folding import Folding
from app.ui.transcript.interaction.selection import Place
from app.ui.transcript.layout.column import Anchor
from app.ui.transcript.layout.message import FOOT, HEAD, MessageLayout
from app.ui.transcript.layout.row_groups import block_rows
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.search.searcher import ABOVE, ROWS, Match, Searchable, Searcher
from app.ui.transcript.sections.footer import Foot
from app.ui.transcript.sections.reasoning import ReasoningSection
from app.ui.transcript.sections.section import Stack
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

FROM_TOP = 1 / 3
"""Where in the view a match is put that was out of it."""
EDGE = 24
"""Px from either edge that do not count as in view."""


class Reveal:
    """Shows matches in one view. A part is numbered as the searcher does."""

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        folding: Folding,
    ) -> None:
        self._state = state
        self._column = state.column
        self._viewport = viewport
        self._position = position
        self._folding = folding

    def show_word(self, message_id: str, word: str) -> None:
        """Selects the first place of a word in a message and shows it, if the message shows one."""
        index = self._column.indexes.get(message_id)
        needle = Needle(word)
        if index is None or not needle:
            return
        layout, searcher = self._column.layouts[index], Searcher(needle)
        layout.build()
        for row in range(len(layout.rows)):
            if not searcher.row_count(layout.rows[row]):
                continue
            self.lay_out(index, ROWS + row)
            found = searcher.matches(layout, ROWS + row)
            if found:
                self.show(index, ROWS + row, found[0])
                self._select(index, row, found[0])
                return

    def lay_out(self, index: int, part: int) -> None:
        """Makes the blocks of a part, so that its matches are the true ones; unfolds it if need
        be."""
        layout, at = self._column.layouts[index], part - ROWS
        layout.settle(self._column.width)
        if not 0 <= at < len(layout.rows):
            return
        row = layout.rows[at]
        if row.is_hidden:
            self._folding.open(index, at)
            layout.settle(self._column.width)
        if row.width != layout.text_width:
            layout.heights.set(at, row.measure(layout.text_width, layout.style, layout.references))

    def show(self, index: int, part: int, match: Match) -> None:
        """Shows a match, a third below the top where it was out of view."""
        layout = self._column.layouts[index]
        self._position.stop_following()
        self._open(layout, part, match)
        self.lay_out(index, part)
        self._column.remeasure(index)
        inner, height = match_top(layout, part, match), self._viewport.height
        y = self._viewport.corner(index).y() + inner
        if EDGE <= y <= height - EDGE - layout.style.line_height:
            self._position.settle()
            return
        row = part - ROWS
        if not 0 <= row < len(layout.rows):
            row = HEAD if row < 0 else FOOT
        distance = int(height * FROM_TOP - inner) + layout.row_top(row)
        self._position.stay(Anchor(index, row, distance))

    def _open(self, layout: MessageLayout, part: int, match: Match) -> None:
        if isinstance(match.owner, ReasoningSection):
            if not match.owner.is_open:
                match.owner.is_open = True
                layout.invalidate()
        elif isinstance(match.owner, Foot):
            if match.owner.unfold(match.number):
                layout.invalidate()
        elif isinstance(match.owner, BlockItem) and match.owner.reveal(match.first, match.last):
            self._state.note_touched(layout)
            layout.invalidate_rows(block_rows(layout.rows, part - ROWS))

    def _select(self, index: int, row: int, match: Match) -> None:
        items = self._column.layouts[index].rows[row].items or []
        place = Place(index, row, next(at for at, item in enumerate(items) if item is match.owner))
        first, last = place._replace(position=match.first), place._replace(position=match.last)
        self._state.selection.select(first, last)
        self._viewport.update()


def match_top(layout: MessageLayout, part: int, match: Match) -> float:
    """How far below the top of its message a match stands, px."""
    owner = match.owner
    if isinstance(owner, ReasoningSection):
        return layout.gap + owner.text_top(match.first, layout.style)
    if isinstance(owner, BlockItem) and owner.document is not None:
        items = layout.rows[part - ROWS].items or []
        top = layout.row_top(part - ROWS) + layout.rows[part - ROWS].item_top(items.index(owner))
        return top + owner.origin().y() + position_in(owner.document, match.first).top()
    if isinstance(owner, Foot):
        return layout.foot_top + owner.text_top(match.number, match.first)
    stack, top = (
        (layout.above, layout.above_top) if part == ABOVE else (layout.below, layout.below_top)
    )
    return top + _section_top(stack, match)


def _section_top(stack: Stack, match: Match) -> int:
    top = 0
    for section in stack.sections:
        if section is match.owner and isinstance(section, Searchable):
            return top + section.text_top(match.number, match.first)
        top += section.height
    return top
