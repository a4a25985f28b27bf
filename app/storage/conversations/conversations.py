"""Conversations and their messages. Reads answer at once; writes return futures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

import apsw

from app.core.conversations.conversation import (
    Conversation,
    ConversationSummary,
    Message,
    MessageState,
)
from app.core.errors import StorageError
from app.storage.conversations import rows
from app.storage.conversations.messages import (
    damaged_messages,
    insert_conversation,
    point_at,
    put_message,
    read_messages,
)
from app.storage.conversations.outlines import read_outline
from app.storage.database.database import Database
from app.storage.database.reading import row_of, rows_of


class ConversationRepository:
    """The conversations of a database, to be used on the main thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._verified = 0

    def summaries(self) -> list[ConversationSummary]:
        """The list: pinned first, then by the last change, newest first; deleted ones absent."""
        found = rows_of(
            self._database.reader,
            "SELECT c.id, c.title, c.updated_at, c.is_pinned, m.state"
            " FROM conversation c LEFT JOIN message m ON m.id = c.leaf_id"
            " WHERE c.deleted_at IS NULL"
            " ORDER BY c.is_pinned DESC, c.updated_at DESC, c.id DESC",
        )
        return [
            ConversationSummary(
                identity,
                title,
                datetime.fromisoformat(updated_at),
                bool(is_pinned),
                state == MessageState.CUT_OFF,
            )
            for identity, title, updated_at, is_pinned, state in found
        ]

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation, also a deleted one; StorageError when there is none."""
        row = row_of(
            self._database.reader,
            f"SELECT {rows.CONVERSATION_COLUMNS} FROM conversation WHERE id = ?",
            conversation_id,
        )
        if row is None:
            raise StorageError("This conversation is no longer there.", "Open another one.")
        return rows.conversation_from(row)

    def is_stored(self, conversation_id: str) -> bool:
        """Whether there is such a conversation, also a deleted one."""
        found = row_of(
            self._database.reader, "SELECT 1 FROM conversation WHERE id = ?", conversation_id
        )
        return found is not None

    def messages(self, conversation_id: str) -> list[Message]:
        """All messages of a conversation, every branch, in order; damaged ones say so."""
        found = read_messages(
            self._database.reader,
            "WHERE conversation_id = ? ORDER BY sequence, number",
            conversation_id,
        )
        return [rows.message_from(row) for row in found]

    def outline(self, conversation_id: str) -> Sequence[Message]:
        """All messages of a conversation, every branch, in order; each is read when it is asked
        for more than its place."""
        try:
            return read_outline(self._database.reader, conversation_id, self.message)
        except (UnicodeDecodeError, TypeError, OverflowError):
            # A flipped bit in a name or a number: only reading every row whole says which.
            return self.messages(conversation_id)

    def message(self, message_id: str) -> Message:
        """One message; StorageError when there is none."""
        found = read_messages(self._database.reader, "WHERE id = ?", message_id)
        if not found:
            raise StorageError("This message is no longer there.", "Open the conversation again.")
        return rows.message_from(found[0])

    def create(self, conversation: Conversation) -> Future[None]:
        """Stores a new conversation."""
        return self._database.write(lambda writer: insert_conversation(writer, conversation))

    def change(self, conversation_id: str, changes: Mapping[str, Any]) -> Future[None]:
        """Stores some fields of a conversation by name; the others, and a deletion, stay."""
        values = rows.conversation_columns(changes)

        def work(writer: apsw.Connection) -> None:
            columns = ", ".join(f"{name} = ?" for name in values)
            writer.execute(
                f"UPDATE conversation SET {columns} WHERE id = ?",
                (*values.values(), conversation_id),
            )

        return self._database.write(work)

    def append(self, message: Message, *, conversation: Conversation | None = None) -> Future[None]:
        """Adds a message and makes it the end of the branch that is read, in one transaction.

        `conversation`, when given, is made first if it is new; a known one keeps its choices, and
        its title if it has one.
        """

        def work(writer: apsw.Connection) -> None:
            if conversation is not None:
                insert_conversation(writer, conversation)
            put_message(writer, message)
            point_at(writer, message)

        return self._database.write(work)

    def replace(self, message: Message) -> Future[None]:
        """Stores a new state of a known message."""
        return self._database.write(lambda writer: put_message(writer, message))

    def delete(self, conversation_id: str) -> Future[None]:
        """Takes a conversation off the list; `restore` brings it back."""
        return self._mark_deleted(conversation_id, rows.moment(datetime.now(UTC)))

    def restore(self, conversation_id: str) -> Future[None]:
        """Brings a deleted conversation back."""
        return self._mark_deleted(conversation_id, None)

    def verify_idle(self, limit: int = 200) -> list[str]:
        """Checks the hash of the next `limit` messages and returns the ids of damaged ones.

        Each call goes on where the last one ended, and from the start again after the end, where
        `is_verified` becomes True. May be called in a thread, one at a time.
        """
        reader = self._database.new_reader()
        try:
            damaged, self._verified = damaged_messages(reader, self._verified, limit)
        finally:
            reader.close()
        return damaged

    @property
    def is_verified(self) -> bool:
        """Whether the last check came to the end of all messages."""
        return self._verified == 0

    def titles_of(self, message_ids: Sequence[str]) -> list[str]:
        """The titles of the conversations on the list that these messages are in."""
        found = rows_of(
            self._database.reader,
            "SELECT DISTINCT c.id, c.title FROM conversation c"
            " JOIN message m ON m.conversation_id = c.id"
            " WHERE c.deleted_at IS NULL AND m.id IN (SELECT value FROM json_each(?))",
            json.dumps(list(message_ids)),
        )
        return [row[1] for row in found]

    def _mark_deleted(self, conversation_id: str, at: str | None) -> Future[None]:
        def work(writer: apsw.Connection) -> None:
            writer.execute(
                "UPDATE conversation SET deleted_at = ? WHERE id = ?", (at, conversation_id)
            )

        return self._database.write(work)
