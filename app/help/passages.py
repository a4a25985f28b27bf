"""Facet's manual cut into passages, and the passage that fits a question best."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.core.text.fuzzy import folded

_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]{2,}(?:_[a-z0-9]+)*")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """a about an and any are as at be been but by can could did do does done explain for from
        give had has have how i if in into is it its just like may me mean means more much my need
        no not of on one or our out please say says shall should show so some tell than that the
        their them then there these they thing this those to too up us use want was we were what
        whats when where which who why will with would you your""",
    )
)
_POINTING = frozenset(
    ("it", "its", "that", "this", "these", "those", "they", "them", "ones", "more", "again", "and")
)
_SATURATION, _LENGTH_WEIGHT = 1.4, 0.6
_TITLE_WEIGHT, _ALSO_WEIGHT = 4, 3


@dataclass(frozen=True, slots=True)
class Passage:
    """One section of the manual; `also` holds other words people ask for it with."""

    page: str
    title: str
    text: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that fits; `coverage` (0–1) is the part of the question's weight it holds."""

    passage: Passage
    score: float
    coverage: float


@lru_cache(1)
def manual() -> tuple[Passage, ...]:
    """Every passage of the bundled manual, in reading order."""
    folder = files("resources") / "manual"
    pages = sorted(
        (page for page in folder.iterdir() if page.name.endswith(".md")), key=lambda page: page.name
    )
    return tuple(found for page in pages for found in passages_of(page.read_text("utf-8")))


def passages_of(markdown: str) -> list[Passage]:
    """The sections of one page, comments taken out; `<!-- also: … -->` feeds `also`."""
    page, title = "", ""
    lines: list[str] = []
    found: list[Passage] = []
    in_code = False

    def close() -> None:
        whole = "\n".join(lines)
        also = " ".join(
            note.removeprefix("also:").strip()
            for note in _COMMENT.findall(whole)
            if note.startswith("also:")
        )
        text = re.sub(r"\n{3,}", "\n\n", _COMMENT.sub("", whole)).strip()
        if text:
            found.append(Passage(page, title or page, text, also))
        lines.clear()

    for line in markdown.splitlines():
        if line.startswith("```"):
            in_code = not in_code
        heading = None if in_code else re.match(r"(#{1,3}) +(.+)", line)
        if heading is None:
            lines.append(line)
            continue
        close()
        title = heading[2].strip()
        if len(heading[1]) == 1:
            page = title
    close()
    return found


def stems(text: str) -> list[str]:
    """The words of a text as they are compared: folded, without common words and endings."""
    return [stem(word) for word in _WORD.findall(folded(text)) if word not in _COMMON]


@lru_cache(8192)
def stem(word: str) -> str:
    """A word without the ending English gives it: `answers`, `answered`, `answering` are one."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


class PassageIndex:
    """Finds passages by the words of a question (BM25, headings count more, most of all the heading
    that is the question)."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = list(passages)
        self._counts: list[Counter[str]] = []
        self._titles = [frozenset(stems(passage.title)) for passage in self._passages]
        for passage in self._passages:
            # What an example says is not what the passage is about.
            counts = Counter(stems(_FENCED.sub("", passage.text)))
            for word in stems(f"{passage.title} {passage.page}"):
                counts[word] += _TITLE_WEIGHT
            for word in stems(passage.also):
                counts[word] += _ALSO_WEIGHT
            self._counts.append(counts)
        self._holders = Counter(word for counts in self._counts for word in counts)
        self._mean = sum(counts.total() for counts in self._counts) / max(1, len(self._counts))

    def find(self, question: str, before: str = "") -> list[Match]:
        """The passages that share a word with the question, best first.

        `before` is the user's message before: it counts by half when the question points back ("why
        is that?") or says little by itself.
        """
        asked = self._terms(question)
        weights = dict.fromkeys(asked, 1.0)
        words = folded(question).split()
        if before and (len(asked) < 2 or _POINTING.intersection(words)):
            for word in self._terms(before):
                weights.setdefault(word, 0.5)
        total = sum(weight * self._rarity(word) for word, weight in weights.items())
        matches = []
        whole = frozenset(weights)
        rows = zip(self._passages, self._counts, self._titles, strict=True)
        for passage, counts, title in rows:
            held = [word for word in weights if word in counts]
            if held:
                score = sum(weights[word] * self._worth(word, counts) for word in held)
                score *= 1 + len(title & whole) / len(title | whole)
                covered = sum(weights[word] * self._rarity(word) for word in held)
                matches.append(Match(passage, score, covered / total))
        return sorted(matches, key=lambda match: -match.score)

    def _terms(self, text: str) -> list[str]:
        return [self._known(word) for word in dict.fromkeys(stems(text))]

    def _known(self, word: str) -> str:
        """The word itself, or the manual's word it is probably a misspelling of."""
        if word in self._holders or len(word) < 5:
            return word
        close = difflib.get_close_matches(word, self._holders, n=1, cutoff=0.84)
        return close[0] if close else word

    def _rarity(self, word: str) -> float:
        holders = self._holders[word]
        return math.log(1 + (len(self._passages) - holders + 0.5) / (holders + 0.5))

    def _worth(self, word: str, counts: Counter[str]) -> float:
        count, length = counts[word], counts.total() / self._mean
        pull = count + _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length)
        return self._rarity(word) * count * (_SATURATION + 1) / pull
