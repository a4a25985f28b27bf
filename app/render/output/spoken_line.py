"""A line of a message that is read aloud: what kind it is, and how runs sound in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.render.runs import Mark, Runs, plain


class Kind(StrEnum):
    """What a line is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    CODE = "code"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One line (a code block is one line with newlines in it). `depth` counts the lists around it;
    `lead` is what stands before the text: a bullet, a number, "Quote:", "Heading 2:"."""

    kind: Kind
    text: str
    depth: int = 0
    lead: str = ""

    def whole(self) -> str:
        """Lead and text."""
        return f"{self.lead} {self.text}" if self.lead else self.text


def words(runs: Runs) -> str:
    """The characters of some runs; the sign of a footnote says that it is one."""
    if not any(run.marks & Mark.NOTE for run in runs):
        return plain(runs)
    said = (f" (footnote {run.text})" if run.marks & Mark.NOTE else run.text for run in runs)
    return "".join(said).replace("\u2028", "\n")


def counted(things: Sequence[object], name: str) -> str:
    """ "3 rows", "1 row"."""
    return f"{len(things)} {name}{'s' if len(things) != 1 else ''}"
