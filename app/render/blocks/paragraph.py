"""A paragraph: running text, read and written run by run."""

from __future__ import annotations

from dataclasses import dataclass

from app.render.node import Block
from app.render.output.html import inline_html
from app.render.output.markdown_writer import inline_markdown
from app.render.output.spoken_line import Kind, Line, words
from app.render.runs import Runs, passage, plain


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Running text."""

    runs: Runs

    def passages(self) -> tuple[str, ...]:
        return passage(self.runs)

    def as_text(self) -> str:
        return plain(self.runs)

    def as_markdown(self, bullet: str = "-") -> str:
        return inline_markdown(self.runs)

    def as_html(self) -> str:
        return f"<p>{inline_html(self.runs)}</p>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        return [Line(Kind.ITEM if depth else Kind.TEXT, words(self.runs), depth, lead)]
