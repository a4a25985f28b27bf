"""The tree of a conversation's messages, and the branches through it.

Nearly every message answers the one before it, so only the places where that is not so are kept:
a conversation of a hundred thousand messages costs little more than their ids.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from app.core.conversations.branch import NOWHERE, Branch, Held
from app.core.conversations.conversation import Message
from app.core.conversations.outline import Outline


class SiblingPlace(NamedTuple):
    """Where a message stands among its siblings: position from 1, of how many.

    `later` counts the messages that follow on the newest branches of the others.
    """

    position: int
    total: int
    later: int = 0

    @property
    def note(self) -> str:
        """What the other branches hold, in words; "" where they hold nothing more."""
        if not self.later:
            return ""
        where = "the other" if self.total == 2 else "the others"
        return f"{self.later:,} later message{'' if self.later == 1 else 's'} in {where}"


class MessageTree:
    """The messages of one conversation by parent, and walks through them.

    A message counts as a root when its parent is missing or does not come before it: damaged data
    still shows, and no walk can run in a circle.
    """

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._held = Held()
        self._starts: list[int] = []
        """Places of the messages that do not answer the one before them, in order."""
        self._above: dict[int, int] = {}
        """The place of the parent of each start."""
        self._below: dict[int, list[int]] = {}
        """The starts below a place, in order; `_turns` are its keys in order."""
        self._turns: list[int] = []
        self._next = 1
        self._last: Branch | None = None
        if isinstance(messages, Outline):
            self._held.take(messages)
            self._next = messages.last_sequence + 1
            for place, parent_id in messages.departures.items():
                parent = NOWHERE if parent_id is None else self._held.find(parent_id)
                self._start(place, parent if parent < place else NOWHERE)
        else:
            for message in sorted(messages, key=attrgetter("sequence")):
                self.add(message)

    def __len__(self) -> int:
        return len(self._held.ids)

    def __contains__(self, message_id: object) -> bool:
        return self._held.find(message_id) != NOWHERE

    def message(self, message_id: str) -> Message:
        """The message with this id; KeyError when there is none."""
        return self._held.at(self._held.place(message_id))

    def add(self, message: Message) -> None:
        """Adds a message below its parent, last among its siblings; a known id is replaced."""
        held = self._held
        place = held.find(message.id)
        if place == NOWHERE:
            parent = held.find(message.parent_id)
            place = held.add(message)
            if parent == NOWHERE or parent != place - 1:
                self._start(place, parent)
        held.changed[place] = message
        self._next = max(self._next, message.sequence + 1)

    def _start(self, place: int, parent: int) -> None:
        self._starts.append(place)
        self._above[place] = parent
        below = self._below.get(parent)
        if below is None:
            self._below[parent] = [place]
            insort(self._turns, parent)
        else:
            below.append(place)

    def replace(self, message: Message) -> None:
        """Puts a new state of a known message in its place; KeyError when it is not known."""
        self._held.changed[self._held.place(message.id)] = message

    def branch_to(self, leaf_id: str | None) -> Branch:
        """The messages from the root to this one, both included; empty for an unknown id."""
        leaf = self._held.find(leaf_id)
        if self._last is None or self._last.leaf != leaf:
            self._last = Branch(self._held, self._walked(leaf))
        return self._last

    def _walked(self, leaf: int) -> Sequence[int]:
        """The places from the root to this one."""
        runs: list[range] = []
        while leaf != NOWHERE:
            start = self._starts[bisect_right(self._starts, leaf) - 1]
            runs.append(range(start, leaf + 1))
            leaf = self._above[start]
        if len(runs) <= 1:
            return runs[0] if runs else range(0)
        return array("q", chain.from_iterable(reversed(runs)))

    def places(self) -> dict[str, SiblingPlace]:
        """The place of every message that has siblings; the others have none."""
        found: dict[str, SiblingPlace] = {}
        # From the last turn to the first: what follows a turn is known before it is asked for.
        after_turn: dict[int, int] = {}
        for parent in reversed(self._turns):
            below = self._children(parent)
            after = [self._count_after(at, after_turn) for at in below]
            after_turn[parent] = 1 + after[-1]
            if len(below) > 1:
                total = sum(after)
                for number, (at, own) in enumerate(zip(below, after, strict=True), 1):
                    place = SiblingPlace(number, len(below), total - own)
                    found[self._held.ids[at]] = place
        return found

    def _count_after(self, place: int, after_turn: Mapping[int, int]) -> int:
        """How many messages follow one on its newest branch."""
        end = self._end_of_run(place)
        turn = bisect_left(self._turns, place)
        if turn == len(self._turns) or self._turns[turn] > end:
            return end - place
        return self._turns[turn] - place + after_turn[self._turns[turn]]

    def _end_of_run(self, place: int) -> int:
        """The last of the messages that each answer the one before, from a place on."""
        after = bisect_right(self._starts, place)
        return self._starts[after] - 1 if after < len(self._starts) else len(self._held.ids) - 1

    def siblings(self, message_id: str) -> list[str]:
        """The ids that share this one's parent, itself among them, oldest first."""
        place = self._held.place(message_id)
        return [self._held.ids[at] for at in self._children(self._above.get(place, place - 1))]

    def children(self, message_id: str | None) -> list[str]:
        """The ids directly below a message, or the roots for None."""
        if message_id is not None and message_id not in self:
            return []
        place = self._held.find(message_id)
        return [self._held.ids[at] for at in self._children(place)]

    def _children(self, place: int) -> list[int]:
        follows = place != NOWHERE and self._is_followed(place)
        return [*([place + 1] if follows else []), *self._below.get(place, ())]

    def _is_followed(self, place: int) -> bool:
        return place + 1 < len(self._held.ids) and place + 1 not in self._above

    def leaf_below(self, message_id: str) -> str:
        """The end of the newest branch through a message: its last child, and so on down."""
        place = self._held.place(message_id)
        while True:
            end = self._end_of_run(place)
            turn = bisect_left(self._turns, place)
            if turn == len(self._turns) or self._turns[turn] > end:
                return self._held.ids[end]
            place = self._below[self._turns[turn]][-1]

    def next_sequence(self) -> int:
        """The sequence number after every message known here."""
        return self._next

    def newest_leaf(self) -> str | None:
        """The message added last, or None in an empty tree."""
        return self._held.ids[-1] if self._held.ids else None
