"""Where somebody stopped reading a conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A row of a message and how far below the top of the view it stood.

    `row` counts the message's rows from 0, -1 is what stands above them, -2 what stands below;
    `distance` is in px, negative where the row began above the view.
    """

    message_id: str
    row: int
    distance: int
