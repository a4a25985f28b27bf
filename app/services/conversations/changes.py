"""Changes of conversations on their way to the disk, field by field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.core.conversations.conversation import Conversation
from app.core.errors import AppError
from app.services.notices import NoticeService
from app.services.tasks import TaskScope
from app.storage.conversations.conversations import ConversationRepository


class Changes:
    """Writes changes, and knows those that a conversation read meanwhile still lacks.

    Only the fields that were changed are written: a whole conversation would take back what others
    have changed since it was read.
    """

    def __init__(
        self, repository: ConversationRepository, notices: NoticeService, scope: TaskScope
    ) -> None:
        self._repository = repository
        self._notices = notices
        self._scope = scope
        self._unwritten: dict[str, list[dict[str, Any]]] = {}

    def applied(self, conversation: Conversation) -> Conversation:
        """A conversation that was read, with the changes of it that are still on their way."""
        for changes in self._unwritten.get(conversation.id, ()):
            conversation = replace(conversation, **changes)
        return conversation

    def write(
        self,
        conversation_id: str,
        changes: dict[str, Any],
        written: Callable[[], None] | None = None,
    ) -> None:
        """Queues a change of some fields by name; `written` is called once it is on the disk."""
        waiting = self._unwritten.setdefault(conversation_id, [])
        waiting.append(changes)

        def done(_: None) -> None:
            waiting.remove(changes)
            if written is not None:
                written()

        def failed(error: AppError) -> None:
            waiting.remove(changes)
            self._notices.report(error)

        write = self._repository.change(conversation_id, changes)
        self._scope.watch(write, done=done, failed=failed)
