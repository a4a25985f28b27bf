"""The word model: how likely each token is after the last two, counted in the manual."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

END = 0
"""The token that ends a text; its text is empty."""

_TOKEN = re.compile(r" ?\w+(?:['’]\w+)*| ?([^\w\s])\1*|\n+|\s")


def split(text: str) -> list[str]:
    """A text as tokens that join to exactly the same text.

    A token is a word with the space before it, a run of one punctuation mark, or line ends.
    """
    return [found.group() for found in _TOKEN.finditer(text)]


class WordModel:
    """A trigram model, interpolated Witten-Bell smoothing: any token is possible anywhere."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.tokens: list[str] = [""]
        self._ids: dict[str, int] = {"": END}
        self._pairs: dict[int, Counter[int]] = {}
        self._triples: dict[tuple[int, int], Counter[int]] = {}
        counts: Counter[int] = Counter()
        for text in texts:
            previous, last = END, END
            for token in [*self._learn(text), END]:
                counts[token] += 1
                self._pairs.setdefault(last, Counter())[token] += 1
                self._triples.setdefault((previous, last), Counter())[token] += 1
                previous, last = last, token
        total, kinds, size = counts.total(), len(counts), len(self.tokens)
        floor = kinds / (total + kinds) / size
        self._single = [counts[token] / (total + kinds) + floor for token in range(size)]

    def __len__(self) -> int:
        return len(self.tokens)

    def encode(self, text: str) -> list[int]:
        """The ids of a text's tokens; tokens the model has never seen are left out."""
        return [self._ids[token] for token in split(text) if token in self._ids]

    def ids_of(self, word: str) -> list[int]:
        """The ids under which a word is known: as it is, with a space before, with a capital."""
        spellings = dict.fromkeys(
            space + form for form in (word, word.lower(), word.capitalize()) for space in ("", " ")
        )
        return [self._ids[form] for form in spellings if form and form in self._ids]

    def chances(self, context: Sequence[int]) -> list[float]:
        """The probability of every token after a context, by id. They sum to 1."""
        last = context[-1] if context else END
        previous = context[-2] if len(context) > 1 else END
        pair = self._pairs.get(last) or Counter()
        triple = self._triples.get((previous, last)) or Counter()
        pair_share, pair_total = _shares(pair)
        triple_share, triple_total = _shares(triple)
        scale = pair_share * triple_share
        mixed = [scale * chance for chance in self._single]
        for token, count in pair.items():
            mixed[token] += triple_share * count / pair_total
        for token, count in triple.items():
            mixed[token] += count / triple_total
        return mixed

    def scores(self, chances: Sequence[float]) -> list[float]:
        """Probabilities as scores: natural logarithms of how much likelier than chance they are."""
        log, shift = math.log, math.log(len(self.tokens))
        return [log(chance) + shift for chance in chances]

    def _learn(self, text: str) -> list[int]:
        learnt = []
        for token in split(text):
            known = self._ids.get(token)
            if known is None:
                known = self._ids[token] = len(self.tokens)
                self.tokens.append(token)
            learnt.append(known)
        return learnt


def _shares(counts: Mapping[int, int]) -> tuple[float, int]:
    """What is left for shorter contexts, and the divisor of the counts (Witten-Bell)."""
    if not counts:
        return 1.0, 1
    total = sum(counts.values()) + len(counts)
    return len(counts) / total, total
