"""How letters are compared in a search: case, accents, the shape of quotes and of Unicode aside."""

from __future__ import annotations

import unicodedata

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


class Folds(dict[int, str]):
    """What each letter becomes, for `str.translate`; filled as letters are met.

    `keeps_case` and `keeps_accents` leave that difference standing; accents then follow their
    letter.
    """

    def __init__(self, *, keeps_case: bool = False, keeps_accents: bool = False) -> None:
        super().__init__()
        self._keeps_case = keeps_case
        self._keeps_accents = keeps_accents

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).translate(_QUOTES))
        if not self._keeps_case:
            letters = letters.casefold()
        if not self._keeps_accents:
            letters = "".join(part for part in letters if not unicodedata.combining(part))
        self[code] = letters
        return letters


PLAIN = Folds()
"""Neither case nor accents count."""


def fold(text: str) -> str:
    """Text without case, accents and curly quotes, letter by letter."""
    return text.casefold() if text.isascii() else text.translate(PLAIN)


def has_accents(text: str) -> bool:
    """Whether a text has an accent, as part of a letter or after it."""
    return not text.isascii() and any(
        unicodedata.combining(part) for part in unicodedata.normalize("NFKD", text)
    )
