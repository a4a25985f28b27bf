"""Rows of conversations and messages, read and written inside the transaction of a caller."""

from __future__ import annotations

import apsw

from app.core.conversations.conversation import Conversation, Message
from app.storage.conversations import rows
from app.storage.database.reading import Row, rows_of

_MESSAGE_NAMES = rows.MESSAGE_COLUMNS.split(", ")
MOST_BYTES = 4_000_000
"""Bytes of messages that are held against their hashes at once; one more may go beyond."""
_MARKS = ", ".join("?" * 11)


def read_messages(reader: apsw.Connection, where: str, *values: str | int) -> list[Row]:
    """Rows of MESSAGE_COLUMNS; where a flipped bit broke the UTF-8, texts come as bytes."""
    try:
        return rows_of(reader, f"SELECT {rows.MESSAGE_COLUMNS} FROM message {where}", *values)
    except UnicodeDecodeError:
        texts = ", ".join(
            name if name in {"sequence", "hash"} else f"CAST({name} AS BLOB)"
            for name in _MESSAGE_NAMES
        )
        found = rows_of(reader, f"SELECT {texts} FROM message {where}", *values)
    return [tuple(_text_again(value) for value in row[:-1]) + row[-1:] for row in found]


def _text_again(value: object) -> object:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    return value


def insert_conversation(writer: apsw.Connection, conversation: Conversation) -> None:
    """Stores a new conversation; of a known one only a title that is missing is filled in."""
    writer.execute(
        f"INSERT INTO conversation ({rows.CONVERSATION_COLUMNS}) VALUES ({_MARKS})"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title WHERE title = ''",
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


def damaged_messages(reader: apsw.Connection, after: int, limit: int) -> tuple[list[str], int]:
    """The ids among the next `limit` messages whose hash does not fit, and where to go on.

    `after` is the number of the last message checked, 0 at first; 0 comes back at the end.
    """
    sizes = rows_of(
        reader,
        "SELECT number, octet_length(text) + octet_length(parts) FROM message"
        " WHERE number > ? ORDER BY number LIMIT ?",
        after,
        limit,
    )
    if not sizes:
        return [], 0
    last, room = after, MOST_BYTES
    for number, size in sizes:
        if room <= 0:
            break
        last, room = number, room - (size or 0)
    found = read_messages(reader, "WHERE number > ? AND number <= ? ORDER BY number", after, last)
    damaged = [
        row[0] if isinstance(row[0], str) else repr(row[0])
        for row in found
        if not rows.is_sound(row)
    ]
    is_end = len(sizes) < limit and last == sizes[-1][0]
    return damaged, 0 if is_end else last
