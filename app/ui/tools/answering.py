"""The strip for results and the services: calls that wait show there, and results go back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.core.errors import AppError
from app.core.models.tool import DECLINED
from app.services.generation.tool_rounds import rounds, waiting_message
from app.services.services import Services
from app.ui.composer.composer import Composer
from app.ui.tools.answer_strip import AnswerStrip


class Answering(QObject):
    """Keeps the strip in step with the branch being read."""

    def __init__(self, services: Services, strip: AnswerStrip, composer: Composer) -> None:
        super().__init__(strip)
        self._services = services
        self._strip = strip
        self._composer = composer
        conversations, generation = services.conversations, services.generation
        conversations.opened.connect(self.show)
        conversations.branch_changed.connect(self.show)
        conversations.message_added.connect(self.show)
        conversations.message_replaced.connect(self.show)
        conversations.turns.unasked.connect(self._on_unasked)
        generation.ended.connect(self.show)
        strip.answered.connect(self._on_answered)

    def show(self) -> None:
        """Shows the calls that wait at the end of the branch, or nothing."""
        conversations = self._services.conversations
        branch = conversations.branch()
        is_running = self._services.generation.is_running(conversations.current.id)
        message = None if is_running else waiting_message(branch)
        focused = self._strip.window().focusWidget()
        if message is None and focused is not None and self._strip.isAncestorOf(focused):
            # The keyboard must not go somewhere by chance with the field it was in.
            self._composer.focus_text()
        self._strip.show_calls(message, rounds(branch))

    def is_waiting(self) -> bool:
        """Whether there are calls to answer."""
        return bool(self._strip.message_id)

    def focus(self, _message_id: str = "") -> None:
        """Puts the cursor where the first result is typed."""
        self._strip.focus_first()

    def decline(self) -> None:
        """Lets the model go on without the results."""
        if self._strip.message_id:
            self._on_answered(self._strip.message_id, {})

    def _on_answered(self, message_id: str, results: Mapping[str, str]) -> None:
        conversations = self._services.conversations
        calls = conversations.message(message_id).calls
        texts = {call.call_id: results.get(call.call_id, DECLINED) for call in calls}
        conversations.answer_calls(message_id, texts)

    def _on_unasked(self, _conversation_id: str, _error: AppError) -> None:
        self._strip.set_busy(False)
