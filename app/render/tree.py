"""What an answer is made of once its Markdown is read: frozen blocks and runs, free of any HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
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


FOLDED = "Details"
"""Stands for the title of a foldable part that has none."""

Runs = tuple[Run, ...]
Lines = tuple[int, int]
"""Where something stands in the source it was read from: the first line and the one behind."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What has a place in its source; equal blocks may stand at different places."""

    lines: Lines = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Paragraph(Placed):
    """Running text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading(Placed):
    """A title; `level` 1–6."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Code(Placed):
    """A code block, without its fence; `text` has no newline at its end."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Formula(Placed):
    """A displayed formula as TeX source, without its delimiters."""

    text: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Rule(Placed):
    """A line across."""


@dataclass(frozen=True, slots=True)
class Table(Placed):
    """A table; `alignments` holds "", "left", "center" or "right" a column."""

    header: tuple[Runs, ...]
    alignments: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Item(Placed):
    """A list entry; `is_done` is None for one without a task box. `is_continued`: it goes on from
    before and has no marker here."""

    blocks: tuple[Block, ...]
    is_done: bool | None = None
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Placed):
    """A list; `start` is the first number, None for bullets."""

    items: tuple[Item, ...]
    start: int | None = None
    is_tight: bool = True


@dataclass(frozen=True, slots=True)
class Quote(Placed):
    """Quoted blocks. `kind` is empty, or that of an alert: note, tip,
    important, warning or caution."""

    blocks: tuple[Block, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Summary(Placed):
    """The title of a foldable part; the blocks behind it are in it, as long as the chunks say so.
    `runs` may be empty."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Note(Placed):
    """A footnote, where it was defined."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Remark(Placed):
    """What Facet itself says about the text: what was cut and why."""

    text: str


Block = (
    Paragraph | Heading | Code | Formula | Rule | Table | Listing | Quote | Note | Summary | Remark
)


def plain(runs: Runs) -> str:
    """The characters of some runs, line breaks as newlines."""
    return "".join(run.text for run in runs).replace("\u2028", "\n")
