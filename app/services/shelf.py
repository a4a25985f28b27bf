"""Where conversations are kept: the stores, and what is written from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import TransferError
from app.core.identity import new_id
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
        """Writes a conversation to a file, whole or not at all. Raises TransferError.

        What is no plain file (a pipe, a link) is written to as it stands.
        """
        conversation = self.conversations.conversation(conversation_id)
        messages = self.conversations.messages(conversation_id)
        text = FORMATS[format_id].text(conversation, messages)
        is_plain = not path.is_symlink() and (path.is_file() or not path.exists())
        growing = path.with_name(f".facet-{new_id()}.new") if is_plain else path
        try:
            growing.write_text(text, encoding="utf-8")
            if is_plain:
                growing.replace(path)
        except OSError as error:
            if is_plain:
                growing.unlink(missing_ok=True)
            raise TransferError(
                f"{path.name} could not be written: {error.strerror}.", "Choose another folder."
            ) from error
