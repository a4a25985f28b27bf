"""Makes forecasts better by what providers counted: the plain estimate beside the real tokens."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.conversations.conversation import Message
from app.core.models.provider import Request
from app.services.costs.forecast import UNCALIBRATED, Calibration, request_tokens
from app.services.tasks import TaskScope
from app.storage.costs.estimates import EstimateRepository

FEWEST, MOST = 3, 20
"""Answers of a route that are needed, and that are looked at."""
SMALLEST = 16
"""Tokens of the least question that counts: of smaller ones the frame is the greater part."""
LOWEST, HIGHEST = 0.5, 3.0
"""What no way of counting words goes beyond; further off, something else was counted."""


class CalibrationService(QObject):
    """Notes an estimate with each question, and compares them with what was counted."""

    def __init__(
        self, estimates: EstimateRepository, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._estimates = estimates
        self._scope = scope
        self._asked: dict[str, int] = {}

    def note_asked(self, message_id: str, request: Request) -> None:
        """Remembers the estimate of a question until its answer has ended."""
        tokens = request_tokens(request)
        if tokens is not None:
            self._asked[message_id] = tokens

    def note_answered(self, message: Message) -> None:
        """Writes the estimate beside what the answer used."""
        tokens = self._asked.pop(message.id, None)
        if tokens is not None:
            self._scope.watch(self._estimates.note(message.id, tokens))

    def of_route(self, provider_id: str, model_id: str) -> Calibration:
        """How a route counts: the median of its newest answers; 1 while there are too few."""
        pairs = self._estimates.of_route(provider_id, model_id, SMALLEST, MOST)
        if len(pairs) < FEWEST:
            return UNCALIBRATED
        from statistics import median

        ratio = median(counted / estimated for estimated, counted in pairs)
        return Calibration(min(HIGHEST, max(LOWEST, ratio)), len(pairs))
