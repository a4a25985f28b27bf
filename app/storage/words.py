"""How text becomes searchable words: case and accents folded, every CJK character a word of its own.

apsw's `unicodewords` follows Unicode TR29, which keeps Katakana and Hangul runs and dotted names whole;
this splits those too, so that a part of them is found. The tokenizers are registered on every connection,
but their modules (60 ms) are loaded when the index is first touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import apsw

TOKENIZER = "simplify casefold true strip true pieces unicodewords"
"""The `tokenize=` of every full-text index; changing it needs a migration that rebuilds the index."""

# Hangul, Katakana and half-width forms, which TR29 joins into runs.
_RUNS = "\u1100-\u11ff\u30a0-\u30ff\u3130-\u318f\uac00-\ud7a3\uff66-\uffdc"
_SPLITS = re.compile(rf"[._:{_RUNS}]")
_PIECE = re.compile(rf"[{_RUNS}]|[^._:{_RUNS}]+")

_Token = tuple[int, int, str]
_Tokens = Iterable[_Token]


def register(connection: apsw.Connection) -> None:
    """Makes `TOKENIZER` known to a connection; every connection that reads or writes an index needs it."""
    connection.register_fts5_tokenizer("unicodewords", _unicode_words)
    connection.register_fts5_tokenizer("simplify", _simplify)
    connection.register_fts5_tokenizer("pieces", _pieces)


def word_count(connection: apsw.Connection, text: str) -> int:
    """How many words the index sees in a text; 0 for punctuation alone."""
    tokenizer = connection.fts5_tokenizer("simplify", TOKENIZER.split()[1:])
    return len(tokenizer(text.encode(), apsw.FTS5_TOKENIZE_QUERY, None))


def _unicode_words(connection: apsw.Connection, args: list[str]) -> Callable[..., _Tokens]:
    import apsw.fts5

    return apsw.fts5.UnicodeWordsTokenizer(connection, args)


def _simplify(connection: apsw.Connection, args: list[str]) -> Callable[..., _Tokens]:
    import apsw.fts5

    return apsw.fts5.SimplifyTokenizer(connection, args)


def _pieces(connection: apsw.Connection, args: list[str]) -> Callable[..., _Tokens]:
    inner = connection.fts5_tokenizer(args[0], args[1:])

    def tokenize(utf8: bytes, flags: int, locale: str | None) -> _Tokens:
        tokens = inner(utf8, flags, locale)
        if not _SPLITS.search(utf8.decode("utf-8", "replace")):
            return tokens
        return [piece for token in tokens for piece in _split(utf8, token)]

    return tokenize


def _split(utf8: bytes, token: _Token) -> _Tokens:
    start, _end, text = token[0], token[1], token[2]
    if not _SPLITS.search(text):
        yield token
        return
    for found in _PIECE.finditer(text):
        begin = start + len(text[: found.start()].encode())
        yield begin, begin + len(found.group().encode()), found.group()
