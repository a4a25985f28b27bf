"""What an answer is made of once its Markdown is read: frozen blocks and runs, free of any HTML."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

Span = tuple[int, int, str]
"""Coloured code: (first UTF-16 unit, count, role: keyword, name, text, number or comment)."""


class Mark(IntFlag):
    """How a run of text is set."""

    NONE = 0
    STRONG = 1
    EMPHASIS = 2
    STRIKE = 4
    CODE = 8
    MATH = 16
    IMAGE = 32


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set alike; `link` is an address that passed `links.is_openable`, or empty.

    A line break is the character U+2028. `hint` is what a pointer resting on it may show.
    """

    text: str
    marks: Mark = Mark.NONE
    link: str = ""
    hint: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; `level` 1–6."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Code:
    """A code block, without its fence; `text` has no newline at its end."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A displayed formula as TeX source, without its delimiters."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `alignments` holds "", "left", "center" or "right" a column."""

    header: tuple[Runs, ...]
    alignments: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A list entry; `is_done` is None for one without a task box."""

    blocks: tuple[Block, ...]
    is_done: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the first number, None for bullets."""

    items: tuple[Item, ...]
    start: int | None = None
    is_tight: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What Facet itself says about the text: what was cut and why."""

    text: str


Block = Paragraph | Heading | Code | Formula | Rule | Table | Listing | Quote | Remark


def plain(runs: Runs) -> str:
    """The characters of some runs, line breaks as newlines."""
    return "".join(run.text for run in runs).replace("\u2028", "\n")
