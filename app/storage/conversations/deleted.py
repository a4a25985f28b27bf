"""Conversations that were deleted, and their removal for good: from the tables, the search index,
the log and the folder of attached files."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from concurrent.futures import Future
from datetime import datetime

import apsw

from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import rows_of

AT_ONCE = 4_000
"""Bytes of text that one step removes, a message at least: taking words out of the search index is
slow (10 ms for a message of 3,000 words), and the writes of the user wait for it."""

_HASH = re.compile(r'"sha256":"([0-9a-f]{64})"')
_WITH_FILES = "instr(parts, '\"sha256\":')"


class DeletedConversations:
    """What was deleted and is still in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, before: datetime) -> list[str]:
        """The conversations that were deleted before a moment."""
        found = rows_of(
            self._database.reader,
            "SELECT id FROM conversation WHERE deleted_at < ? ORDER BY deleted_at",
            rows.moment(before),
        )
        return [row[0] for row in found]

    def files_of(self, conversation_ids: Collection[str]) -> list[str]:
        """The hashes of the files that only these conversations hold; may be asked in a thread."""
        chosen = json.dumps(list(conversation_ids))
        reader = self._database.new_reader()
        try:
            theirs, others = (
                {
                    name
                    for table, column, condition in (
                        ("message", "parts", f"AND {_WITH_FILES}"),
                        ("draft", "attachments", ""),
                    )
                    for row in rows_of(
                        reader,
                        f"SELECT {column} FROM {table} WHERE conversation_id {place}"
                        f" (SELECT value FROM json_each(?)) {condition}",
                        chosen,
                    )
                    for name in _HASH.findall(row[0])
                }
                for place in ("IN", "NOT IN")
            )
        finally:
            reader.close()
        return sorted(theirs - others)

    def remove_some(self, conversation_id: str) -> Future[bool]:
        """Removes some messages of a conversation for good, and with the last ones all of it.

        The future says whether there is more to remove.
        """

        def work(writer: apsw.Connection) -> bool:
            found = rows_of(
                writer,
                "SELECT number, octet_length(text) FROM message WHERE conversation_id ="
                " (SELECT id FROM conversation WHERE id = ? AND deleted_at IS NOT NULL)",
                conversation_id,
            )
            room = AT_ONCE
            for number, size in found:
                writer.execute("DELETE FROM message WHERE number = ?", (number,))
                room -= size
                if room <= 0:
                    return True
            writer.execute(
                "DELETE FROM draft WHERE conversation_id ="
                " (SELECT id FROM conversation WHERE id = ? AND deleted_at IS NOT NULL)",
                (conversation_id,),
            )
            writer.execute(
                "DELETE FROM conversation WHERE id = ? AND deleted_at IS NOT NULL",
                (conversation_id,),
            )
            return False

        return self._database.write(work)
