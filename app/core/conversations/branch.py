"""The messages of one conversation by their places, and the branch through them that is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from app.core.conversations.conversation import Message, Role
from app.core.conversations.outline import Outline

NOWHERE = -1
"""The place of a message that is not there."""
FEW = 8
"""So many searches through all ids are done before a table of them is made."""


class Held:
    """The messages of a conversation by their places: those of an outline, each made once when it
    is asked for, and those that were added or changed since."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._places: dict[str, int] | None = {}
        self._searches = 0
        self._found = ("", NOWHERE)
        """What was found last: it is often asked for again at once."""
        self.outline: Outline | None = None
        self.changed: dict[int, Message] = {}
        self._made: dict[int, Message] = {}

    def take(self, outline: Outline) -> None:
        """Takes all messages at once."""
        self.outline, self.ids, self._places = outline, list(outline.ids), None
        self._found = ("", NOWHERE)

    def add(self, message: Message) -> int:
        """One more at the end; gives its place."""
        place = len(self.ids)
        self.ids.append(message.id)
        if self._places is not None:
            self._places[message.id] = place
        return place

    def find(self, message_id: object) -> int:
        """The place of a message, or NOWHERE."""
        if self._places is None:
            if self.ids and self.ids[-1] == message_id:
                return len(self.ids) - 1
            if self._found[0] == message_id:
                return self._found[1]
            self._searches += 1
            if self._searches <= FEW:
                try:
                    place = self.ids.index(message_id)  # type: ignore[arg-type]
                except ValueError:
                    return NOWHERE
                self._found = self.ids[place], place
                return place
            self._places = dict(zip(self.ids, range(len(self.ids)), strict=True))
        return self._places.get(message_id, NOWHERE)  # type: ignore[call-overload, no-any-return]

    def place(self, message_id: str) -> int:
        """The place of a message; KeyError when it is not here."""
        place = self.find(message_id)
        if place == NOWHERE:
            raise KeyError(message_id)
        return place

    def at(self, place: int) -> Message:
        """The message at a place."""
        found = self.changed.get(place) or self._made.get(place)
        if found is None:
            assert self.outline is not None
            found = self._made[place] = self.outline.message(place)
        return found


class Branch(Sequence[Message]):
    """The messages from a root to a leaf; each is made when it is asked for, in its newest state.

    Ask `ids`, `find`, `unread` … where it may be long: going through it makes every message.
    """

    def __init__(self, held: Held, places: Sequence[int]) -> None:
        self._held = held
        self._places = places
        self.leaf = places[-1] if places else NOWHERE

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | list[Message]:
        if isinstance(index, slice):
            return [self._held.at(place) for place in self._places[index]]
        return self._held.at(self._places[index])

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Message]:
        return map(self._held.at, self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Branch, list)) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def ids(self) -> list[str]:
        """The ids in order."""
        ids = self._held.ids
        if isinstance(self._places, range):
            return ids[self._places.start : self._places.stop]
        return [ids[place] for place in self._places]

    def find(self, message_id: str) -> int | None:
        """Where a message stands, or None where it is not on this branch."""
        place = self._held.find(message_id)
        if isinstance(self._places, range):
            return place - self._places.start if place in self._places else None
        at = bisect_left(self._places, place)
        return at if at < len(self._places) and self._places[at] == place else None

    def lengths(self) -> tuple[list[Role | None], Sequence[int]]:
        """Roles and letters of so many messages, from the first on, as are known without them."""
        outline, places = self._held.outline, self._places
        if outline is None:
            return [], []
        known = places[: bisect_left(places, len(outline))]
        if isinstance(known, range):
            here = slice(known.start, known.stop)
            return list(outline.roles[here]), outline.letters[here]
        return [outline.roles[at] for at in known], [outline.letters[at] for at in known]

    def unread(self) -> Iterator[tuple[int, int]]:
        """Characters and bytes of each message that is nothing but words and still as it was kept;
        the others are in `told`."""
        outline = self._held.outline
        if outline is None:
            return iter(())
        known = self._places[: bisect_left(self._places, len(outline))]
        told = self._held.changed.keys() | outline.holding.keys()
        return ((outline.letters[at], outline.octets[at]) for at in known if at not in told)

    def told(self) -> list[Message]:
        """The messages that are new, changed, or hold more than words, in order."""
        holding = () if self._held.outline is None else self._held.outline.holding
        return self._of({*self._held.changed, *holding})

    def with_files(self) -> list[Message]:
        """The messages that files go with, in order."""
        holding = {} if self._held.outline is None else self._held.outline.holding
        found = {*self._held.changed, *(at for at, what in holding.items() if what & 1)}
        return [message for message in self._of(found) if message.has_files]

    def _of(self, places: Iterable[int]) -> list[Message]:
        wanted = sorted(places)
        if isinstance(self._places, range):
            return [self._held.at(place) for place in wanted if place in self._places]
        here = set(self._places) if wanted else ()
        return [self._held.at(place) for place in wanted if place in here]
