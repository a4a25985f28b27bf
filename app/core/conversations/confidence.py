"""How sure a model was of its answer, in short: on average, and where it doubted most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST_DOUBTS = 12
"""Places that are kept with an answer."""
MOST_RIVALS = 9
BEFORE = 40
"""Characters kept of what stands before a word."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One place: what stands before it, the word that came, and its rivals, likeliest first.

    All chances are natural log probabilities.
    """

    before: str
    word: str
    logprob: float
    rivals: tuple[tuple[str, float], ...] = ()

    @property
    def candidates(self) -> list[tuple[str, float]]:
        """The word and its rivals, each once, likeliest first."""
        found = {word: logprob for word, logprob in self.rivals if word}
        found[self.word] = self.logprob
        return sorted(found.items(), key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class Confidence:
    """`count` tokens were scored; `mean` is their average natural log probability."""

    count: int
    mean: float
    doubts: tuple[Doubt, ...] = ()

    @property
    def share(self) -> float:
        """The average chance of a token, 0 to 1 (the geometric mean)."""
        return chance(self.mean)


def chance(logprob: float) -> float:
    """A natural log probability as a probability, 0 to 1."""
    return math.exp(min(0.0, logprob))


def confidence_of(words: Sequence[Doubt]) -> Confidence | None:
    """What is kept of every scored word of an answer, in order; None when none was scored."""
    if not words:
        return None
    mean = math.fsum(max(word.logprob, -100.0) for word in words) / len(words)
    least = sorted(range(len(words)), key=lambda place: words[place].logprob)[:MOST_DOUBTS]
    doubts = []
    for place in least:
        word = words[place]
        before = "".join(earlier.word for earlier in words[max(0, place - BEFORE) : place])
        doubts.append(Doubt(before[-BEFORE:], word.word, word.logprob, word.rivals[:MOST_RIVALS]))
    return Confidence(len(words), mean, tuple(doubts))
