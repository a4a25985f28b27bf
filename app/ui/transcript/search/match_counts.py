"""How often something is found in each message and each part of it, and which match is the n-th."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.ui.transcript.layout.height_index import HeightIndex


class MatchPlace(NamedTuple):
    """One match: its message, its part there, its number in that part from 0."""

    layout: int
    part: int
    number: int = 0


class MatchCounts:
    """Counts by message and part; sums in O(log n) over messages."""

    def __init__(self, layouts: int = 0) -> None:
        self._totals = HeightIndex([0] * layouts)
        self._parts: dict[int, list[int]] = {}

    @property
    def total(self) -> int:
        """All matches."""
        return self._totals.total

    def append(self) -> None:
        """One more message."""
        self._totals.append(0)

    def parts(self, layout: int) -> list[int]:
        """The counts of a message by part; empty when nothing is found in it."""
        return self._parts.get(layout, [])

    def set_parts(self, layout: int, counts: Sequence[int]) -> None:
        """The counts of a message."""
        self._totals.set(layout, sum(counts))
        if any(counts):
            self._parts[layout] = list(counts)
        else:
            self._parts.pop(layout, None)

    def set_part(self, layout: int, part: int, count: int) -> bool:
        """The count of one part of a message that has matches; True when it was another."""
        parts = self._parts.get(layout)
        if parts is None or part >= len(parts) or parts[part] == count:
            return False
        parts[part] = count
        self.set_parts(layout, parts)
        return True

    def has(self, match: MatchPlace) -> bool:
        """Whether there is such a match."""
        return 0 <= match.number < sum(self.parts(match.layout)[match.part : match.part + 1])

    def number_of(self, match: MatchPlace) -> int:
        """Which of all matches one is, from 0; for a place between matches the next one's."""
        above = sum(self.parts(match.layout)[: match.part])
        return self._totals.top(match.layout) + above + match.number

    def match_at(self, number: int) -> MatchPlace:
        """The match with a number from 0. IndexError when there are not so many."""
        if not 0 <= number < self.total:
            raise IndexError(number)
        layout = self._totals.find(number)
        number -= self._totals.top(layout)
        part = 0
        for part, count in enumerate(self._parts[layout]):  # noqa: B007
            if number < count:
                break
            number -= count
        return MatchPlace(layout, part, number)
