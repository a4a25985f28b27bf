"""Drafts: what was typed and attached but not sent, one for each conversation."""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import dataclass

import apsw

from app.core.conversations.attachment import Attachment
from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import row_of


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsent message."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()


class DraftRepository:
    """The drafts of a database; "" names the conversation that is not yet stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, conversation_id: str) -> Draft:
        """The draft of a conversation, empty when there is none."""
        row = row_of(
            self._database.reader,
            "SELECT text, attachments FROM draft WHERE conversation_id = ?",
            conversation_id,
        )
        if row is None:
            return Draft()
        return Draft(row[0], tuple(rows.attachment_from(found) for found in json.loads(row[1])))

    def keep(self, conversation_id: str, draft: Draft) -> Future[None]:
        """Stores a draft; an empty one is removed."""

        def work(writer: apsw.Connection) -> None:
            if draft == Draft():
                writer.execute("DELETE FROM draft WHERE conversation_id = ?", (conversation_id,))
                return
            attachments = rows.packed([rows.attachment_json(a) for a in draft.attachments])
            writer.execute(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?)",
                (conversation_id, rows.plain(draft.text), attachments),
            )

        return self._database.write(work, durable=False)
