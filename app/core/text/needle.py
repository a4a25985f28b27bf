"""What is looked for in shown text: words as typed, found whatever their case, accents and Unicode
form."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from app.core.text.letter_folding import PLAIN, Folds, has_accents

Span = tuple[int, int]
"""First and last place of a find, in UTF-16 units, as Qt counts."""

LONGEST = 500
"""More letters of a query than this are not read."""

_FOLDS = {
    (False, False): PLAIN,
    (True, False): Folds(keeps_case=True),
    (False, True): Folds(keeps_accents=True),
    (True, True): Folds(keeps_case=True, keeps_accents=True),
}
_BLANKS = r"[^\S\u2029\ufdd0\ufdd1]+"
"""Between words: any white space but the end of a paragraph or of a table's cell."""
_ACCENTS = "\u0300-\u036f"
# From Thai on, letters stand without blanks between words, so a word may end after any letter.
_UNSPACED = "\u0e00"
_MARKUP = r"[*_~`\\]*"
_ODD = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+")
_ENTITY = re.compile(r"&#?\w{1,31};")


class Needle:
    """A query made ready. White space in it stands for any white space inside a paragraph.

    Accents count only if the query has some; case only with `keeps_case`. `is_whole` finds whole
    words only.
    """

    def __init__(self, query: str, *, keeps_case: bool = False, is_whole: bool = False) -> None:
        query = query[:LONGEST]
        self._keeps_case = keeps_case
        self._folds = _FOLDS[keeps_case, has_accents(query)]
        text = self._folded(query)
        self._words = _WORD.findall(text)
        self._pattern = re.compile(_pattern(text, is_whole=is_whole))
        self._is_empty = not text.strip()
        self.has_figure = any(letter.isdigit() for letter in text)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return not self._is_empty

    def count(self, text: str) -> int:
        """How often it is found in a text."""
        if self._is_empty:
            return 0
        return sum(1 for _ in self._pattern.finditer(self._folded(text)))

    def spans(self, text: str) -> list[Span]:
        """Where it is found, in order, an accent after the last letter included."""
        if self._is_empty:
            return []
        found = [match.span() for match in self._pattern.finditer(self._folded(text))]
        if not found or text.isascii():
            return found
        places = _Places(text, self._folds)
        return [(places.start(first), places.end(last)) for first, last in found]

    def may_be_in(self, source: str) -> bool:
        """False when it is certainly not in what some Markdown shows; cheap."""
        text = self._folded(source)
        if all(word in text for word in self._words) or _ENTITY.search(source):
            return True
        return all(pattern.search(text) for pattern in self._marked)

    @cached_property
    def _marked(self) -> list[re.Pattern[str]]:
        """The words with Markdown's marks anywhere between their letters."""
        return [re.compile(_MARKUP.join(map(re.escape, word))) for word in self._words]

    def _folded(self, text: str) -> str:
        if not text.isascii():
            return text.translate(self._folds)
        return text if self._keeps_case else text.lower()


def _pattern(text: str, *, is_whole: bool) -> str:
    pattern = _BLANKS.join(re.escape(word) for word in text.split())
    bare = text.strip()
    if not bare:
        return pattern
    if text[:1].isspace():
        pattern = _BLANKS + pattern
    if text[-1:].isspace():
        return pattern + _BLANKS
    if is_whole and (bare[0].isalnum() and bare[0] < _UNSPACED):
        pattern = rf"(?<![\w{_ACCENTS}]){pattern}"
    if is_whole and bare[-1] < _UNSPACED and (bare[-1].isalnum() or bare[-1] >= "\u0300"):
        pattern += r"(?!\w)"
    return pattern + rf"(?![{_ACCENTS}])"


class _Places:
    """From places in folded text back to UTF-16 places in the text, over the letters whose length
    changes."""

    def __init__(self, text: str, folds: Folds) -> None:
        self._folded: list[int] = []
        self._letters: list[tuple[int, int, int]] = []
        folded, place, last = 0, 0, 0
        for match in _ODD.finditer(text):
            at = match.start()
            folded += at - last
            place += at - last
            letter = match[0]
            size, wide = len(folds[ord(letter)]), 2 if letter > "\uffff" else 1
            if (size, wide) != (1, 1):
                self._folded.append(folded)
                self._letters.append((size, place, wide))
            folded += size
            place += wide
            last = at + 1

    def start(self, at: int) -> int:
        """Where the letter begins that a folded place belongs to."""
        return self._place(at, is_end=False)

    def end(self, at: int) -> int:
        """Where the letter ends that stands before a folded place, with its accents."""
        return self._place(at, is_end=True)

    def _place(self, at: int, *, is_end: bool) -> int:
        index = bisect_right(self._folded, at) - 1
        if index < 0:
            return at
        size, place, wide = self._letters[index]
        inside = at - self._folded[index]
        if inside < size:
            return place + (wide if is_end and inside else 0)
        return place + wide + inside - size
