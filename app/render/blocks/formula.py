"""Formulas that stand by themselves: for others they are their TeX."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from app.render.characters import PARAGRAPH, shown
from app.render.node import Block
from app.render.output.spoken_line import Kind, Line


@dataclass(frozen=True, slots=True)
class Formula(Block):
    """A displayed formula as TeX source, without its delimiters."""

    text: str
    is_open: bool = False

    def passages(self) -> tuple[str, ...]:
        return (shown(self.text).replace("\n", PARAGRAPH),)

    def as_text(self) -> str:
        return self.text

    def as_markdown(self, bullet: str = "-") -> str:
        return f"$$\n{self.text}\n$$"

    def as_html(self) -> str:
        return f"<pre><code>{escape(self.text)}</code></pre>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        return [Line(Kind.NOTE, self.text, depth, f"{lead} Formula:".strip())]
