"""Quotes, and the alerts that are written as quotes."""

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
class Quote(Block):
    """Quoted blocks. `kind` is empty, or that of an alert: note, tip,
    important, warning or caution."""

    holds: ClassVar[str] = "blocks"
    blocks: tuple[Block, ...]
    kind: str = ""

    def as_text(self) -> str:
        title = f"{self.kind.capitalize()}\n" if self.kind else ""
        return indented(title + text_of(self.blocks), "> ", "> ")

    def as_markdown(self, bullet: str = "-") -> str:
        title = f"[!{self.kind.upper()}]\n" if self.kind else ""
        return indented(title + markdown_of(self.blocks), "> ", "> ")

    def as_html(self) -> str:
        title = f"<p><b>{escape(self.kind.capitalize())}</b></p>\n" if self.kind else ""
        return f"<blockquote>\n{title}{html_of(self.blocks)}</blockquote>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        name = f"{self.kind.capitalize() or 'Quote'}:"
        return [line for inner in self.blocks for line in inner.as_lines(depth, name)]
