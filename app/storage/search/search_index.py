"""Full-text search over messages: words, the start of the last one, "phrases", CJK substrings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.conversations.conversation import Role
from app.storage.conversations.rows import doubtful_moment, role_from
from app.storage.database.database import Database
from app.storage.database.reading import Row, row_of, rows_of
from app.storage.database.sqlite_errors import translated
from app.storage.search import tokenizer
from app.storage.search.snippet import LETTERS, Marks, folded, pattern_of, snippet

MAX_LETTERS = 500
"""More of a query than this is not read."""

# Noncharacters, which no honest text holds; they frame what was found inside a snippet.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_TERM = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\x00": None})
_MESSAGE = (
    "SELECT m.conversation_id, m.id, c.title, m.role, m.text, m.created_at, m.number"
    " FROM {source} JOIN conversation c ON c.id = m.conversation_id"
    " WHERE c.deleted_at IS NULL AND {condition} ORDER BY {order} DESC LIMIT ?"
)
_BY_WORDS = _MESSAGE.format(
    source="message_search JOIN message m ON m.number = message_search.rowid",
    condition="message_search MATCH ? {literal}",
    order="message_search.rowid",
)
_BY_LETTERS = _MESSAGE.format(
    source="message m",
    condition="m.state <> 'writing' AND instr(m.text, ?) {literal}",
    order="m.number",
)
_FRAMED = (
    f"SELECT snippet(message_search, 0, '{_OPEN}', '{_CLOSE}', '…', 24) FROM message_search"
    " WHERE message_search MATCH ? AND rowid = ?"
)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message that was found; `marks` are (start, end) places of the found words in `snippet`."""

    conversation_id: str
    message_id: str
    title: str
    role: Role
    snippet: str
    marks: Marks
    created_at: datetime


@dataclass(frozen=True, slots=True)
class _Term:
    text: str
    is_prefix: bool


class SearchIndex:
    """The search of a database, with a reader of its own: to be asked on one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._reader = database.new_reader()
        self._reader.create_scalar_function("holds", _holds, 2, deterministic=True)

    def close(self) -> None:
        """Gives the reader back."""
        self._reader.close()

    def find(self, query: str, limit: int = 50) -> list[SearchHit]:
        """The newest messages that hold every word and phrase; never raises on what was typed.

        The index knows no punctuation, so a term that has some must also stand in the text letter
        for letter (case, accents and the shape of quotes aside).
        """
        terms = _terms(query)
        if not terms:
            return []
        with translated(reading=True):
            indexed = [term for term in terms if tokenizer.word_count(self._reader, term.text)]
        literal = [folded(term.text) for term in terms if not _is_plain(term.text)]
        statement, question = _BY_LETTERS, terms[0].text
        if indexed:
            statement, question = _BY_WORDS, " ".join(_quoted(term) for term in indexed)
        statement = statement.replace("{literal}", " AND holds(m.text, ?)" * len(literal))
        pattern = pattern_of((term.text, term.is_prefix) for term in terms)
        found = rows_of(self._reader, statement, question, *literal, limit)
        framing = question if indexed else ""
        return [_hit(row, *self._shown(row, pattern, framing)) for row in found]

    def _shown(self, row: Row, pattern: re.Pattern[str], framing: str) -> tuple[str, Marks]:
        """What to show of a message; FTS5 says it where words differ by more than accents."""
        shown = snippet(row[4], pattern)
        if shown is not None:
            return shown
        framed = row_of(self._reader, _FRAMED, framing, row[6]) if framing else None
        return _marked(framed[0] if framed else row[4][:LETTERS])


def _terms(query: str) -> list[_Term]:
    """Splits a query into words and "phrases"; the last word, while it is typed, may go on."""
    clean = query[:MAX_LETTERS].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    clean = clean.translate(_QUOTES)
    terms: list[_Term] = []
    for found in _TERM.finditer(clean):
        phrase, word = found.group(1), found.group(2)
        text = word if word is not None else " ".join(phrase.split())
        is_open = found.end() == len(clean) and not (phrase is not None and clean.endswith('"'))
        if text:
            # One letter alone would ask for a third of all words; it waits for the second.
            terms.append(_Term(text, is_open and (len(text) > 1 or not text.isascii())))
    return terms or ([_Term('"', is_prefix=False)] if '"' in clean else [])


def _quoted(term: _Term) -> str:
    return f'"{term.text}"*' if term.is_prefix else f'"{term.text}"'


def _is_plain(text: str) -> bool:
    """Whether the index sees all of a text: letters, digits, marks and spaces."""
    return all(letter.isspace() or unicodedata.category(letter)[0] in "LNM" for letter in text)


def _holds(*values: Any) -> bool:
    text, part = values
    return part in folded(text)


def _hit(row: Row, text: str, marks: Marks) -> SearchHit:
    created_at = doubtful_moment(row[5])
    return SearchHit(row[0], row[1], row[2], role_from(row[3]), text, marks, created_at)


def _marked(framed: str) -> tuple[str, Marks]:
    """Takes the frames out of a snippet and says where they were; white space becomes blanks."""
    letters: list[str] = []
    marks: Marks = []
    start: int | None = None
    for letter in framed:
        if letter == _OPEN:
            start = len(letters)
        elif letter == _CLOSE:
            if start is not None and start < len(letters):
                marks.append((start, len(letters)))
            start = None
        else:
            letters.append(" " if letter.isspace() else letter)
    return "".join(letters), marks
