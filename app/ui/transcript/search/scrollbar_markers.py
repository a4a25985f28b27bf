"""Where in the conversation something was found, for the scroll bar: a tick a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.ui.transcript.scrolling.scroll_bar import TICK
from app.ui.transcript.search.match_counts import Spot, Tally
from app.ui.transcript.search.searcher import ABOVE, ROWS

if TYPE_CHECKING:
    from app.ui.transcript.layout.column import Column
    from app.ui.transcript.search.controller import Finding
    from app.ui.transcript.view import TranscriptView

PAUSE = 150
"""Milliseconds after a change before the ticks are set anew."""


class Ticks(QObject):
    """Keeps the ticks of a view's scroll bar true while something is looked for."""

    def __init__(self, view: TranscriptView, finding: Finding) -> None:
        super().__init__(finding)
        self._view = view
        self._finding = finding
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.set)
        finding.counted.connect(self._on_changed)
        view.rail.rangeChanged.connect(self._on_changed)

    def set(self) -> None:
        """Sets them now."""
        rail = self._view.rail
        apart = TICK / max(TICK, rail.height())
        rail.set_ticks(places(self._view.column, self._finding.tally, apart))

    def _on_changed(self) -> None:
        if not self._finding.is_on:
            self._timer.stop()
            self.set()
        elif not self._timer.isActive():
            self._timer.start()


def places(column: Column, tally: Tally, apart: float) -> list[float]:
    """Shares of the content from 0 to 1, `apart` at least: as many as can be told from each other,
    however much was found."""
    found: list[float] = []
    step, total = apart * column.total, column.total
    last, place = -step, 0
    while place < tally.total:
        index = tally.spot(place).sheet
        for y in _tops(column, tally, index, step):
            if y >= last + step:
                found.append(y / total)
                last = y
        following = max(index + 1, column.at(int(last + step)))
        if following >= len(column.sheets):
            break
        place = tally.place(Spot(following, 0))
    return found


def _tops(column: Column, tally: Tally, index: int, step: float) -> Iterator[float]:
    """About where in a message something was found, from the top: evenly over a part that has
    several; over the whole of a message that is not laid out yet."""
    parts, top = tally.parts(index), column.top(index)
    _, sheet = column.sheets.peek(index)
    if sheet is None or not sheet.width or len(parts) != len(sheet.rows) + 3:
        height = (column.top(index + 1) - top) / len(parts)
        for part, count in enumerate(parts):
            yield from _spread(top + part * height, height, count, step)
        return
    y = float(top + sheet.body_top)
    for part, count in enumerate(parts):
        height = 0.0
        if part <= ABOVE:
            here = float(top + (sheet.above_top if part == ABOVE else sheet.gap))
        elif part - ROWS < len(sheet.rows):
            here, height = y, sheet.heights[part - ROWS]
            y += height
        else:
            here = float(top + sheet.below_top)
        yield from _spread(here, height, count, step)


def _spread(top: float, height: float, count: int, step: float) -> Iterator[float]:
    number = min(count, int(height / step) + 1)
    yield from (top + height * n / number for n in range(number))
