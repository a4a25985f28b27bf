"""Where conversations are kept: the stores, and what is written from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.services.files.whole_file import write_with
from app.services.generation.request_files import Sending
from app.storage.conversations.conversations import ConversationRepository
from app.storage.conversations.deleted import DeletedConversations
from app.storage.conversations.drafts import DraftRepository
from app.storage.costs.ledger import Ledger
from app.storage.files.attachments import AttachmentStore


@dataclass(frozen=True, slots=True)
class ConversationStore:
    """The stores a conversation is kept in."""

    conversations: ConversationRepository
    drafts: DraftRepository
    deleted: DeletedConversations
    attachments: AttachmentStore
    ledger: Ledger
    sending: Sending

    def export(self, conversation_id: str, format_id: str, path: Path, place: str = "") -> None:
        """Writes a conversation to a file, whole or not at all. Raises TransferError.

        Without a place its files go beside it; into a pipe, which has nothing beside it, none do.
        """
        from app.transfer import FORMATS
        from app.transfer.files import FilePlace, WrittenFiles

        conversation = self.conversations.conversation(conversation_id)
        messages = self.conversations.messages(conversation_id)
        if not place:
            place = FilePlace.BESIDE if path.is_file() or not path.exists() else FilePlace.NAMED
        files = WrittenFiles(path, FilePlace(place), self.attachments.read)
        text = FORMATS[format_id].text(conversation, messages, files.address)
        write_with(path, text, files.folder, files.contents)
