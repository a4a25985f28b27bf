"""Tables: a grid of cells for other programs, rows that name their columns for reading aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.render.node import Block
from app.render.output.html import inline_html
from app.render.output.markdown_writer import inline_markdown
from app.render.output.spoken_line import Kind, Line, counted, words
from app.render.output.table_text import tsv
from app.render.runs import Runs, passage, plain

_RULES = {"left": ":---", "center": ":---:", "right": "---:", "": "---"}
_BARE_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table; `alignments` holds "", "left", "center" or "right" a column."""

    header: tuple[Runs, ...]
    alignments: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]

    def grid(self) -> list[list[str]]:
        """The text of every cell, the header first; short rows are filled up."""
        columns = len(self.header)
        rows = [[plain(runs) for runs in row[:columns]] for row in (self.header, *self.rows)]
        return [row + [""] * (columns - len(row)) for row in rows]

    def passages(self) -> tuple[str, ...]:
        cells = (runs for row in (self.header, *self.rows) for runs in row)
        return tuple(text for runs in cells for text in passage(runs))

    def as_text(self) -> str:
        return tsv(self.grid()).rstrip("\n")

    def as_markdown(self, bullet: str = "-") -> str:
        columns = len(self.header)
        sides = [*self.alignments, *("",) * columns][:columns]
        lines = [
            [_markdown_cell(runs) for runs in row[:columns]] for row in (self.header, *self.rows)
        ]
        lines.insert(1, [_RULES[side] for side in sides])
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def as_html(self) -> str:
        lines = ['<table border="1" cellspacing="0" cellpadding="4">']
        for tag, rows in (("th", (self.header,)), ("td", self.rows)):
            for row in rows:
                cells = [
                    f"<{tag}{self._side(column)}>{inline_html(runs)}</{tag}>"
                    for column, runs in enumerate(row[: len(self.header)])
                ]
                lines.append(f"<tr>{''.join(cells)}</tr>")
        return "\n".join([*lines, "</table>"])

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        """Its size, then a line for each row, every cell after the name of its column."""
        size = f"Table, {counted(self.header, 'column')}, {counted(self.rows, 'row')}"
        lines = [Line(Kind.NOTE, size, depth, lead)]
        names = [_spoken_cell(runs) for runs in self.header]
        for number, row in enumerate(self.rows, 1):
            cells = []
            for name, runs in zip(names, row, strict=False):
                cells.append(f"{name}: {_spoken_cell(runs)}" if name else _spoken_cell(runs))
            lines.append(Line(Kind.TABLE, "; ".join(cells), 1, f"Row {number},"))
        return lines

    def _side(self, column: int) -> str:
        side = self.alignments[column] if column < len(self.alignments) else ""
        return f' align="{side}"' if side in ("left", "center", "right") else ""


def _markdown_cell(runs: Runs) -> str:
    return _BARE_BAR.sub(r"\|", inline_markdown(runs).replace("\n", "<br>"))


def _spoken_cell(runs: Runs) -> str:
    return " ".join(words(runs).split())
