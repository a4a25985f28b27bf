"""Messages whose words stay in the database until they are asked for: a conversation may have a
hundred thousand, and a window shows a few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.core.conversations.conversation import (
    Fault,
    Message,
    MessageState,
    Part,
    Provenance,
    Role,
)
from app.core.errors import StorageError

Load = Callable[[str], Message]


class LazyMessage(Message):
    """A message that is read whole, once, as soon as more of it is asked for than its outline.

    Only then can it turn out to be damaged, and its state with it. Copies (`replace`) are plain
    messages.
    """

    __slots__ = ("_holds", "_load", "_size", "_state", "_whole")

    _load: Load
    _whole: Message | None
    _state: MessageState
    _size: tuple[int, int]
    _holds: int

    def __new__(cls, *values: Any, **named: Any) -> Message:  # type: ignore[misc]
        """What `dataclasses.replace` makes: a plain message."""
        return Message(*values, **named)

    @property
    def whole(self) -> Message:
        """The message itself."""
        if self._whole is None:
            _put_whole(self, self._read())
        assert self._whole is not None
        return self._whole

    @property
    def parts(self) -> tuple[Part, ...]:
        """What it is made of."""
        return self.whole.parts

    @property
    def provenance(self) -> Provenance | None:
        """Where it came from."""
        return self.whole.provenance

    @property
    def sequence(self) -> int:
        """Its number in the conversation."""
        return self.whole.sequence

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return self.whole.created_at

    @property
    def state(self) -> MessageState:
        """How far it got; damage shows once it was read."""
        return self._state if self._whole is None else self._whole.state

    @property
    def has_files(self) -> bool:
        """Whether files go with it."""
        return bool(self._holds & 1)

    @property
    def outline(self) -> tuple[int, int] | None:
        """Characters and bytes of its text, until it is read; None where it has calls or files."""
        return None if self._holds or self._whole is not None else self._size

    def __eq__(self, other: object) -> bool:
        return self.whole == (other.whole if isinstance(other, LazyMessage) else other)

    __hash__ = Message.__hash__

    def _read(self) -> Message:
        try:
            return self._load(self.id)
        except StorageError as error:
            fault = Fault("unreadable", error.message, error.hint)
            return Message(
                self.id,
                self.conversation_id,
                self.parent_id,
                self.role,
                (),
                0,
                datetime.fromtimestamp(0).astimezone(),
                MessageState.FAILED,
                Provenance("", "", fault=fault),
            )


def lazy_message(
    message_id: str,
    conversation_id: str,
    parent_id: str | None,
    role: Role,
    state: MessageState,
    size: tuple[int, int],
    holding: int,
    load: Load,
) -> Message:
    """A message that is known by its outline: characters and bytes, and what it holds beside words
    (1 for files, 2 for calls of tools or their results)."""
    message: Message = object.__new__(LazyMessage)
    _put_id(message, message_id)
    _put_conversation(message, conversation_id)
    _put_parent(message, parent_id)
    _put_role(message, role)
    _put_state(message, state)
    _put_size(message, size)
    _put_holds(message, holding)
    _put_load(message, load)
    _put_whole(message, None)
    return message


_put_id, _put_conversation, _put_parent, _put_role = (
    vars(Message)[name].__set__ for name in ("id", "conversation_id", "parent_id", "role")
)
_put_state, _put_size, _put_holds, _put_load, _put_whole = (
    vars(LazyMessage)[name].__set__ for name in ("_state", "_size", "_holds", "_load", "_whole")
)
