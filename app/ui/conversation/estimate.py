"""The forecast under the composer: made anew when typing pauses or a choice changes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.models.parameter import ParameterValue
from app.services.conversations.context_limit import first_in_view
from app.services.costs.forecast import forecast
from app.services.services import Services
from app.ui.composer.composer import Composer
from app.ui.conversation.estimate_text import fill_of, left_text, right_text, tip_text

DELAY = 200
"""Milliseconds after the last key before the forecast is made anew."""


class Estimate(QObject):
    """Says what the next question will hold and cost.

    `first_read` carries the first message that the model can still read, empty where it is all.
    """

    first_read = Signal(str)

    def __init__(self, services: Services, composer: Composer) -> None:
        super().__init__(composer)
        self._services = services
        self._composer = composer
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)

    def show_soon(self) -> None:
        """After a pause in typing."""
        self._timer.start(DELAY)

    def show_next(self) -> None:
        """When what is being done is done: a conversation is on the screen before it is counted."""
        self._timer.start(0)

    def show(self) -> None:
        """Makes the forecast at once. A pause that ends behind the services' own end is none."""
        self._timer.stop()
        if self._services.scope.is_closed:
            return
        conversations = self._services.conversations
        current = conversations.current
        branch = conversations.branch()
        told = forecast(
            self._composer.text(),
            branch,
            current.system,
            self._services.models.model(current.provider_id, current.model_id),
            attachments=self._composer.attachments(),
            limit=_length_limit(current.parameters),
            searches=1 if current.parameters.get("web_search") else 0,
            calibration=self._services.calibration.of_route(current.provider_id, current.model_id),
        )
        self._composer.set_forecast(
            left_text(told), right_text(told), fill_of(told), tip_text(told)
        )
        first = first_in_view(branch, told)
        self.first_read.emit(branch[first].id if 0 < first < len(branch) else "")


def _length_limit(parameters: Mapping[str, ParameterValue]) -> int | None:
    limit = parameters.get("max_tokens")
    return limit if isinstance(limit, int) else None
