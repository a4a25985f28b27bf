"""How long a model thinks: from its first thought to its first word, or to its end."""

from __future__ import annotations

import time


class Thinking:
    """A stop watch; `seconds` is None as long as nothing was thought."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._until: float | None = None

    def note_thought(self) -> None:
        """A piece of a thought came."""
        if self._since is None:
            self._since = time.monotonic()

    def note_text(self) -> None:
        """A piece of the answer came: what is thought later no longer counts."""
        if self._since is not None and self._until is None:
            self._until = time.monotonic()

    @property
    def seconds(self) -> float | None:
        """How long it has thought so far."""
        if self._since is None:
            return None
        return (self._until or time.monotonic()) - self._since
