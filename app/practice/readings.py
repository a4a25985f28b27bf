"""What the answer could become: finished texts, each followed with a share of belief.

The next word is the next one of some text with high probability, and any word of the word model
with the rest. Every word drawn changes the belief by Bayes' rule, so a detour is followed, and
found back from.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.practice.words import END, WordModel

_TRUST = (0.55, 0.84, 0.94, 0.97)
_MARK_TRUST = 0.94
_STRICT_TRUST = 0.998
_REACH = 12


class Reading:
    """One text and how far the answer has followed it."""

    def __init__(self, text: str, model: WordModel) -> None:
        self._tokens = model.encode(text)
        self._is_strict = _strict_places([model.tokens[token] for token in self._tokens])
        self._place = 0
        self._streak = len(_TRUST)

    @property
    def next(self) -> int:
        """The token this text would go on with."""
        return self._tokens[self._place] if self._place < len(self._tokens) else END

    @property
    def trust(self) -> float:
        """How likely the text is followed: less right after a detour, more in code and tables."""
        trust = _TRUST[min(self._streak, len(_TRUST) - 1)]
        if self._place < len(self._tokens) and self._is_strict[self._place]:
            return _STRICT_TRUST if self._streak >= len(_TRUST) else max(trust, _MARK_TRUST)
        return trust

    def follow(self, token: int) -> None:
        """Moves on by the token drawn: if it is foreign, to where it occurs next, else past one."""
        if token == self.next:
            self._streak += 1
            self._place += 1
            return
        self._streak = 0
        ahead = self._tokens[self._place : self._place + _REACH]
        self._place += ahead.index(token) + 1 if token in ahead else 1


class Readings:
    """The possible answers to one question: (text, belief) pairs; beliefs need not sum to 1."""

    def __init__(self, model: WordModel, texts: Sequence[tuple[str, float]]) -> None:
        total = sum(belief for _, belief in texts)
        self._model = model
        self._readings = [Reading(text, model) for text, _ in texts]
        self._beliefs = [belief / total for _, belief in texts]
        self._context = [END, END]
        self._plain = model.chances(self._context)

    def chances(self) -> list[float]:
        """The probability of every token as the next one. They sum to 1."""
        pairs = list(zip(self._readings, self._beliefs, strict=True))
        rest = sum(belief * (1 - reading.trust) for reading, belief in pairs)
        mixed = [rest * chance for chance in self._plain]
        for reading, belief in pairs:
            mixed[reading.next] += belief * reading.trust
        return mixed

    def follow(self, token: int) -> None:
        """Takes in the token drawn."""
        beliefs = []
        for reading, belief in zip(self._readings, self._beliefs, strict=True):
            hit = reading.trust if reading.next == token else 0.0
            beliefs.append(belief * (hit + (1 - reading.trust) * self._plain[token]))
            reading.follow(token)
        total = sum(beliefs)
        self._beliefs = [belief / total for belief in beliefs]
        self._context = [self._context[-1], token]
        self._plain = self._model.chances(self._context)


def _strict_places(tokens: Sequence[str]) -> list[bool]:
    """Which tokens belong to code, a table or Markdown's own marks."""
    strict, in_code, in_row, starts_line = [], False, False, True
    for token in tokens:
        if starts_line:
            in_row = token.strip() == "|"
        if token.startswith("```"):
            in_code = not in_code
        is_mark = not any(letter.isalnum() for letter in token)
        strict.append(in_code or in_row or is_mark)
        starts_line = token.startswith("\n")
    return strict
