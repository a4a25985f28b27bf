"""A message as plain lines, for reading aloud and for the reader: what kind each line is, in words
instead of looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.render.tree import (
    FOLDED,
    Block,
    Code,
    Formula,
    Heading,
    Item,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Remark,
    Rule,
    Runs,
    Summary,
    Table,
    plain,
)

SPOKEN_SOURCE = 4_000
"""Characters of Markdown read for a short text; no short text needs more."""
_ENDS = ".!?…:;,。！？：、"


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


def reading(source: str) -> list[Line]:
    """All lines of a message, whatever its length."""
    from app.render.markdown.document import read

    return [line for block in read(source) for line in lines_of(block)]


def spoken(source: str, most: int = 600) -> str:
    """A text in one line, at most about `most` characters: code and tables are only named."""
    return _joined(source[:SPOKEN_SOURCE], most, is_cut=len(source) > SPOKEN_SOURCE)


def spoken_whole(source: str, most: int) -> str:
    """The same of a text of any length, at most about `most` characters."""
    return _joined(source, most, is_cut=False)


def _joined(source: str, most: int, *, is_cut: bool) -> str:
    said = ""
    for line in reading(source):
        if line.kind is Kind.CODE or (line.kind is Kind.TABLE and line.depth):
            continue
        words = " ".join(line.whole().split())
        if not words or words == "End of code":
            continue
        joint = "" if not said else " " if said[-1] in _ENDS else ". "
        said += joint + words
        if len(said) > most:
            break
    return said[:most].rstrip() + "…" if is_cut or len(said) > most else said


def lines_of(block: Block, depth: int = 0, lead: str = "") -> list[Line]:
    """The lines of one block."""
    match block:
        case Paragraph(runs):
            return [Line(Kind.ITEM if depth else Kind.TEXT, _words(runs), depth, lead)]
        case Heading(level, runs):
            return [Line(Kind.HEADING, _words(runs), depth, f"Heading {level}:")]
        case Code(language, text):
            count = text.count("\n") + 1
            name = f"{language}, " if language else ""
            head = f"Code, {name}{count} line{'s' if count > 1 else ''}"
            note = Line(Kind.NOTE, head, depth, lead)
            return [note, Line(Kind.CODE, text, depth), Line(Kind.NOTE, "End of code", depth)]
        case Formula(text):
            return [Line(Kind.NOTE, text, depth, f"{lead} Formula:".strip())]
        case Rule():
            return [Line(Kind.NOTE, "Section break", depth)]
        case Table():
            size = f"Table, {_count(block.header, 'column')}, {_count(block.rows, 'row')}"
            return [Line(Kind.NOTE, size, depth, lead), *_rows(block)]
        case Listing():
            return list(_entries(block, depth))
        case Quote(blocks, kind):
            name = f"{kind.capitalize() or 'Quote'}:"
            return [line for inner in blocks for line in lines_of(inner, depth, name)]
        case Summary(runs):
            return [Line(Kind.TEXT, _words(runs) or FOLDED, depth, "Foldable part:")]
        case Note(label, blocks):
            name = f"Footnote {label}:"
            return [line for inner in blocks for line in lines_of(inner, depth, name)]
        case Remark(text):
            return [Line(Kind.NOTE, text, depth)]


def _entries(listing: Listing, depth: int) -> Iterator[Line]:
    for index, item in enumerate(listing.items):
        mark = "•" if listing.start is None else f"{listing.start + index}."
        lead = f"{mark} {_box(item)}".strip()
        blocks = item.blocks or (Paragraph(()),)
        if not isinstance(blocks[0], Paragraph):
            yield Line(Kind.ITEM, "", depth + 1, lead)
            lead = ""
        for block in blocks:
            yield from lines_of(block, depth + 1, lead)
            lead = ""


def _box(item: Item) -> str:
    return {True: "Done:", False: "To do:", None: ""}[item.is_done]


def _rows(table: Table) -> list[Line]:
    """A line for each row, every cell after the name of its column."""
    names = [_cell(runs) for runs in table.header]
    found = []
    for number, row in enumerate(table.rows, 1):
        cells = []
        for name, runs in zip(names, row, strict=False):
            cells.append(f"{name}: {_cell(runs)}" if name else _cell(runs))
        found.append(Line(Kind.TABLE, "; ".join(cells), 1, f"Row {number},"))
    return found


def _words(runs: Runs) -> str:
    """The characters of some runs; the sign of a footnote says that it is one."""
    if not any(run.marks & Mark.NOTE for run in runs):
        return plain(runs)
    said = (f" (footnote {run.text})" if run.marks & Mark.NOTE else run.text for run in runs)
    return "".join(said).replace("\u2028", "\n")


def _cell(runs: Runs) -> str:
    return " ".join(_words(runs).split())


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'s' if len(things) != 1 else ''}"
