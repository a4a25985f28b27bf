"""The search in a transcript: counts the matches in all messages in small slices of time, and goes
from one to the next."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.conversations.conversation import MessageState
from app.core.text.needle import Needle
from app.render.splitting.chunk import Chunk
from app.ui.transcript.layout.message import FOOT, HEAD, MessageLayout
from app.ui.transcript.painting.highlights import Marked, Marks
from app.ui.transcript.search.match_counts import MatchCounts, MatchPlace
from app.ui.transcript.search.reveal import Reveal
from app.ui.transcript.search.searcher import ABOVE, REASONING, ROWS, Match, Searcher
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

SLICE = 0.006
"""Seconds of searching at a time."""
PAUSE = 2
"""Milliseconds between two slices, for the keyboard and the screen."""
COUNT_PAUSE = 0.05
"""Seconds between two counts that are given out while the search goes on."""
MOST_MISSES = 100
"""Matches that turn out not to be shown, passed over in one step."""

Counted = tuple[Chunk | None, int]
Search = tuple[int, Iterator[Counted], list[Counted]]
"""A message that is being searched: its index, what is left of it, what was counted so far."""


class SearchController(QObject):
    """The search of one transcript. `counted(number of the current match or 0, count of all,
    whether all is searched)`.

    What was not drawn yet is counted by its Markdown; where drawing it shows another count, that
    one is taken.
    """

    counted = Signal(int, int, bool)

    def __init__(self, state: TranscriptState, viewport: Viewport, reveal: Reveal) -> None:
        super().__init__(viewport.area)
        self._state = state
        self._column = state.column
        self._viewport = viewport
        self._reveal = reveal
        self.needle = Needle("")
        self.current: MatchPlace | None = None
        self._searcher = Searcher(self.needle)
        self._match_counts = MatchCounts()
        self._growing: dict[int, tuple[int, Chunk | None]] = {}
        self._queue: deque[int] = deque()
        self._search: Search | None = None
        self._origin = MatchPlace(0, REASONING)
        self._origin_place = (0, -1)
        self._is_going = False
        self._counted_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._on_slice_due)
        self._column.on_change = self._on_content_changed

    @property
    def is_on(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.needle)

    @property
    def is_done(self) -> bool:
        """Whether all messages have been searched."""
        return not self._queue and self._search is None

    @property
    def match_counts(self) -> MatchCounts:
        """How many matches there are in which part of which message, as far as searched."""
        return self._match_counts

    @property
    def total(self) -> int:
        """How many matches there are, as far as searched."""
        return self._match_counts.total

    # --- what is looked for

    def look(self, query: str, *, keeps_case: bool = False, is_whole: bool = False) -> None:
        """Looks for something else, and goes to the match nearest to where the reader is."""
        self._note_origin()
        self.needle = Needle(query, keeps_case=keeps_case, is_whole=is_whole)
        self._begin()
        self._is_going = self.is_on

    def close(self) -> None:
        """Looks for nothing."""
        self.needle = Needle("")
        self._begin()

    def step(self, step: int) -> None:
        """Goes to the next match (1) or the one before (-1), round the ends."""
        if self.current is None:
            self._note_origin()
            self._go_nearest()
        else:
            self._walk(self._match_counts.number_of(self.current) + step, step)

    # --- what happens to the transcript

    def _on_content_changed(self, kind: str, index: int) -> None:
        if not self.is_on:
            return
        if kind == "branch":
            self.current = None
            self._note_origin()
            self._begin()
        elif kind == "added":
            self._match_counts.append()
            self._queue.append(index)
            self._timer.start()
        else:
            self._look_again(index)

    def _look_again(self, index: int) -> None:
        """A message has another text, or more of it."""
        if index in self._queue:
            return
        if index in self._growing:
            self._take_grown(index)
            self._emit_count()
            return
        if self._search and self._search[0] == index:
            self._search = None
        self._queue.appendleft(index)
        self._timer.start()

    def marks(self, index: int, top: int, bottom: int) -> Marks:
        """What is found between two heights of a message, to be drawn."""
        layout = self._column.layouts[index]
        marks: dict[object, list[Marked]] = {}
        for part in _parts_between(layout, top, bottom):
            for number, match in enumerate(self._matches(index, part)):
                is_current = self.current == (index, part, number)
                mark = Marked(match.number, match.first, match.last, is_current)
                marks.setdefault(match.owner, []).append(mark)
        return marks

    # --- searching

    def _begin(self) -> None:
        layouts = len(self._column.layouts) if self.is_on else 0
        self._column.marks = self.marks if self.is_on else None
        self._searcher = Searcher(self.needle, reads_questions=self._state.reads_questions)
        self._match_counts, self._growing = MatchCounts(layouts), {}
        self._search, self.current, self._is_going = None, None, False
        start = min(self._origin.layout, max(0, layouts - 1))
        self._queue = deque([*range(start, layouts), *range(start - 1, -1, -1)])
        self._timer.stop()
        if self.is_on:
            self._timer.start()
        self._viewport.update()
        self._emit_count()

    def _on_slice_due(self) -> None:
        end = time.perf_counter() + SLICE
        try:
            while time.perf_counter() < end and not self.is_done:
                self._search_on()
        finally:
            if not self.is_done:
                self._timer.start()
        if self._is_going:
            self._go_nearest()
        if self.is_done or end - self._counted_at > COUNT_PAUSE:
            self._counted_at = end
            self._emit_count()

    def _search_on(self) -> None:
        """Searches one more part of a message. One that cannot be searched is left out."""
        if self._search is None:
            index = self._queue.popleft()
            message, layout = self._column.layouts.peek(index)
            search: Search = (index, self._searcher.counts(message, layout), [])
        else:
            search, self._search = self._search, None
        index, rest, found = search
        more = next(rest, None)
        if more is None:
            self._take(index, found)
        else:
            found.append(more)
            self._search = search

    def _take(self, index: int, found: list[Counted]) -> None:
        self._match_counts.set_parts(index, [count for _, count in found])
        message, layout = self._column.layouts.peek(index)
        self._growing.pop(index, None)
        if message.state is MessageState.WRITING:
            closed, last = 0, None
            for row, (chunk, _) in zip(layout.rows if layout else (), found[ROWS:-1], strict=False):
                if row.is_open or row.chunk is not chunk:
                    break
                closed, last = closed + 1, chunk
            self._growing[index] = (closed, last)

    def _take_grown(self, index: int) -> None:
        """Counts a message again that grew: only rows that were open or are new are searched."""
        layout, searcher = self._column.layouts[index], self._searcher
        known, last = self._growing[index]
        if known and (known > len(layout.rows) or layout.rows[known - 1].chunk is not last):
            known = 0
        counts = [len(searcher.matches(layout, part)) for part in (REASONING, ABOVE)]
        before = self._match_counts.parts(index)[ROWS : ROWS + known]
        counts += before or [0] * known
        counts += [searcher.row_count(row) for row in layout.rows[known:]]
        counts.append(len(searcher.matches(layout, ROWS + len(layout.rows))))
        self._match_counts.set_parts(index, counts)
        closed = len(layout.rows)
        while closed and layout.rows[closed - 1].is_open:
            closed -= 1
        self._growing[index] = (closed, layout.rows[closed - 1].chunk if closed else None)
        if layout.message.state is not MessageState.WRITING:
            del self._growing[index]

    # --- going

    def _note_origin(self) -> None:
        """Where the reader is: at the current match, else at the top of the view."""
        column = self._column
        self._origin_place = (0, -1)
        if self.current is not None:
            self._origin = self.current
            found = self._matches(self.current.layout, self.current.part)
            if self.current.number < len(found):
                match = found[self.current.number]
                self._origin_place = (match.number, match.first)
            return
        anchor = column.anchor(self._viewport.value, self._viewport.height)
        if anchor is None:
            self._origin = MatchPlace(0, REASONING)
            return
        rows = len(column.layouts[anchor.message].rows)
        part = {HEAD: REASONING, FOOT: ROWS + rows}.get(anchor.row, ROWS + anchor.row)
        self._origin = MatchPlace(anchor.message, part)

    def _go_nearest(self) -> None:
        """To the first match from the reader's place on, else to the last one before it."""
        origin = self._origin
        number = self._match_counts.number_of(origin._replace(number=0))
        if self._origin_place[1] >= 0:
            found = self._matches(origin.layout, origin.part)
            number += sum((match.number, match.first) < self._origin_place for match in found)
        if number < self.total:
            self._is_going = False
            self._walk(number, 1)
        elif self._is_searched_from(origin.layout):
            self._is_going = not self.total and not self.is_done
            if self.total:
                self._walk(self.total - 1, -1)
        else:
            self._is_going = True

    def _is_searched_from(self, index: int) -> bool:
        """Whether that message and all below have been searched."""
        is_running = self._search is not None and self._search[0] >= index
        return not is_running and not (self._queue and self._queue[0] >= index)

    def _walk(self, number: int, step: int) -> None:
        """Makes the match with a number the current one and shows it; passes over what is not
        there after all."""
        for _ in range(MOST_MISSES):
            if not self.total:
                self.current = None
                break
            match = self._match_counts.match_at(number % self.total)
            self._reveal.lay_out(match.layout, match.part)
            if self._is_recounted(match.layout):
                continue
            found = self._matches(match.layout, match.part)
            if found:
                match = self.current = match._replace(number=min(match.number, len(found) - 1))
                self._reveal.show(match.layout, match.part, found[match.number])
                break
            number = self._match_counts.number_of(match._replace(number=0)) - (step < 0)
        self._emit_count()
        self._viewport.update()

    def _is_recounted(self, index: int) -> bool:
        """Counts a message again that was counted without its rows, now that it has them."""
        layout = self._column.layouts[index]
        if len(self._match_counts.parts(index)) == len(layout.rows) + 3:
            return False
        self._take(index, list(self._searcher.counts(layout.message, layout)))
        return True

    def _matches(self, index: int, part: int) -> list[Match]:
        """What is found in a part that is made; where it was counted otherwise, the count is put
        right."""
        layout = self._column.layouts[index]
        found = self._searcher.matches(layout, part)
        row = part - ROWS
        if 0 <= row < len(layout.rows) and layout.rows[row].items is None:
            return found
        if len(found) != sum(self._match_counts.parts(index)[part : part + 1]) and self._is_counted(
            index
        ):
            if not self._is_recounted(index):
                self._match_counts.set_part(index, part, len(found))
            QTimer.singleShot(0, self, self._emit_count)
        return found

    def _is_counted(self, index: int) -> bool:
        return index not in self._queue and not (self._search and self._search[0] == index)

    def _emit_count(self) -> None:
        number = 0
        if self.current is not None and self._match_counts.has(self.current):
            number = self._match_counts.number_of(self.current) + 1
        self.counted.emit(number, self.total, self.is_done)


def _parts_between(layout: MessageLayout, top: int, bottom: int) -> Iterator[int]:
    """The parts of a message that are drawn between two of its heights."""
    if layout.reasoning.is_open and top < layout.body_top:
        yield REASONING
    if top < layout.body_top:
        yield ABOVE
    if layout.rows:
        index = layout.row_at(max(top, layout.body_top))
        while 0 <= index < len(layout.rows) and layout.row_top(index) < bottom:
            yield ROWS + index
            index += 1
    if bottom > layout.below_top:
        yield ROWS + len(layout.rows)
