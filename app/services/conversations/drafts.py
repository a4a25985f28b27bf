"""What was typed and not sent, one for each conversation."""

from __future__ import annotations

from app.services.tasks import TaskScope
from app.storage.conversations.drafts import Draft, DraftRepository


class Drafts:
    """Keeps drafts; one that is still on its way to the disk is there already."""

    def __init__(self, repository: DraftRepository, scope: TaskScope) -> None:
        self._repository = repository
        self._scope = scope
        self._known: dict[str, Draft] = {}

    def draft(self, conversation_id: str) -> Draft:
        """The draft of a conversation, "" for the one that is not yet stored."""
        return self._known.get(conversation_id) or self._repository.draft(conversation_id)

    def keep(self, conversation_id: str, draft: Draft) -> None:
        """Keeps a draft; an empty one is forgotten."""
        self._known[conversation_id] = draft
        self._scope.watch(self._repository.keep(conversation_id, draft))
