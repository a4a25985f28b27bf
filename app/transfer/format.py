"""What an export format is: its names, its file suffix, and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import Conversation, Message

AddressOf = Callable[[Attachment], str | None]
"""How a text names a file: a path from its own folder or a data: address; "" where files are not
written, None for a file that is no longer there."""


def named_only(_attachment: Attachment) -> str:
    """The address of a file where files are not written."""
    return ""


@dataclass(frozen=True, slots=True)
class Format:
    """`text` makes the file's whole text from a conversation, all its messages and the addresses
    of their files; lists show the formats by `place`, the first is offered."""

    id: str
    name: str
    suffix: str
    text: Callable[[Conversation, Sequence[Message], AddressOf], str]
    place: int = 100
