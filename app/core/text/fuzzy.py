"""Fuzzy matching for pickers and the palette: letters in order, words and beginnings first."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(4096)
def folded(text: str) -> str:
    """Text as it is compared: case folded, accents stripped."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def score(query: str, text: str) -> float | None:
    """How well a text answers a query, higher is better; None when a word of it is not there.

    Each word of the query counts by itself: at the beginning of the text 8, at the beginning of a
    word 5, inside a word 3, as scattered letters 1; shorter texts win ties.
    """
    hay = folded(text)
    total = 0.0
    for word in folded(query).split():
        found = _word_score(word, hay)
        if found is None:
            return None
        total += found
    return total - len(hay) / 1000


def _word_score(word: str, hay: str) -> float | None:
    place = hay.find(word)
    if place == 0:
        return 8.0
    while place > 0:
        if not hay[place - 1].isalnum():
            return 5.0
        following = hay.find(word, place + 1)
        if following < 0:
            return 3.0
        place = following
    place = -1
    for letter in word:
        place = hay.find(letter, place + 1)
        if place < 0:
            return None
    return 1.0
