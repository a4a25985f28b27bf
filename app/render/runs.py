"""Running text as Markdown gives it: stretches that are set alike, free of any HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntFlag
from unicodedata import bidirectional


class Mark(IntFlag):
    """How a run of text is set."""

    NONE = 0
    STRONG = 1
    EMPHASIS = 2
    STRIKE = 4
    CODE = 8
    MATH = 16
    IMAGE = 32
    SUBSCRIPT = 64
    SUPERSCRIPT = 128
    KEY = 256
    NOTE = 512
    OPEN = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set alike; `link` is an address that passed `links.is_openable`, or empty.

    A line break is the character U+2028. `hint` is what a pointer resting on it may show: a link's
    address (also of one that may not be opened), or a footnote. MATH is TeX (OPEN while it is being
    written), NOTE a footnote's sign.
    """

    text: str
    marks: Mark = Mark.NONE
    link: str = ""
    hint: str = ""


Runs = tuple[Run, ...]

ISOLATE, ISOLATE_END = "\u2066", "\u2069"
"""Around what is read from the left in a line that may be read from the right."""
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def isolated(runs: Runs) -> Runs:
    """Runs as they are drawn: beside right-to-left letters code is set apart, from the left, or its
    brackets and stars would go to the other side."""
    if all(run.text.isascii() or not _FROM_RIGHT.search(run.text) for run in runs):
        return runs
    return tuple(
        replace(run, text=f"{ISOLATE}{run.text}{ISOLATE_END}") if is_apart(run) else run
        for run in runs
    )


def begins_from_right(runs: Runs) -> bool:
    """Whether the words of a line are read from the right though it begins with code."""
    if not runs or not is_apart(runs[0]):
        return False
    words = (letter for run in runs if not is_apart(run) for letter in run.text)
    sides = (side for side in map(bidirectional, words) if side in ("L", "R", "AL"))
    return next(sides, "L") != "L"


def without_isolates(text: str) -> str:
    """A text as it is copied, without what only sets stretches of it apart."""
    return text.replace(ISOLATE, "").replace(ISOLATE_END, "")


def is_apart(run: Run) -> bool:
    """Whether a run is code, which is read from the left wherever it stands."""
    return bool(run.marks & (Mark.CODE | Mark.KEY))


def plain(runs: Runs) -> str:
    """The characters of some runs, line breaks as newlines."""
    return "".join(run.text for run in runs).replace("\u2028", "\n")


def passage(runs: Runs) -> tuple[str, ...]:
    """The characters of some runs as they are shown, for a search; nothing where nothing stands."""
    return ("".join(run.text for run in runs),) if runs else ()
