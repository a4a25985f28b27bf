"""Waits where a provider asks to, and then asks again: seen by the user, who can stop it."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.conversations.conversation import Conversation, Message, MessageState
from app.services.conversations.conversations import ConversationService
from app.services.generation.generation import GenerationService
from app.services.tasks import TaskScope

TRIES = 3
"""Times one question is asked again by itself."""
BUSY = (429, 503, 529)
"""Statuses that say "later" even when no time is named; nothing was answered or billed for them."""
LEAST = 1.0
"""Seconds waited at least, whatever was named."""
LONGEST = 600.0
"""Seconds waited at most: nobody watches a longer countdown, and the computer may sleep by then."""
FIRST = 4.0
"""Seconds before the first try where no time is named; each later one waits twice as long."""


@dataclass(slots=True)
class _Wait:
    message_id: str
    tries: int


class WaitingService(QObject):
    """Asks again after the time a provider named, only where nothing of an answer had come.

    `began(message_id, seconds)` and `over(message_id)` enclose each wait. Does nothing before
    `begin` is called: the command line never asks twice.
    """

    began = Signal(str, float)
    over = Signal(str)

    def __init__(
        self,
        conversations: ConversationService,
        generation: GenerationService,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._generation = generation
        self._scope = scope
        self._waits: dict[str, _Wait] = {}
        self._tries: dict[str, int] = {}

    def begin(self) -> None:
        """Begins to listen for answers that failed."""
        self._generation.finished.connect(self._on_finished)
        self._conversations.turns.message_stored.connect(self._on_message_stored)

    def is_waiting(self, message_id: str) -> bool:
        """Whether a failed answer is going to be asked for again."""
        return any(wait.message_id == message_id for wait in self._waits.values())

    def stop(self, conversation_id: str) -> None:
        """Gives up waiting in a conversation."""
        if conversation_id in self._waits:
            self._scope.cancel(f"wait {conversation_id}")

    def _on_finished(self, message: Message) -> None:
        question = message.parent_id or ""
        seconds = self._seconds(message)
        if seconds is None:
            self._tries.pop(question, None)
            return
        tries = self._tries[question] = self._tries.get(question, 0) + 1
        conversation_id = message.conversation_id
        self._waits[conversation_id] = _Wait(message.id, tries)

        async def wait() -> None:
            self.began.emit(message.id, seconds)
            await asyncio.sleep(seconds)
            self._conversations.ask_again(conversation_id, message.id)

        def ended() -> None:
            if self._waits.get(conversation_id, _Wait("", 0)).message_id == message.id:
                del self._waits[conversation_id]
            self.over.emit(message.id)

        self._scope.start(f"wait {conversation_id}", wait, owner=conversation_id, ended=ended)

    def _seconds(self, message: Message) -> float | None:
        """How long to wait before asking again, None where it must not be done by itself."""
        fault = message.provenance.fault if message.provenance else None
        if self._conversations.is_deleted(message.conversation_id):
            return None
        if message.state is not MessageState.FAILED or fault is None or message.parts:
            return None
        tried = self._tries.get(message.parent_id or "", 0)
        is_busy = fault.status in BUSY and fault.is_retryable
        if tried >= TRIES or not is_busy:
            return None
        if fault.retry_after is not None:
            return max(LEAST, fault.retry_after) if fault.retry_after <= LONGEST else None
        return FIRST * float(2**tried) * random.uniform(0.8, 1.2)

    def _on_message_stored(self, conversation: Conversation, message: Message) -> None:
        wait = self._waits.get(conversation.id)
        if wait is not None and message.id != wait.message_id:
            self.stop(conversation.id)
