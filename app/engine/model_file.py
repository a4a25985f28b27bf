"""A model file on this computer: what it is called, where it lies, and whether it can be loaded."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.core.errors import ContextLengthError, ProviderError, TransferError
from app.engine import memory
from app.engine.gguf import GgufHead, read_head

SLOTS = 4
"""Answers that one child writes at once."""
FIRST_CONTEXT = 1280
"""Tokens that each of these answers may have with its question, until more are asked for."""
STEP = 256
"""Contexts are multiples of this many tokens."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model's file: `id` and `name` as people choose it, `path` on the disk.

    `vision` is the file beside it that lets it see, or "". `repetition` is the penalty for words
    said before where a request names none; 1 is none.
    """

    id: str
    name: str
    path: str
    vision: str = ""
    repetition: float = 1.0

    def head(self) -> GgufHead:
        """What the file says of itself. Raises ProviderError when it cannot be read."""
        try:
            found = os.stat(self.path)
            return _head(self.path, found.st_size, found.st_mtime_ns)
        except TransferError as error:
            raise ProviderError(error.message, error.hint) from error
        except OSError as error:
            raise ProviderError(
                f"The file of “{self.name}” cannot be read: {error.strerror}.",
                f"It was at {self.path}. Bring it back, or open it where it is now.",
            ) from error

    def check(self) -> None:
        """Raises ProviderError when the file is not there, or is none that can answer."""
        head = self.head()
        if head.sees:
            raise ProviderError(
                f"“{self.name}” lets another model see; alone it cannot answer.",
                "Put it beside that model's file and open that one.",
            )
        if not head.writes:
            raise ProviderError(
                f"“{self.name}” is a model that writes no text ({head.architecture}).",
                "Choose the file of a model for chat or text.",
            )

    def context_for(self, tokens: int) -> int:
        """The context for a question of so many tokens, with room for an answer.

        Raises ContextLengthError when the model was trained for less.
        """
        most = self.head().context or FIRST_CONTEXT
        if tokens >= most:
            raise ContextLengthError(
                f"This conversation has {tokens:,} tokens; “{self.name}” reads {most:,}.",
                "Leave out earlier messages, or choose a model that reads more.",
            )
        wanted = max(FIRST_CONTEXT, tokens + max(tokens // 4, 512))
        return min(most, -(-wanted // STEP) * STEP)

    def needed(self, context: int, slots: int = SLOTS) -> int:
        """Bytes of memory for it."""
        vision = os.path.getsize(self.vision) if self.vision else 0
        return memory.needed(self.head(), context, slots, vision)

    def slots_for(self, context: int) -> int:
        """How many answers at once there is memory for. Raises ProviderError when not for one."""
        free = memory.free()
        if free is None or self.needed(context) <= free:
            return SLOTS
        if self.needed(context, 1) <= free:
            return 1
        needs = memory.in_words(self.needed(context, 1))
        raise ProviderError(
            f"“{self.name}” needs about {needs} of memory; {memory.in_words(free)} are free.",
            "Close other programs, or choose a smaller model or a shorter history.",
        )

    def listed(self) -> dict[str, Any]:
        """The file as an entry of a list of models; what cannot be read is left out."""
        entry: dict[str, Any] = {"id": self.id, "name": self.name, "object": "model"}
        try:
            head = self.head()
        except ProviderError:
            return entry
        inputs = ["text", "image"] if self.vision else ["text"]
        return {
            **entry,
            "context_length": head.context or None,
            "architecture": {"input_modalities": inputs, "output_modalities": ["text"]},
            "pricing": {"prompt": "0", "completion": "0", "request": "0"},
        }


@lru_cache(64)
def _head(path: str, _size: int, _changed: int) -> GgufHead:
    return read_head(path)
