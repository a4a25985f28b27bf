"""What a route was found to refuse, remembered so that it need not be asked the same way again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SYSTEM, STREAM_OPTIONS = "system", "stream_options"
RENAMED = "renamed "
"""Begins the name of a lesson that a field goes under another name; both names follow."""

_WORDS = {
    SYSTEM: "takes no separate instructions, so they go at the head of your first message",
    STREAM_OPTIONS: "does not report token counts when asked",
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing that a model at a provider refused, by its name, and when that was learnt (UTC)."""

    provider_id: str
    model_id: str
    name: str
    learnt_at: datetime

    @property
    def text(self) -> str:
        """What it says, to be read after the model's name."""
        if self.name.startswith(RENAMED):
            old, new = self.name.split()[1:]
            return f"takes {old} under the name {new}"
        return _WORDS.get(self.name, f"does not take {self.name}")
