"""The journal of running answers: pieces appended as they come, folded into the message at the end.

A piece is in the file as soon as its future is done, whatever happens to the program; the search
index sees an answer once, when it is folded.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import apsw

from app.core.conversations.conversation import Message, MessageState, Part, ReasoningPart, TextPart
from app.core.errors import StorageError
from app.storage.conversations import rows
from app.storage.conversations.messages import point_at, put_message, read_messages
from app.storage.costs.ledger import record
from app.storage.database.database import Database
from app.storage.database.reading import rows_of


class Journal:
    """The answers being written in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, message: Message) -> Future[None]:
        """Stores the row of an answer about to be written and makes it the end of its branch."""

        def work(writer: apsw.Connection) -> None:
            put_message(writer, replace(message, state=MessageState.WRITING))
            point_at(writer, message)

        return self._database.write(work)

    def append(self, message_id: str, text: str = "", reasoning: str = "") -> Future[None]:
        """Adds what arrived since the last call."""
        return self._add(message_id, [("reasoning", reasoning), ("text", text)])

    def replace_text(self, message_id: str, text: str) -> Future[None]:
        """Puts another text in place of all that arrived: the provider sends snapshots."""
        return self._add(message_id, [("whole", text)])

    def fold(self, message: Message) -> Future[None]:
        """Puts the finished message in place of its pieces and notes what it cost."""
        return self._database.write(lambda writer: _fold(writer, message))

    def unfinished(self) -> list[Message]:
        """The answers nobody finished, with all the text that arrived, marked as cut off."""
        return _unfinished(self._database.reader)

    def recover(self) -> list[Message]:
        """Folds what an earlier run left unfinished, at start; waits for the disk and returns them.

        In a database that can only be read they are returned but not folded.
        """
        if self._database.is_read_only:
            return self.unfinished()

        def work(writer: apsw.Connection) -> list[Message]:
            found = _unfinished(writer)
            for message in found:
                _fold(writer, message)
            return found

        return self._database.write(work).result() if self.unfinished() else []

    def _add(self, message_id: str, pieces: list[tuple[str, str]]) -> Future[None]:
        found = [
            (message_id, kind, rows.plain(text)) for kind, text in pieces if text or kind == "whole"
        ]

        def work(writer: apsw.Connection) -> None:
            writer.executemany(
                "INSERT INTO journal (message_id, kind, text) VALUES (?, ?, ?)", found
            )

        return self._database.write(work, durable=False)


def _fold(writer: apsw.Connection, message: Message) -> None:
    if message.state is MessageState.WRITING:
        raise StorageError("An answer that is still being written cannot be finished.", "")
    put_message(writer, message)
    writer.execute("DELETE FROM journal WHERE message_id = ?", (message.id,))
    record(writer, message)


def _unfinished(connection: apsw.Connection) -> list[Message]:
    found = read_messages(connection, "WHERE state = ? ORDER BY number", "writing")
    return [_rebuilt(connection, rows.message_from(row)) for row in found]


def _rebuilt(connection: apsw.Connection, message: Message) -> Message:
    texts: list[str] = []
    thoughts: list[str] = []
    pieces = rows_of(
        connection, "SELECT kind, text FROM journal WHERE message_id = ? ORDER BY piece", message.id
    )
    for kind, text in pieces:
        if kind == "whole":
            texts = [text]
        else:
            (texts if kind == "text" else thoughts).append(text)
    parts: list[Part] = list(message.parts)
    if thoughts:
        parts.append(ReasoningPart("".join(thoughts)))
    if texts:
        parts.append(TextPart("".join(texts)))
    return replace(message, parts=tuple(parts), state=MessageState.CUT_OFF)
