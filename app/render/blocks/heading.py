"""Titles inside an answer, written with their level."""

from __future__ import annotations

from dataclasses import dataclass

from app.render.node import Block
from app.render.output.html import inline_html
from app.render.output.markdown_writer import inline_markdown
from app.render.output.spoken_line import Kind, Line, words
from app.render.runs import Runs, passage, plain


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A title; `level` 1–6."""

    level: int
    runs: Runs

    def passages(self) -> tuple[str, ...]:
        return passage(self.runs)

    def as_text(self) -> str:
        return plain(self.runs)

    def as_markdown(self, bullet: str = "-") -> str:
        return f"{'#' * self.level} {inline_markdown(self.runs)}".replace("\n", " ")

    def as_html(self) -> str:
        return f"<h{self.level}>{inline_html(self.runs)}</h{self.level}>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        return [Line(Kind.HEADING, words(self.runs), depth, f"Heading {self.level}:")]
