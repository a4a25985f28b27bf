"""Where a message stands in the transcript, without a list of all that are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.core.conversations.branch import Branch
from app.core.conversations.conversation import Message


class MessageIndex(Mapping[str, int]):
    """Message id → index in a branch and what was appended to it; asks the branch itself, which
    knows."""

    def __init__(self, messages: Sequence[Message] = ()) -> None:
        self._branch = messages if isinstance(messages, Branch) else None
        self._own: dict[str, int] = {}
        if self._branch is None:
            self._own = {message.id: index for index, message in enumerate(messages)}
        self._length = len(messages)

    def append(self, message_id: str) -> None:
        """One more at the end."""
        self._own[message_id] = self._length
        self._length += 1

    def __getitem__(self, message_id: str) -> int:
        index = self._own.get(message_id)
        if index is None and self._branch is not None:
            index = self._branch.find(message_id)
        if index is None:
            raise KeyError(message_id)
        return index

    def __iter__(self) -> Iterator[str]:
        if self._branch is not None:
            yield from self._branch.ids
        yield from self._own

    def __len__(self) -> int:
        return self._length
