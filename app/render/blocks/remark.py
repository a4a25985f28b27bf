"""What Facet says itself between the blocks of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from app.render.characters import PARAGRAPH, shown
from app.render.node import Block
from app.render.output.markdown_writer import inline_markdown
from app.render.output.spoken_line import Kind, Line
from app.render.runs import Run


@dataclass(frozen=True, slots=True)
class Remark(Block):
    """What Facet itself says about the text: what was cut and why."""

    text: str

    def passages(self) -> tuple[str, ...]:
        return (shown(self.text).replace("\n", PARAGRAPH),)

    def as_text(self) -> str:
        return self.text

    def as_markdown(self, bullet: str = "-") -> str:
        return f"*{inline_markdown((Run(self.text),))}*"

    def as_html(self) -> str:
        return f"<p><i>{escape(self.text)}</i></p>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        return [Line(Kind.NOTE, self.text, depth)]
