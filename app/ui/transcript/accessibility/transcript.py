"""What screen readers may know of one transcript, and how it is found by the widget that shows
it."""

from __future__ import annotations

from typing import ClassVar
from weakref import WeakSet

from PySide6.QtWidgets import QAbstractScrollArea
from shiboken6 import isValid

from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport


class AccessibleTranscript:
    """One transcript for screen readers. It lives as long as its view keeps it."""

    _known: ClassVar[WeakSet[AccessibleTranscript]] = WeakSet()

    def __init__(self, state: TranscriptState, viewport: Viewport, hit_test: HitTest) -> None:
        self.state = state
        self.viewport = viewport
        self.hit_test = hit_test
        self._known.add(self)

    @classmethod
    def of(cls, area: QAbstractScrollArea) -> AccessibleTranscript | None:
        """The one that a scroll area shows, or None."""
        return next((known for known in cls._known if known.viewport.area is area), None)

    @property
    def is_there(self) -> bool:
        """Whether its scroll area still exists."""
        return isValid(self.viewport.area)

    @property
    def has_ring(self) -> bool:
        """Whether a message has the keyboard."""
        return self.state.focused >= 0 and self.viewport.has_focus
