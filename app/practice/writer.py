"""Writes an answer token by token, and stops where it was asked to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from app.core.models.sampling import Sampling, choose, log_probabilities, penalised, shaped
from app.practice.readings import Readings
from app.practice.words import END, WordModel


@dataclass(frozen=True, slots=True)
class Written:
    """One token of the answer; if asked for, its natural log probability and its rivals.

    The probabilities are those after word bias and penalties and before temperature and the cuts.
    """

    text: str
    logprob: float | None = None
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that may be shown, with the tokens it came from; `finish_reason` only on the last."""

    text: str
    tokens: tuple[Written, ...] = ()
    finish_reason: str = ""


class Writer:
    """One answer being written; `count` tokens are drawn so far, the end token left out.

    `read` holds the ids of the request's tokens, `begun` those of an answer to be continued;
    `limit` is in tokens. `rivals` is how many likely tokens to note at each place; None notes no
    probabilities at all. Without a seed the dice are the system's.
    """

    def __init__(
        self,
        model: WordModel,
        answers: Sequence[tuple[str, float]],
        sampling: Sampling,
        *,
        read: Sequence[int] = (),
        begun: Sequence[int] = (),
        seed: int | None = None,
        limit: int,
        stops: Sequence[str] = (),
        rivals: int | None = None,
    ) -> None:
        self.count = 0
        self._model = model
        self._readings = Readings(model, answers)
        for token in begun:
            self._readings.follow(token)
        self._sampling = sampling
        self._read = Counter(read)
        self._dice = random.Random(seed)
        self._limit = limit
        self._stops = tuple(stops)
        self._rivals = rivals

    def pieces(self) -> Iterator[Piece]:
        """The answer; the last piece carries why it ended: stop or length."""
        held: list[Written] = []
        for token in self._tokens():
            held.append(token)
            text = "".join(piece.text for piece in held)
            place = min((at for at in map(text.find, self._stops) if at >= 0), default=-1)
            if place >= 0:
                yield Piece(text[:place], tuple(_until(held, place)), "stop")
                return
            free = list(_within(held, len(text) - self._waiting(text)))
            if free:
                yield Piece("".join(piece.text for piece in free), tuple(free))
                del held[: len(free)]
        reason = "length" if self.count >= self._limit else "stop"
        yield Piece("".join(piece.text for piece in held), tuple(held), reason)

    def _tokens(self) -> Iterator[Written]:
        written: Counter[int] = Counter()
        while self.count < self._limit:
            scores = self._model.scores(self._readings.chances())
            scores = penalised(scores, self._sampling, written, self._read)
            token = choose(shaped(scores, self._sampling), self._dice)
            if token == END:
                return
            self.count += 1
            yield self._scored(token, scores)
            written[token] += 1
            self._readings.follow(token)

    def _scored(self, token: int, scores: Sequence[float]) -> Written:
        tokens = self._model.tokens
        if self._rivals is None:
            return Written(tokens[token])
        logs = log_probabilities(scores)
        best = nlargest(self._rivals, range(len(logs)), key=logs.__getitem__)
        rivals = tuple((tokens[index], logs[index]) for index in best)
        return Written(tokens[token], logs[token], rivals)

    def _waiting(self, text: str) -> int:
        """How many characters at the end could still become a stop text."""
        longest = max(map(len, self._stops), default=1) - 1
        for size in range(min(longest, len(text)), 0, -1):
            if any(stop.startswith(text[-size:]) for stop in self._stops):
                return size
        return 0


def _within(tokens: Sequence[Written], length: int) -> Iterator[Written]:
    """The first tokens that lie wholly in the first `length` characters."""
    reached = 0
    for token in tokens:
        reached += len(token.text)
        if reached > length:
            return
        yield token


def _until(tokens: Sequence[Written], length: int) -> Iterator[Written]:
    """The first tokens that begin in the first `length` characters."""
    reached = 0
    for token in tokens:
        if reached >= length:
            return
        yield token
        reached += len(token.text)
