"""One message laid out: its reasoning, the rows of its text, and its footer. Only the rows that
are seen are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRectF

from app.core.conversations.conversation import Message, MessageState, Role
from app.core.conversations.message_tree import SiblingPlace
from app.render.splitting.chunk import Chunk
from app.render.splitting.plain_splitter import PlainSplitter
from app.render.splitting.splitter import Splitter
from app.render.splitting.typed_splitter import TypedSplitter
from app.ui.transcript.blocks.block_item import Canvas, HitRegion, Selection
from app.ui.transcript.layout.block_state import RowStates
from app.ui.transcript.layout.height_index import HeightIndex
from app.ui.transcript.layout.row_groups import hide_shut, recall
from app.ui.transcript.layout.rows import ChunkRow
from app.ui.transcript.painting.lines import draw_box
from app.ui.transcript.painting.row_cache import RowCache, paint_rows
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.context_limit import context_limit_height, paint_context_limit
from app.ui.transcript.sections.footer import foot_of
from app.ui.transcript.sections.reasoning import ReasoningSection
from app.ui.transcript.sections.section import ABOVE, BELOW, NOTHING, Stack
from app.ui.transcript.table.shared_header import SharedHeaders

BUBBLE_SHARE = 0.77
BUBBLE_X = 14
BUBBLE_Y = 10
BUBBLE_RADIUS = 14
LIKELY_WIDTH = 600
"""Px of a line as long as the width is not known."""
HEAD, FOOT = -1, -2
"""Stand for a row in a place: what is above the first and below the last."""

Selections = Mapping[int, Mapping[int, Selection]]
"""Row → block → what is selected in it."""


class MessageLayout:
    """A message in the view. Heights and places in px, `y` from the message's top."""

    def __init__(self, message: Message, place: SiblingPlace, style: Style) -> None:
        self.message = message
        self.style = style
        self.rows: list[ChunkRow] = []
        self.heights = HeightIndex()
        self.is_built = False
        self.is_first_read = False
        """Whether the model sees this message and none above it."""
        self.reasoning = ReasoningSection(message.id, style.opened)
        self.foot = foot_of(message, place)
        self.above = self.below = NOTHING
        self.references: dict[str, Any] = {}
        """The definitions of links in its text."""
        self.states: dict[int, RowStates] = {}
        """What the reader did to its blocks, by the row each begins in."""
        self._headers = SharedHeaders()
        self.width = 0
        self.text_width = 0
        self._bubble_width = 0
        self._splitter: Splitter | PlainSplitter | TypedSplitter | None = None
        self.is_plain = self.is_user
        """Whether it is shown as it was written, and not as it is meant."""
        self._open = 0
        self._guess = 0
        self._text: list[str] = []

    @property
    def is_user(self) -> bool:
        """Whether it is drawn as a bubble."""
        return self.message.role is Role.USER

    @property
    def is_typed(self) -> bool:
        """Whether it is shown just as a person typed it, but for code between fences."""
        return self.is_user and self.is_plain

    # --- content

    def _cut_by(self) -> Splitter | PlainSplitter | TypedSplitter:
        if not self.is_plain:
            return Splitter()
        return TypedSplitter() if self.is_user else PlainSplitter()

    def build(self) -> None:
        """Cuts the text into rows; asked for when the message comes near the view."""
        if self.is_built:
            return
        self.is_built = True
        message = self.message
        self.reasoning.set_message(message)
        self.foot.has_text = bool(message.text or message.reasoning)
        self.rows, self.heights = [], HeightIndex()
        self._open = 0
        text = message.text
        self._text = [text]
        splitter = self._splitter = self._cut_by()
        if message.state is not MessageState.WRITING:
            self._splitter = None
            self._take(splitter.feed(text) + splitter.finish(), [])
        elif text:
            self._take(splitter.feed(text), splitter.tail())

    def feed(self, text: str) -> None:
        """More of an answer that is being written."""
        self.build()
        self._text.append(text)
        self.foot.has_text = True
        self.reasoning.note_answer()
        if self._splitter is None:
            self._splitter = self._cut_by()
        self._take(self._splitter.feed(text), self._splitter.tail())
        self.invalidate()

    def rebuild_with(self, text: str) -> None:
        """Starts the rows anew from another text that is still growing."""
        self.is_built = True
        self.rows, self.heights, self._open = [], HeightIndex(), 0
        self._text = []
        self._splitter = self._cut_by()
        self.foot.has_text = False
        if text:
            self.feed(text)
        self.invalidate()

    def show_as_text(self, is_plain: bool) -> None:
        """Shows what was written, letter by letter, or what it means."""
        self.is_plain = is_plain
        self.is_built = False
        self.invalidate()
        if self.message.state is MessageState.WRITING:
            self.rebuild_with(self.text_so_far)
        self.build()

    @property
    def text_so_far(self) -> str:
        """What has arrived of an answer that is being written."""
        return "".join(self._text)

    def think(self, text: str) -> None:
        """More of what the model thinks."""
        self.build()
        self.reasoning.add(text)
        self.reasoning.is_live = not self.rows
        self.foot.has_text = True
        self.invalidate()

    def set_message(self, message: Message, place: SiblingPlace | None = None) -> None:
        """A new state of the message: its end, an edit, another provenance."""
        self.message = message
        self.foot.message = message
        if place is not None:
            self.foot.place = place
        self.invalidate()
        if not self.is_built:
            return
        self.reasoning.set_message(message)
        if "".join(self._text) != message.text:
            self.is_built = False
            self.build()
        elif message.state is not MessageState.WRITING and self._splitter is not None:
            self._take(self._splitter.finish(), [])
            self._splitter = None
        self.foot.has_text = bool(message.text or message.reasoning)

    def _take(self, closed: list[Chunk], tail: list[Chunk]) -> None:
        start = len(self.rows) - self._open
        if not closed and self._splitter is not None and not tail and self._open:
            return
        for index, chunk in enumerate((*closed, *tail), start):
            is_open = index >= start + len(closed)
            if not is_open and "]:" in chunk.source:
                self._define(chunk)
            if index < len(self.rows):
                self.rows[index].change(chunk, is_open=is_open)
            else:
                colour = "bubble" if self.is_user else "text"
                row = ChunkRow(chunk, is_open=is_open, colour=colour, headers=self._headers)
                row.is_first = index == 0
                self.rows.append(row)
            recall(self.rows, self.states, index, is_live=self._splitter is not None)
            hide_shut(self.rows, self.heights, index)
            if index >= len(self.heights):
                self.heights.append(self._guess_of(self.rows[index]))
        while len(self.rows) > start + len(closed) + len(tail):
            self.rows.pop()
            self.heights.pop()
        self._open = len(tail)

    def _define(self, chunk: Chunk) -> None:
        from app.render.markdown.parser import definitions, joined

        references = joined(self.references, definitions(chunk.source))
        if references != self.references:
            self.references = references
            for row in self.rows:
                if "[" in row.chunk.source:
                    row.release()

    def release(self, style: Style) -> None:
        """Everything is to be made anew: another theme."""
        is_resized = style.zoom != self.style.zoom
        self.style = style
        self.invalidate()
        self._headers.clear()
        self.reasoning.forget_documents()
        for row in self.rows:
            row.release()
        if is_resized:
            self.heights = HeightIndex(map(self._guess_of, self.rows))

    def invalidate(self) -> None:
        """It is laid out anew when it is seen next."""
        self.width = 0

    def invalidate_rows(self, indexes: range) -> None:
        """Rows are laid out anew when they are seen next: their code was folded or wrapped."""
        for index in indexes:
            self.rows[index].invalidate()
            self.heights.set(index, self._guess_of(self.rows[index]))
        self.invalidate()

    # --- geometry

    @property
    def gap(self) -> int:
        """What stays free above, px."""
        line = context_limit_height(self.style) if self.is_first_read else 0
        return line + self.style.px(12 if self.is_user else 2)

    @property
    def body_top(self) -> int:
        """Where the first row begins."""
        return self.above_top + self.above.height

    @property
    def above_top(self) -> int:
        """Where what stands above the text begins."""
        top = self.gap + self.reasoning.height
        return top + (self.style.px(BUBBLE_Y) if self.is_user else 0)

    @property
    def below_top(self) -> int:
        """Where what stands below the text begins."""
        bottom = self.body_top + self.heights.total
        return bottom + (self.style.px(BUBBLE_Y + 2) if self.is_user else 0)

    @property
    def foot_top(self) -> int:
        """Where the foot begins."""
        bottom = self.below_top + self.below.height
        is_apart = not self.is_user and (self.rows or self.below.sections)
        return bottom + (self.style.px(6) if is_apart else 0)

    @property
    def open_top(self) -> int:
        """Where the rows begin that still change."""
        return self.row_top(len(self.rows) - self._open) if self.is_built else 0

    @property
    def height(self) -> int:
        """The whole height as far as it is known."""
        if not self.is_built or not self.width:
            return self._guess or self.guess(self.style.px(700))
        return self.foot_top + self.foot.height

    def guess(self, width: int) -> int:
        """A likely height before anything was looked at."""
        text = self.message.text
        inner = width * BUBBLE_SHARE if self.is_user else width
        across = max(20, int(inner / max(1, self.style.px(7))))
        lines = text.count("\n") + len(text) // across + 1
        self._guess = lines * self.style.line_height + self.style.px(70)
        return self._guess

    def _guess_of(self, row: ChunkRow) -> int:
        return row.guess(self.text_width or LIKELY_WIDTH, self.style)

    def settle(self, width: int) -> bool:
        """Lays out head and foot for a width; True when something changed."""
        self.build()
        if self.width == width:
            return False
        before = self.height
        self.width = width
        self.text_width = width
        if self.is_user:
            self.text_width = int(width * BUBBLE_SHARE) - 2 * self.style.px(BUBBLE_X)
        self.reasoning.layout(width, self.style)
        self.foot.layout(width, self.style)
        if self.above is NOTHING:
            self.above, self.below = Stack(ABOVE), Stack(BELOW)
        for stack, across in ((self.above, self.text_width), (self.below, width)):
            stack.set_message(self.message)
            stack.layout(across, self.style)
        if self.is_user:
            self._settle_bubble()
        self._guess = self.height
        return self.height != before

    def _settle_bubble(self) -> None:
        widest = 0.0
        if len(self.rows) <= 8:
            for index, row in enumerate(self.rows):
                if row.width != self.text_width:
                    tall = row.measure(self.text_width, self.style, self.references)
                    self.heights.set(index, tall)
                widest = max(widest, row.natural_width())
        else:
            widest = self.text_width
        widest = max(widest, self.above.natural_width)
        inner = min(self.text_width, int(widest) + 2)
        self._bubble_width = inner + 2 * self.style.px(BUBBLE_X)
        is_free = self.message.text.isascii() and not any(row.is_stretched for row in self.rows)
        if inner < self.text_width and not is_free:
            # What is set from the right and what is stretched keeps to the right edge of its width.
            self.text_width = inner
            for index, row in enumerate(self.rows):
                self.heights.set(index, row.measure(inner, self.style, self.references))

    def measure(self, top: int, bottom: int, seen: Callable[[ChunkRow], None]) -> bool:
        """Makes the rows between two heights and settles them; True when a height changed."""
        changed = False
        if not self.rows:
            return False
        above = self.body_top
        index = self.heights.find(max(0, top - above))
        at = self.heights.top(index)
        while index < len(self.rows) and at < bottom - above:
            row = self.rows[index]
            if row.width != self.text_width:
                tall = row.measure(self.text_width, self.style, self.references)
                changed |= bool(self.heights.set(index, tall))
            seen(row)
            at += self.heights[index]
            index += 1
        self._guess = self.height
        return changed

    @property
    def text_left(self) -> int:
        """Where rows begin, from the column's left."""
        if not self.is_user:
            return 0
        return self.width - self._bubble_width + self.style.px(BUBBLE_X)

    def row_at(self, y: int) -> int:
        """The row at a height, or HEAD or FOOT."""
        if not self.rows or y < self.body_top:
            return HEAD
        if y >= self.body_top + self.heights.total:
            return FOOT
        return self.heights.find(y - self.body_top)

    def row_top(self, index: int) -> int:
        """Where a row, HEAD or FOOT begins."""
        if index == HEAD:
            return 0
        if index == FOOT or index >= len(self.rows):
            return self.foot_top
        return self.body_top + self.heights.top(index)

    # --- drawing

    def paint(
        self,
        canvas: Canvas,
        x: int,
        y: int,
        *,
        is_active: bool,
        selections: Selections | None,
        row_cache: RowCache | None = None,
    ) -> None:
        """Draws the visible part at a place of the viewport; rows that change no more from their
        pictures in `row_cache`."""
        canvas.is_active, canvas.ground = is_active, "bubble" if self.is_user else "background"
        if self.is_first_read:
            paint_context_limit(canvas, x, y, self.width)
        if self.is_user:
            self._paint_bubble(canvas, x, y)
        self.reasoning.paint(canvas, x, y + self.gap)
        self.above.paint(canvas, x + self.text_left, y + self.above_top)
        left, top = x + self.text_left, y + self.body_top
        cache = None if self.is_user else row_cache  # no picture has a bubble behind it
        paint_rows(self.rows, self.heights, canvas, left, top, selections or {}, cache)
        self.below.paint(canvas, x, y + self.below_top)
        foot = y + self.foot_top
        if foot < canvas.bottom and foot + self.foot.height > canvas.top:
            self.foot.paint(canvas, x, foot, is_active=is_active)

    def _paint_bubble(self, canvas: Canvas, x: int, y: int) -> None:
        style = self.style
        top = y + self.gap
        bottom = y + self.body_top + self.heights.total + style.px(BUBBLE_Y)
        left = x + self.width - self._bubble_width
        line = style.colour("line") if style.theme.is_high_contrast else None
        shown_top, shown_bottom = max(top, canvas.top - 40), min(bottom, canvas.bottom + 40)
        rect = QRectF(left, shown_top, self._bubble_width, shown_bottom - shown_top)
        draw_box(canvas.painter, rect, BUBBLE_RADIUS, line, style.colour("bubble"))

    # --- places

    def regions(self, y: int | None = None) -> list[HitRegion]:
        """What can be clicked; with a height only around it."""
        found = [r.moved(0, self.gap) for r in self.reasoning.regions(self.style)]
        indexes = range(len(self.rows)) if y is None else [self.row_at(y)]
        for index in indexes:
            if index in (HEAD, FOOT) or self.rows[index].items is None:
                continue
            found += self.rows[index].regions(self.text_left, self.row_top(index), index)
        found += [r.moved(self.text_left, self.above_top) for r in self.above.regions(self.style)]
        found += [r.moved(0, self.below_top) for r in self.below.regions(self.style)]
        found += [r.moved(0, self.foot_top) for r in self.foot.regions(self.style)]
        return found

    def focus_stops(self) -> list[HitRegion]:
        """Where Tab stops inside the message."""
        return [region for region in self.regions() if region.is_action]
