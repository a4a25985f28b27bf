"""A chunk: a stretch of an answer that is read by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a chunk is read."""

    TEXT = "text"
    CODE = "code"
    FORMULA = "formula"
    PLAIN = "plain"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of an answer that is read by itself.

    `source` is Markdown for TEXT, else the bare code, TeX or plain text; it begins at `line` of
    the answer, from 0. `is_continued`: the block of the chunk before goes on here. `is_cut`: it
    goes on in the next. `is_joined`: its first line continues the last one of the chunk before.
    `number`: what the first entry of a numbered list counts. `head` is a continued table's first
    chunk. `alert` is the kind of a quote that goes on. `above`: so many entries that the source
    begins with are only repeated from before. `original` is the source with its fences, for
    copying. FOLD is the title (Markdown) of a foldable part, `is_unfolded` when it is to be open
    at first; `inside` counts the foldable parts around a chunk, `is_end` stands behind one.
    """

    kind: Kind
    source: str
    original: str = ""
    language: str = ""
    is_continued: bool = False
    is_cut: bool = False
    is_joined: bool = False
    number: int | None = None
    head: str = ""
    line: int = 0
    alert: str = ""
    above: int = 0
    inside: int = 0
    is_unfolded: bool = False
    is_end: bool = False
