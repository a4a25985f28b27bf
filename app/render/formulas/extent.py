"""How large a word in a formula is in a text font; light, for whoever measures it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Extent(NamedTuple):
    """What a word takes in a text font, em: its width, above and below the baseline."""

    width: float
    ascent: float
    descent: float


Measure = Callable[[str, bool], Extent]
"""Tells the extent of a word; the second says whether it is bold."""
