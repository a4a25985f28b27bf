"""Footnotes, at the place where they were defined."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import ClassVar

from app.render.node import Block
from app.render.output.html import html_of
from app.render.output.indented import indented
from app.render.output.markdown_writer import markdown_of
from app.render.output.reading_text import text_of
from app.render.output.spoken_line import Line


@dataclass(frozen=True, slots=True)
class Note(Block):
    """A footnote, where it was defined."""

    holds: ClassVar[str] = "blocks"
    label: str
    blocks: tuple[Block, ...]

    def as_text(self) -> str:
        return indented(text_of(self.blocks), f"{self.label}. ", "   ")

    def as_markdown(self, bullet: str = "-") -> str:
        return indented(markdown_of(self.blocks), f"[^{self.label}]: ", "    ")

    def as_html(self) -> str:
        return f"<p><sup>{escape(self.label)}</sup></p>\n{html_of(self.blocks)}".rstrip("\n")

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        name = f"Footnote {self.label}:"
        return [line for inner in self.blocks for line in inner.as_lines(depth, name)]
