"""Heights of many things in a column: their sums and the one at a place in O(log n) (a Fenwick
tree)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from operator import add


class HeightIndex:
    """A growing list of whole heights, px."""

    def __init__(self, values: Iterable[int] = ()) -> None:
        self._values = array("q", values)
        tree = array("q", (0,)) + self._values
        step = 1
        while 2 * step < len(tree):
            # All nodes of a level at once: there may be a hundred thousand.
            tree[2 * step :: 2 * step] = array(
                "q", map(add, tree[2 * step :: 2 * step], tree[step :: 2 * step])
            )
            step *= 2
        self._tree = tree
        self.total = sum(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, index: int) -> int:
        return self._values[index]

    def append(self, value: int) -> None:
        """Adds one below the last."""
        self._values.append(value)
        at = len(self._values)
        total, below, low = value, at - 1, at - (at & -at)
        while below > low:
            total += self._tree[below]
            below -= below & -below
        self._tree.append(total)
        self.total += value

    def pop(self) -> None:
        """Takes the last away."""
        self.total -= self._values.pop()
        self._tree.pop()

    def set(self, index: int, value: int) -> int:
        """Changes one; gives by how much."""
        change = value - self._values[index]
        if change:
            self._values[index] = value
            self.total += change
            at = index + 1
            while at < len(self._tree):
                self._tree[at] += change
                at += at & -at
        return change

    def top(self, index: int) -> int:
        """Where one begins: the sum of those above."""
        total = 0
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    def find(self, y: int) -> int:
        """Which one covers a place; the first or last for places outside. ValueError when there
        is none."""
        if not self._values:
            raise ValueError("nothing to find a place in")
        at, step = 0, 1 << len(self._values).bit_length()
        while step:
            following = at + step
            if following < len(self._tree) and self._tree[following] <= y:
                y -= self._tree[following]
                at = following
            step >>= 1
        return min(at, len(self._values) - 1)
