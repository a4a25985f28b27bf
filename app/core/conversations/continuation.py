"""Joins the rest of an answer to what was there: models like to say the last words twice."""

from __future__ import annotations

SHORTEST = 8
"""Letters that must be the same to count as said twice; fewer may be chance."""
FARTHEST = 4000
"""How far back from the end a repetition is looked for, letters."""


class Continuation:
    """Takes the beginning out of a continuation as far as it repeats the end of what it continues.

    A model that starts all over again is understood too: the whole text counts as an end.
    """

    def __init__(self, text: str) -> None:
        tail = text[-FARTHEST:]
        starts = {0} | {len(text) - len(tail) + place for place in range(len(tail))}
        self._text = text
        self._starts = sorted(start for start in starts if len(text) - start >= SHORTEST)
        self._held = ""
        self._is_open = bool(self._starts)

    def feed(self, piece: str) -> str:
        """What of a piece is new; it may be held back until that is known."""
        if not self._is_open:
            return piece
        self._held += piece
        held = self._held.lstrip() if not self._held[:1].strip() else self._held
        for start in self._starts:
            ending = self._text[start:]
            for begun in (self._held, held):
                if begun.startswith(ending):
                    return self._let_go(begun[len(ending) :])
        is_undecided = any(
            self._text.startswith(begun, start)
            for start in self._starts
            for begun in (self._held, held)
        )
        return "" if is_undecided else self._let_go(self._held)

    def flush(self) -> str:
        """What was held back, at the end of the answer."""
        return self._let_go(self._held) if self._is_open else ""

    def _let_go(self, rest: str) -> str:
        self._is_open = False
        self._held = ""
        return rest


def joined(text: str, rest: str) -> str:
    """A text with its continuation, what both say taken once."""
    seam = Continuation(text)
    return text + seam.feed(rest) + seam.flush()
