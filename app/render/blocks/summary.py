"""The title of a part that can be folded away."""

from __future__ import annotations

from dataclasses import dataclass

from app.render.node import Block
from app.render.output.html import inline_html
from app.render.output.markdown_writer import inline_markdown
from app.render.output.spoken_line import Kind, Line, words
from app.render.runs import Runs, passage, plain

FOLDED = "Details"
"""Stands for the title of a foldable part that has none."""


@dataclass(frozen=True, slots=True)
class Summary(Block):
    """The title of a foldable part; the blocks behind it are in it, as long as the chunks say so.
    `runs` may be empty."""

    runs: Runs

    def passages(self) -> tuple[str, ...]:
        return passage(self.runs)

    def as_text(self) -> str:
        return plain(self.runs) or FOLDED

    def as_markdown(self, bullet: str = "-") -> str:
        return f"**{inline_markdown(self.runs) or FOLDED}**".replace("\n", " ")

    def as_html(self) -> str:
        return f"<p><b>{inline_html(self.runs) or FOLDED}</b></p>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        return [Line(Kind.TEXT, words(self.runs) or FOLDED, depth, "Foldable part:")]
