"""Texts of an answer that is made of numbered items, each of numbered parts."""

from __future__ import annotations

_GAP = "\n\n"
"""What stands between the texts of two items."""

Place = tuple[int, int]


class IndexedTexts:
    """What was said at each place: the number of an item and that of a part of it."""

    def __init__(self) -> None:
        self._parts: dict[Place, list[str]] = {}
        self._last: Place = (-1, -1)

    def add(self, place: Place, piece: str, *, between: str = "") -> str | None:
        """Keeps a piece; what to append to the whole, or None when it belongs before its end.

        `between` stands between two parts of one item.
        """
        if not piece:
            return ""
        parts = self._parts.get(place)
        lead = ""
        if parts is None:
            parts = self._parts[place] = []
            if self._last[0] >= 0:
                lead = between if place[0] == self._last[0] else _GAP
        parts.append(piece)
        if place < self._last:
            return None
        self._last = place
        return lead + piece

    def put(self, place: Place, text: str) -> None:
        """Puts a text in the place of what was said there."""
        self._parts[place] = [text]
        self._last = max(self._last, place)

    def of(self, place: Place) -> str:
        """What was said at a place so far."""
        return "".join(self._parts.get(place, ()))

    def joined(self) -> str:
        """Everything in its order."""
        said: dict[int, str] = {}
        for place in sorted(self._parts):
            said[place[0]] = said.get(place[0], "") + self.of(place)
        return _GAP.join(said.values())
