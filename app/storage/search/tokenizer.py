"""How text becomes searchable words: case and accents folded, each CJK character a word of its own.

apsw's `unicodewords` follows Unicode TR29, which keeps Katakana and Hangul runs and dotted names
whole; this splits those too, so that a part of them is found. The tokenizers are registered on
every connection, but their modules (60 ms) are loaded when the index is first touched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from typing import Any

import apsw

Tokenizer = Callable[[bytes, int, str | None], Iterable[Any]]

TOKENIZER = "simplify casefold true strip true pieces unicodewords"
"""The `tokenize=` of every full-text index; changing it needs a migration that builds it anew."""

# Hangul, Katakana and half-width forms, which TR29 joins into runs.
_RUNS = "\u1100-\u11ff\u30a0-\u30ff\u3130-\u318f\uac00-\ud7a3\uff66-\uffdc"
_SPLITS = re.compile(rf"[._:{_RUNS}]")
_PIECE = re.compile(rf"[{_RUNS}]|[^._:{_RUNS}]+")

_SAME_LENGTH = "facet-same-length"


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "?" * (error.end - error.start), error.end


codecs.register_error(_SAME_LENGTH, _question_marks)


def register(connection: apsw.Connection) -> None:
    """Makes `TOKENIZER` known to a connection; each one that meets an index needs it."""
    connection.register_fts5_tokenizer("unicodewords", _unicode_words)
    connection.register_fts5_tokenizer("simplify", _simplify)
    connection.register_fts5_tokenizer("pieces", _pieces)


def word_count(connection: apsw.Connection, text: str) -> int:
    """How many words the index sees in a text; 0 for punctuation alone."""
    tokenizer = connection.fts5_tokenizer("simplify", TOKENIZER.split()[1:])
    return len(list(tokenizer(text.encode(), apsw.FTS5_TOKENIZE_QUERY, None)))


def _unicode_words(connection: apsw.Connection, args: list[str]) -> Tokenizer:
    import apsw.fts5

    made: Any = apsw.fts5.UnicodeWordsTokenizer
    tokenizer: Tokenizer = made(connection, args)
    return tokenizer


def _simplify(connection: apsw.Connection, args: list[str]) -> Tokenizer:
    import apsw.fts5

    return apsw.fts5.SimplifyTokenizer(connection, args)


def _pieces(connection: apsw.Connection, args: list[str]) -> Tokenizer:
    inner = connection.fts5_tokenizer(args[0], args[1:])

    def tokenize(utf8: bytes, flags: int, locale: str | None) -> Iterable[Any]:
        try:
            text = utf8.decode()
        except UnicodeDecodeError:  # flipped bits; the places in the bytes must stay the same
            text = utf8.decode(errors=_SAME_LENGTH)
            utf8 = text.encode()
        tokens: Iterable[Any] = inner(utf8, flags, locale)
        if not _SPLITS.search(text):
            return tokens
        return [piece for token in tokens for piece in _split(token)]

    return tokenize


def _split(token: Any) -> Iterable[tuple[int, int, str]]:
    """The pieces of a token with their places in the bytes."""
    start, _end, text = token
    for found in _PIECE.finditer(text):
        begin = start + len(text[: found.start()].encode())
        yield begin, begin + len(found.group().encode()), found.group()
