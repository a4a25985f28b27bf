"""A conversation before its words are read: ids, roles and sizes of its messages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import overload

from app.core.conversations.conversation import Message, Role


class Outline(Sequence[Message]):
    """The messages of a conversation in their order, known by columns; each is made when asked for.

    `departures` holds the parents of those that do not answer the one before them, in order, the
    first message among them. `letters` and
    `octets` measure the texts. `holding` names those with more than words: 1 for files, 2 for calls
    of tools or their results. A role nobody knows is None.
    """

    ids: Sequence[str]
    departures: Mapping[int, str | None]
    roles: Sequence[Role | None]
    letters: Sequence[int]
    octets: Sequence[int]
    holding: Mapping[int, int]
    last_sequence: int

    @abstractmethod
    def message(self, place: int) -> Message:
        """The message at a place, made anew."""

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> list[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | list[Message]:
        places = range(len(self.ids))[index]
        if isinstance(places, int):
            return self.message(places)
        return [self.message(place) for place in places]

    def __len__(self) -> int:
        return len(self.ids)
