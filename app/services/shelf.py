"""Where conversations are kept: the stores, and what is written from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import TransferError
from app.storage.attachments import AttachmentStore
from app.storage.conversations import ConversationRepository
from app.storage.drafts import DraftRepository
from app.storage.ledger import Ledger
from app.transfer import FORMATS


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stores a conversation is kept in."""

    conversations: ConversationRepository
    drafts: DraftRepository
    attachments: AttachmentStore
    ledger: Ledger

    def export(self, conversation_id: str, format_id: str, path: Path) -> None:
        """Writes a conversation to a file. Raises TransferError when that fails."""
        conversation = self.conversations.conversation(conversation_id)
        messages = self.conversations.messages(conversation_id)
        try:
            path.write_text(FORMATS[format_id].text(conversation, messages), encoding="utf-8")
        except OSError as error:
            raise TransferError(
                f"{path.name} could not be written: {error.strerror}.", "Choose another folder."
            ) from error
