"""Running text as Markdown gives it: stretches that are set alike, free of any HTML."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag


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


def plain(runs: Runs) -> str:
    """The characters of some runs, line breaks as newlines."""
    return "".join(run.text for run in runs).replace("\u2028", "\n")


def passage(runs: Runs) -> tuple[str, ...]:
    """The characters of some runs as they are shown, for a search; nothing where nothing stands."""
    return ("".join(run.text for run in runs),) if runs else ()
