"""A line that a person typed: every character of it is itself, and none is a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from app.render.node import Block
from app.render.output.spoken_line import Kind, Line
from app.render.runs import Run, Runs, passage, plain


@dataclass(frozen=True, slots=True)
class Typed(Block):
    """One line as it was typed, or several with U+2028 between them."""

    runs: Runs

    def passages(self) -> tuple[str, ...]:
        return passage(self.runs)

    def as_text(self) -> str:
        return plain(self.runs)

    def as_markdown(self, bullet: str = "-") -> str:
        return self.as_text()

    def as_html(self) -> str:
        return f'<p style="white-space: pre-wrap">{escape(self.as_text())}</p>'

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        lines = self.as_text().split("\n")
        return [Line(Kind.TEXT, line, depth, lead) for line in lines if line.strip()]


def typed_text(blocks: Sequence[Block]) -> str:
    """What was typed, of lines and code that stand one below the other."""
    return "\n".join(block.as_text() for block in blocks)


def joined_lines(blocks: Sequence[Block]) -> list[Block]:
    """The same with the lines of each stretch as one block."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Typed) and found and isinstance(last := found[-1], Typed):
            found[-1] = replace(last, runs=(*last.runs, Run("\u2028"), *block.runs))
        else:
            found.append(block)
    return found
