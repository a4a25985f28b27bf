"""The column of messages: where each stands, and how the view keeps its place while guesses become
true."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from app.core.conversations.conversation import Message, MessageState
from app.ui.transcript.layout.height_index import HeightIndex
from app.ui.transcript.layout.lazy_layouts import LazyLayouts, MakeLayout, Places
from app.ui.transcript.layout.message import FOOT, HEAD, MessageLayout
from app.ui.transcript.layout.message_index import MessageIndex
from app.ui.transcript.layout.rows import ChunkRow
from app.ui.transcript.painting.highlights import Marks
from app.ui.transcript.painting.style import COLUMN, COLUMN_MARGIN, Style

TOP = 8
BOTTOM = 20
MOST_ROWS = 64
"""Rows whose documents are kept, or twice those in view; the ones seen longest ago are let go."""

MOST_TURNS = 12
"""How often what is in view is measured again because something changed; not counted are the turns
in which a message was cut into rows for the first time."""


class Anchor:
    """A row that stays where it is: the indexes of its message and of itself, and its distance
    from the view's top, px."""

    __slots__ = ("distance", "message", "row")

    def __init__(self, message: int, row: int, distance: int) -> None:
        self.message = message
        self.row = row
        self.distance = distance


class Column:
    """All messages of a branch. Places in px from the top of the content."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.layouts = LazyLayouts()
        self.indexes = MessageIndex()
        self._heights = HeightIndex()
        self._recent: OrderedDict[ChunkRow, None] = OrderedDict()
        self._in_view = 0
        self._is_new = False
        self.width = 0
        self.spare = 0
        self.marks: Callable[[int, int, int], Marks] | None = None
        """What a search found in a message between two of its heights, while there is one."""
        self.on_change: Callable[[str, int], None] | None = None
        """Called with "branch", "added" or "changed", and the index of the message."""

    def show(self, messages: Sequence[Message], places: Places, make: MakeLayout) -> bool:
        """Another branch; messages of the same conversation stay. True when both begin alike."""
        is_alike = self.layouts.show(messages, places, make)
        if not is_alike:
            self._recent.clear()
        self.indexes = MessageIndex(messages)
        self._guess_heights()
        self._tell("branch", 0)
        return is_alike

    def _guess_heights(self) -> None:
        self._heights = HeightIndex(self.layouts.likely_heights(self.width or 700, self.style))

    def append(self, layout: MessageLayout) -> None:
        """One more message at the end."""
        self.indexes.append(layout.message.id)
        self.layouts.append(layout)
        self._heights.append(layout.guess(self.width or 700))
        self._tell("added", len(self.layouts) - 1)

    @property
    def is_growing(self) -> bool:
        """Whether the last message is being written."""
        return bool(self.layouts) and self.layouts.peek(-1)[0].state is MessageState.WRITING

    @property
    def total(self) -> int:
        """The content's whole height, as far as known, with the room kept free below it."""
        return TOP + self._heights.total + BOTTOM + self.spare if self.layouts else 0

    def left(self, viewport_width: int) -> int:
        """Where the text column begins."""
        return max(COLUMN_MARGIN // 2, (viewport_width - self.width) // 2)

    def set_viewport_width(self, viewport_width: int) -> None:
        """The view became wider or narrower."""
        margin = COLUMN_MARGIN if viewport_width > 560 else COLUMN_MARGIN // 2
        self.width = max(160, min(self.style.px(COLUMN), viewport_width - 2 * margin))

    def top(self, index: int) -> int:
        """Where a message begins."""
        return TOP + self._heights.top(index)

    def at(self, y: int) -> int:
        """The message at a place."""
        return self._heights.find(max(0, y - TOP))

    def open_top(self, index: int) -> int:
        """Where what still changes of a growing message begins."""
        return self.top(index) + self.layouts[index].open_top

    def refresh(self, index: int) -> None:
        """What a message says has changed: its height is asked again."""
        self.remeasure(index)
        self._tell("changed", index)

    def remeasure(self, index: int) -> None:
        """A message was laid out anew by itself: its height is asked again."""
        self._heights.set(index, self.layouts[index].height)

    def _tell(self, kind: str, index: int) -> None:
        if self.on_change is not None:
            self.on_change(kind, index)

    def anchor(self, value: int, height: int) -> Anchor | None:
        """The first row in view whose height is true; else the first one at all."""
        if not self.layouts:
            return None
        if value <= 0:
            return Anchor(0, HEAD, self.top(0))
        index = self.at(value)
        first: Anchor | None = None
        y = self.top(index)
        while index < len(self.layouts) and y < value + height:
            layout = self.layouts[index]
            if layout.is_built and layout.width:
                row = layout.row_at(value - y)
                place = y + layout.row_top(row) - value
                first = first or Anchor(index, row, place)
                if row == HEAD and layout.rows:
                    row, place = 0, y + layout.row_top(0) - value
                while row >= 0 and row < len(layout.rows) and place < height:
                    if layout.rows[row].width == layout.text_width:
                        return Anchor(index, row, place)
                    place += layout.heights[row]
                    row += 1
                if row in (HEAD, FOOT):
                    return Anchor(index, row, y + layout.row_top(row) - value)
            first = first or Anchor(index, HEAD, y - value)
            y += self._heights[index]
            index += 1
        return first

    def place_of(self, anchor: Anchor) -> int:
        """The scroll value that puts an anchor where it was."""
        layout = self.layouts[min(anchor.message, len(self.layouts) - 1)]
        row = anchor.row if anchor.row < len(layout.rows) else FOOT
        inner = layout.row_top(row) if layout.is_built else 0
        return self.top(min(anchor.message, len(self.layouts) - 1)) + inner - anchor.distance

    def settle(
        self,
        value: int,
        height: int,
        *,
        is_following: bool,
        anchor: Anchor | None,
        question: Anchor | None = None,
    ) -> int:
        """Makes what is in view true; gives the scroll value that keeps the place (or the end).

        There is room below the last message for `question` to stay at its place.
        """
        if not self.layouts:
            return 0
        turns = MOST_TURNS
        while turns:
            self.make_room(question, height)
            most = max(0, self.total - height)
            value = most if is_following else max(0, min(value, most))
            if not self._measure(value, height):
                break
            turns -= not self._is_new
            if anchor is not None and not is_following:
                value = self.place_of(anchor)
        self.make_room(question, height)
        most = max(0, self.total - height)
        return most if is_following else max(0, min(value, most))

    def make_room(self, question: Anchor | None, height: int) -> None:
        """Keeps so much free below the last message that a question can stay at its place."""
        self.spare = 0
        if question is not None:
            self.spare = max(0, self.place_of(question) + height - self.total)

    def _measure(self, value: int, height: int) -> bool:
        changed = is_new = False
        self._in_view = 0
        index = self.at(value)
        y = self.top(index)
        while index < len(self.layouts) and y < value + height:
            layout = self.layouts[index]
            # How long one is that was never cut into rows is only known now: other rows may be
            # in view than these.
            is_new |= not layout.is_built
            changed |= layout.settle(self.width) | is_new
            if not is_new:
                changed |= layout.measure(value - y, value + height - y, self._seen)
            changed |= bool(self._heights.set(index, layout.height))
            y += self._heights[index]
            index += 1
        self._is_new = is_new
        return changed

    def is_settled(self, value: int, height: int) -> bool:
        """Whether all rows in view are laid out as they are: a definition that comes late lets
        those be made again that may refer to it."""
        for index in range(self.at(value), len(self.layouts)):
            layout, top = self.layouts[index], self.top(index)
            if top >= value + height:
                break
            first = layout.row_at(value - top) if layout.width else FOOT
            first = 0 if first == HEAD else first
            for row in range(first, len(layout.rows)) if first != FOOT else ():
                if top + layout.row_top(row) >= value + height:
                    break
                if layout.rows[row].width != layout.text_width:
                    return False
        return True

    def _seen(self, row: ChunkRow) -> None:
        self._in_view += 1
        self._recent[row] = None
        self._recent.move_to_end(row)

    def forget_unseen(self) -> None:
        """Lets documents of rows go that were not in view for long."""
        while len(self._recent) > max(MOST_ROWS, 2 * self._in_view):
            row, _ = self._recent.popitem(last=False)
            if not row.is_open:
                row.release()

    def layouts_between(self, value: int, height: int) -> list[MessageLayout]:
        """The messages that are in view."""
        if not self.layouts:
            return []
        return self.layouts[self.at(value) : self.at(value + height) + 1]

    def release_waiting(self) -> bool:
        """Lets rows be made again whose formulas were not drawn yet; True when there were some."""
        waiting = [row for row in self._recent if row.is_waiting]
        for row in waiting:
            row.release()
        return bool(waiting)

    def restyle(self, style: Style) -> None:
        """Another theme or text size."""
        self.style = style
        self._recent.clear()
        for layout in self.layouts.made():
            if layout.is_built:
                layout.release(style)
            else:
                layout.style = style
        self._guess_heights()
