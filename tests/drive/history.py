"""What is in the database of a profile, looked at from outside, without changing it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw


@dataclass(frozen=True)
class Kept:
    """A message as it is stored; of a running answer the text is what the journal holds."""

    id: str
    role: str
    state: str
    text: str
    provenance: dict[str, Any]


class History:
    """The database of a profile."""

    def __init__(self, profile: Path) -> None:
        self.path = profile / "data" / "facet.db"

    def messages(self) -> list[Kept]:
        """Every message in the order it was written; none while there is no database."""
        if not self.path.exists() or not self.path.stat().st_size:
            return []
        with self._reader() as reader:
            if not _has_tables(reader):
                return []
            found = reader.execute(
                "SELECT id, role, state, text, provenance,"
                " (SELECT group_concat(text, '') FROM (SELECT text FROM journal"
                " WHERE message_id = message.id AND kind = 'text' ORDER BY piece))"
                " FROM message ORDER BY number"
            )
            return [
                Kept(id_, role, state, text + (journal or ""), json.loads(told or "{}"))
                for id_, role, state, text, told, journal in found
            ]

    def answer(self) -> Kept:
        """The newest answer; one with nothing in it while there is none."""
        found = [message for message in self.messages() if message.role == "assistant"]
        return found[-1] if found else Kept("", "", "", "", {})

    def questions(self) -> list[str]:
        """What was asked, in order."""
        return [message.text for message in self.messages() if message.role == "user"]

    def drafts(self) -> list[str]:
        """The texts not sent yet."""
        if not self.path.exists():
            return []
        with self._reader() as reader:
            if not _has_tables(reader):
                return []
            return [text for (text,) in reader.execute("SELECT text FROM draft")]

    def is_sound(self) -> bool:
        """Whether SQLite finds every page, row and index as it should be."""
        with self._reader() as reader:
            return reader.execute("PRAGMA quick_check").fetchall() == [("ok",)]

    @contextmanager
    def _reader(self) -> Iterator[apsw.Connection]:
        reader = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
        reader.set_busy_timeout(2000)
        try:
            yield reader
        finally:
            reader.close()


def _has_tables(reader: apsw.Connection) -> bool:
    found = reader.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'journal'").fetchall()
    return found == [(1,)]
