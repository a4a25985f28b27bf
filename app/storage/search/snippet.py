"""The part of a long text that shows what a search found, and where in it.

FTS5's own snippet() tokenizes the whole text again, 40 ms for a long answer; this looks for the
words themselves, and leaves to FTS5 only what differs in more than case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.core.text.letter_folding import PLAIN, fold

Marks = list[tuple[int, int]]

LETTERS = 160
_BEFORE = 40
_CUT = "…"
# From Thai on, letters stand without blanks between words, so a word may begin after any letter.
_UNSPACED = "\u0e00"


def folded(text: str) -> str:
    """Text as letters are compared: without case, accents, curly quotes or runs of white space."""
    return " ".join(fold(text).split())


def pattern_of(terms: Iterable[tuple[str, bool]]) -> re.Pattern[str]:
    """What finds any of the terms in folded text; each is its text and whether its end is open."""
    return re.compile("|".join(_term(folded(text), is_open) for text, is_open in terms))


def snippet(text: str, pattern: re.Pattern[str]) -> tuple[str, Marks] | None:
    """The letters around the first find with every find in them; None when there is none."""
    lower = text.lower()
    places: list[int] | None = None
    found = pattern.search(lower) if len(lower) == len(text) else None
    if found is None and not text.isascii():
        lower, places = _folded_places(text)
        found = pattern.search(lower)
    if found is None:
        return None
    marks = [
        (places[start], places[end]) if places else (start, _with_accents(text, end))
        for start, end in (
            match.span() for match in pattern.finditer(lower, found.start(), found.end() + LETTERS)
        )
    ]
    begin = max(0, marks[0][0] - _BEFORE)
    end = max(begin + LETTERS, marks[0][1])
    before = _CUT if begin else ""
    shown = "".join(" " if letter.isspace() else letter for letter in text[begin:end])
    shift = len(before) - begin
    kept = [(start + shift, stop + shift) for start, stop in marks if start < stop <= end]
    return before + shown + (_CUT if end < len(text) else ""), kept


def _with_accents(text: str, end: int) -> int:
    """The end of a letter, its accents that are characters of their own included."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _folded_places(text: str) -> tuple[str, list[int]]:
    """The folded letters and, for each and for the end, the place of the letter it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in PLAIN[ord(letter)]:
            letters.append(part)
            places.append(place)
    places.append(len(text))
    return "".join(letters), places


def _term(text: str, is_open: bool) -> str:
    middle = r"[\W_]+".join(re.escape(word) for word in text.split())
    begin = r"(?<![^\W_])" if text[:1].isalnum() and text[0] < _UNSPACED else ""
    is_closed = not is_open and text[-1:].isalnum() and text[-1] < _UNSPACED
    return begin + middle + (r"(?![^\W_])" if is_closed else "")
