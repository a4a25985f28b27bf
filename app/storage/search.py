"""Full-text search over every message: words, the beginning of the last word, "phrases", CJK substrings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.conversation import Role
from app.storage import words
from app.storage.database import Database
from app.storage.faults import translated

# Noncharacters, which no honest text holds; they frame what was found inside a snippet.
_OPEN, _CLOSE, _CUT = "\ufdd0", "\ufdd1", "…"
_SNIPPET_WORDS = 24
_SNIPPET_LETTERS = 120
_TERM = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\x00": None})
_MESSAGE = (
    "SELECT m.conversation_id, m.id, c.title, m.role, {snippet}, m.created_at, m.text"
    " FROM {source} JOIN conversation c ON c.id = m.conversation_id"
    " WHERE c.deleted_at IS NULL AND {condition} ORDER BY {order} DESC"
)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message that was found; `marks` are (start, end) letter places of the found words in `snippet`."""

    conversation_id: str
    message_id: str
    title: str
    role: Role
    snippet: str
    marks: list[tuple[int, int]]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class _Term:
    text: str
    is_prefix: bool


class SearchIndex:
    """The search of a database. It may be asked on any one thread at a time: its reader is its own."""

    def __init__(self, database: Database) -> None:
        self._reader = database.new_reader()

    def close(self) -> None:
        """Gives the reader back."""
        self._reader.close()

    def find(self, query: str, limit: int = 50) -> list[SearchHit]:
        """The newest messages that hold every word and phrase of the query; never raises on what was typed.

        Punctuation is not indexed: a term that has some must also stand in the text letter for letter.
        """
        terms = _terms(query)
        with translated(reading=True):
            indexed = [term for term in terms if words.word_count(self._reader, term.text)]
            literal = [_folded(term.text) for term in terms if not _is_plain(term.text)]
            if indexed:
                return self._find_words(indexed, literal, limit)
            return self._find_letters(literal, limit) if literal else []

    def _find_words(self, terms: list[_Term], literal: list[str], limit: int) -> list[SearchHit]:
        statement = _MESSAGE.format(
            snippet=f"snippet(message_search, 0, '{_OPEN}', '{_CLOSE}', '{_CUT}', {_SNIPPET_WORDS})",
            source="message_search JOIN message m ON m.number = message_search.rowid",
            condition="message_search MATCH ?",
            order="message_search.rowid",
        )
        question = " ".join(_quoted(term) for term in terms)
        hits: list[SearchHit] = []
        for row in self._reader.execute(statement, (question,)):
            if literal and not _holds_all(row[6], literal):
                continue
            snippet, marks = _marked(row[4])
            hits.append(_hit(row, snippet, marks))
            if len(hits) >= limit:
                break
        return hits

    def _find_letters(self, literal: list[str], limit: int) -> list[SearchHit]:
        """Punctuation alone: a walk through the texts, newest first, that stops when it has enough."""
        statement = _MESSAGE.format(
            snippet="''",
            source="message m",
            condition="m.state <> 'writing' AND instr(m.text, ?)",
            order="m.number",
        )
        hits: list[SearchHit] = []
        for row in self._reader.execute(statement, (literal[0],)):
            if not _holds_all(row[6], literal):
                continue
            hits.append(_hit(row, *_window(row[6], literal[0])))
            if len(hits) >= limit:
                break
        return hits


def _terms(query: str) -> list[_Term]:
    """Splits a query into words and "phrases"; the last word, if the query ends in it, may go on."""
    clean = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_QUOTES)
    terms: list[_Term] = []
    for found in _TERM.finditer(clean):
        phrase, word = found.group(1), found.group(2)
        if word is not None:
            terms.append(_Term(word, found.end() == len(clean)))
        elif phrase.strip():
            terms.append(_Term(" ".join(phrase.split()), not found.group().endswith('"')))
        elif found.group() == '"' and clean.strip() == '"':
            terms.append(_Term('"', is_prefix=False))
    return terms


def _quoted(term: _Term) -> str:
    text = term.text.replace('"', '""')
    return f'"{text}"*' if term.is_prefix else f'"{text}"'


def _is_plain(text: str) -> bool:
    """Whether the index sees all of a text: letters, digits, marks and spaces."""
    return all(letter.isspace() or unicodedata.category(letter)[0] in "LNM" for letter in text)


def _folded(text: str) -> str:
    """Text as it is compared letter for letter: without case, accents, curly quotes or runs of space."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES))
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def _holds_all(text: str, literal: list[str]) -> bool:
    folded = _folded(text)
    return all(part in folded for part in literal)


def _hit(row: tuple[Any, ...], snippet: str, marks: list[tuple[int, int]]) -> SearchHit:
    created_at = datetime.fromisoformat(row[5])
    return SearchHit(row[0], row[1], row[2], Role(row[3]), snippet, marks, created_at)


def _marked(framed: str) -> tuple[str, list[tuple[int, int]]]:
    """Takes the frames out of a snippet and says where they were; white space becomes single blanks' width."""
    letters: list[str] = []
    marks: list[tuple[int, int]] = []
    start = None
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


def _window(text: str, part: str) -> tuple[str, list[tuple[int, int]]]:
    at = max(0, text.casefold().find(part))
    begin = max(0, at - _SNIPPET_LETTERS // 3)
    before = _CUT if begin else ""
    after = _CUT if begin + _SNIPPET_LETTERS < len(text) else ""
    shown = "".join(" " if c.isspace() else c for c in text[begin : begin + _SNIPPET_LETTERS])
    start = len(before) + at - begin
    return before + shown + after, [(start, start + len(part))]
