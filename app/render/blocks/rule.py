"""Lines across the text: sections end there, and are said to."""

from __future__ import annotations

from dataclasses import dataclass

from app.render.node import Block
from app.render.output.spoken_line import Kind, Line


@dataclass(frozen=True, slots=True)
class Rule(Block):
    """A line across."""

    def as_text(self) -> str:
        return "---"

    def as_markdown(self, bullet: str = "-") -> str:
        return "---"

    def as_html(self) -> str:
        return "<hr>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        return [Line(Kind.NOTE, "Section break", depth)]
