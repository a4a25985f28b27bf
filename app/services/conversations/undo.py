"""Taking back changes of the dials."""

from __future__ import annotations

import time
from collections.abc import Mapping

from app.core.models.parameter import ParameterValue

Parameters = Mapping[str, ParameterValue]

ONE_TURN = 0.7
"""Seconds between two changes of the dials that still count as one to undo: a drag, a held key."""


class Undo:
    """The earlier states of one conversation's dials."""

    def __init__(self) -> None:
        self._earlier: list[Parameters] = []
        self._noted = -ONE_TURN

    def __bool__(self) -> bool:
        return bool(self._earlier)

    def note(self, parameters: Parameters, *, is_gradual: bool = False) -> None:
        """Keeps the state before a change; a gradual change soon after another belongs to it."""
        now = time.monotonic()
        if not (is_gradual and self._earlier and now - self._noted <= ONE_TURN):
            self._earlier.append(parameters)
        self._noted = now

    def last(self) -> Parameters:
        """The state before the last change, and forgets it. IndexError when there is none."""
        return self._earlier.pop()

    def clear(self) -> None:
        """Forgets all: another conversation is being read."""
        self._earlier.clear()
