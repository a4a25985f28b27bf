"""Conversations and their messages. Reads answer at once; writes return futures."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC, datetime

import apsw

from app.core.conversation import (
    Conversation,
    ConversationSummary,
    Message,
    MessageState,
)
from app.core.errors import StorageError
from app.storage import rows
from app.storage.database import Database
from app.storage.reading import Row, row_of, rows_of

_MESSAGE_NAMES = rows.MESSAGE_COLUMNS.split(", ")
_CONVERSATION_NAMES = rows.CONVERSATION_COLUMNS.split(", ")
_MARKS = ", ".join("?" * 11)


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

    def messages(self, conversation_id: str) -> list[Message]:
        """All messages of a conversation, every branch, in order; damaged ones say so."""
        found = read_messages(
            self._database.reader,
            "WHERE conversation_id = ? ORDER BY sequence, number",
            conversation_id,
        )
        return [rows.message_from(row) for row in found]

    def message(self, message_id: str) -> Message:
        """One message; StorageError when there is none."""
        found = read_messages(self._database.reader, "WHERE id = ?", message_id)
        if not found:
            raise StorageError("This message is no longer there.", "Open the conversation again.")
        return rows.message_from(found[0])

    def next_sequence(self, conversation_id: str) -> int:
        """The place of the next message, from 1."""
        row = row_of(
            self._database.reader,
            "SELECT max(sequence) FROM message WHERE conversation_id = ?",
            conversation_id,
        )
        return 1 + (row[0] or 0 if row else 0)

    def create(self, conversation: Conversation) -> Future[None]:
        """Stores a new conversation."""
        return self._database.write(lambda writer: insert_conversation(writer, conversation))

    def save(self, conversation: Conversation) -> Future[None]:
        """Stores every field of a known conversation."""
        return self._database.write(lambda writer: insert_conversation(writer, conversation))

    def append(self, message: Message, *, conversation: Conversation | None = None) -> Future[None]:
        """Adds a message and makes it the end of the branch that is read, in one transaction.

        `conversation`, when given, is stored first: made if new, else brought up to date.
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

    def purge_deleted(self, older_than: datetime) -> Future[int]:
        """Removes for ever what was deleted before; the future holds how many conversations."""

        def work(writer: apsw.Connection) -> int:
            writer.execute(
                "DELETE FROM draft WHERE conversation_id IN"
                " (SELECT id FROM conversation WHERE deleted_at < ?)",
                (rows.moment(older_than),),
            )
            writer.execute(
                "DELETE FROM conversation WHERE deleted_at < ?", (rows.moment(older_than),)
            )
            return writer.changes()

        return self._database.write(work)

    def verify_idle(self, limit: int = 200) -> list[str]:
        """Checks the hash of the next `limit` messages and returns the ids of damaged ones.

        Each call goes on where the last one ended, and from the start again after the end.
        """
        reader = self._database.new_reader()
        try:
            numbers = [
                row[0]
                for row in rows_of(
                    reader,
                    "SELECT number FROM message WHERE number > ? ORDER BY number LIMIT ?",
                    self._verified,
                    limit,
                )
            ]
            self._verified = numbers[-1] if len(numbers) == limit else 0
            found = [
                row
                for number in numbers
                for row in read_messages(reader, "WHERE number = ?", number)
            ]
        finally:
            reader.close()
        return [
            row[0] if isinstance(row[0], str) else row[0].decode("utf-8", "replace")
            for row in found
            if not rows.is_sound(row)
        ]

    def _mark_deleted(self, conversation_id: str, at: str | None) -> Future[None]:
        def work(writer: apsw.Connection) -> None:
            writer.execute(
                "UPDATE conversation SET deleted_at = ? WHERE id = ?", (at, conversation_id)
            )

        return self._database.write(work)


def read_messages(reader: apsw.Connection, where: str, value: str | int) -> list[Row]:
    """Rows of MESSAGE_COLUMNS; where a flipped bit broke the UTF-8, texts come as bytes."""
    try:
        return rows_of(reader, f"SELECT {rows.MESSAGE_COLUMNS} FROM message {where}", value)
    except UnicodeDecodeError:
        texts = ", ".join(
            name if name in {"sequence", "hash"} else f"CAST({name} AS BLOB)"
            for name in _MESSAGE_NAMES
        )
        found = rows_of(reader, f"SELECT {texts} FROM message {where}", value)
    return [tuple(_text_again(value) for value in row[:-1]) + row[-1:] for row in found]


def _text_again(value: object) -> object:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    return value


def insert_conversation(writer: apsw.Connection, conversation: Conversation) -> None:
    """Stores a conversation, new or known, without bringing a deleted one back."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in _CONVERSATION_NAMES[1:])
    writer.execute(
        f"INSERT INTO conversation ({rows.CONVERSATION_COLUMNS}) VALUES ({_MARKS})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        rows.conversation_row(conversation),
    )


def put_message(writer: apsw.Connection, message: Message) -> None:
    """Stores a message, new or known; the search index follows by trigger."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in _MESSAGE_NAMES[1:])
    writer.execute(
        f"INSERT INTO message ({rows.MESSAGE_COLUMNS}) VALUES ({_MARKS})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        rows.message_row(message),
    )


def point_at(writer: apsw.Connection, message: Message) -> None:
    """Makes a message the end of the branch that is read."""
    writer.execute(
        "UPDATE conversation SET leaf_id = ?, updated_at = max(updated_at, ?) WHERE id = ?",
        (message.id, rows.moment(message.created_at), message.conversation_id),
    )
