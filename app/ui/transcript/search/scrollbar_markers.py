"""Shows in the scroll bar where in the conversation something was found: a marker a place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from app.ui.transcript.layout.column import Column
from app.ui.transcript.scrolling.scroll_bar import MARKER, ScrollBar
from app.ui.transcript.search.controller import SearchController
from app.ui.transcript.search.match_counts import MatchCounts, MatchPlace
from app.ui.transcript.search.searcher import ABOVE, ROWS

PAUSE = 150
"""Milliseconds after a change before the markers are set anew."""


class ScrollbarMarkers(QObject):
    """Keeps the markers of a column's scroll bar true while something is looked for."""

    def __init__(self, column: Column, scroll_bar: ScrollBar, search: SearchController) -> None:
        super().__init__(search)
        self._column = column
        self._scroll_bar = scroll_bar
        self._search = search
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.set)
        search.counted.connect(self._on_changed)
        scroll_bar.rangeChanged.connect(self._on_changed)

    def set(self) -> None:
        """Sets them now."""
        apart = MARKER / max(MARKER, self._scroll_bar.height())
        found = places(self._column, self._search.match_counts, apart)
        self._scroll_bar.set_markers(found)

    def _on_changed(self) -> None:
        if not self._search.is_on:
            self._timer.stop()
            self.set()
        elif not self._timer.isActive():
            self._timer.start()


def places(column: Column, match_counts: MatchCounts, apart: float) -> list[float]:
    """Shares of the content from 0 to 1, `apart` at least: as many as the eye can tell apart,
    however much was found."""
    found: list[float] = []
    step, total = apart * column.total, column.total
    last, number = -step, 0
    while number < match_counts.total:
        index = match_counts.match_at(number).layout
        for y in _tops(column, match_counts, index, step):
            if y >= last + step:
                found.append(y / total)
                last = y
        following = max(index + 1, column.at(int(last + step)))
        if following >= len(column.layouts):
            break
        number = match_counts.number_of(MatchPlace(following, 0))
    return found


def _tops(column: Column, match_counts: MatchCounts, index: int, step: float) -> Iterator[float]:
    """About where in a message something was found, from the top: evenly over a part that has
    several; over the whole of a message that is not laid out yet."""
    parts, top = match_counts.parts(index), column.top(index)
    _, layout = column.layouts.peek(index)
    if layout is None or not layout.width or len(parts) != len(layout.rows) + 3:
        height = (column.top(index + 1) - top) / len(parts)
        for part, count in enumerate(parts):
            yield from _spread(top + part * height, height, count, step)
        return
    y = float(top + layout.body_top)
    for part, count in enumerate(parts):
        height = 0.0
        if part <= ABOVE:
            here = float(top + (layout.above_top if part == ABOVE else layout.gap))
        elif part - ROWS < len(layout.rows):
            here, height = y, layout.heights[part - ROWS]
            y += height
        else:
            here = float(top + layout.below_top)
        yield from _spread(here, height, count, step)


def _spread(top: float, height: float, count: int, step: float) -> Iterator[float]:
    number = min(count, int(height / step) + 1)
    yield from (top + height * n / number for n in range(number))
