"""What an export format is: its names, its file suffix, and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.conversations.conversation import Conversation, Message


@dataclass(frozen=True, slots=True)
class Format:
    """`text` makes the file's whole text from a conversation and all its messages; lists show the
    formats by `place`, the first is offered."""

    id: str
    name: str
    suffix: str
    text: Callable[[Conversation, Sequence[Message]], str]
    place: int = 100
