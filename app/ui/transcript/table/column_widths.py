"""How wide the columns of a table are: what each would like, and what there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple


class Need(NamedTuple):
    """What the cells of one column take, px, without what stands around their text."""

    natural: int
    """All of it side by side."""
    least: int
    """Below this it is not read any more."""
    comfortable: int
    """Enough where the table is moved sideways."""


SPARE = 1.5
"""How much wider than its first rows like a long table may be: those to come may be longer."""


def fitted(needs: Sequence[Need], room: int, *, is_long: bool = False) -> list[int]:
    """The width of each column, px, in so much room for text; more than that together where
    some column could not be read. `is_long`: the needs are those of its first rows only."""
    total = sum(need.natural for need in needs)
    if total <= room:
        scale = min(SPARE, room / max(1, total)) if is_long else 1
        return [int(need.natural * scale) for need in needs]
    if sum(need.least for need in needs) > room:
        return [need.comfortable for need in needs]
    return _shared(needs, room)


def _shared(needs: Sequence[Need], room: int) -> list[int]:
    """Short columns have what they would like; the long ones share what is left, the longer the
    more, but none so much more that the others become towers."""
    found: dict[int, int] = {}
    while True:
        left = room - sum(found.values())
        rest = [at for at in range(len(needs)) if at not in found]
        short = {at: needs[at].natural for at in rest if needs[at].natural * len(rest) <= left}
        if not short:
            break
        found.update(short)
    while True:
        left = room - sum(found.values())
        rest = [at for at in rest if at not in found]
        total = sum(sqrt(needs[at].natural) for at in rest)
        share = {at: int(left * sqrt(needs[at].natural) / total) for at in rest}
        small = {at: needs[at].least for at in rest if share[at] < needs[at].least}
        if not small:
            found.update(share)
            return [found[at] for at in range(len(needs))]
        found.update(small)
