"""Lists with bullets, numbers or boxes, and the entries in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from app.render.blocks.paragraph import Paragraph
from app.render.node import Block, Node
from app.render.output.html import html_of, inline_html
from app.render.output.indented import indented
from app.render.output.markdown_writer import markdown_of
from app.render.output.reading_text import text_of
from app.render.output.spoken_line import Kind, Line

_BOXES = {True: "[x] ", False: "[ ] ", None: ""}
_HTML_BOXES = {True: "\u2611 ", False: "\u2610 ", None: ""}
_SPOKEN_BOXES = {True: "Done:", False: "To do:", None: ""}


@dataclass(frozen=True, slots=True)
class Item(Node):
    """A list entry; `is_done` is None for one without a task box. `is_continued`: it goes on from
    before and has no marker here."""

    holds: ClassVar[str] = "blocks"
    blocks: tuple[Block, ...]
    is_done: bool | None = None
    is_continued: bool = False

    def as_text(self, sign: str, *, is_tight: bool) -> str:
        """The entry behind its sign."""
        text = _BOXES[self.is_done] + text_of(self.blocks, is_tight=is_tight)
        return indented(text, sign, " " * len(sign))

    def as_markdown(self, sign: str, *, is_tight: bool) -> str:
        """The entry behind its sign."""
        text = _BOXES[self.is_done] + markdown_of(self.blocks, is_tight=is_tight)
        return indented(text, sign, " " * len(sign))

    def as_html(self, *, is_tight: bool) -> str:
        """What stands in the element of the entry."""
        box = _HTML_BOXES[self.is_done]
        if self.blocks and isinstance(first := self.blocks[0], Paragraph):
            text = box + inline_html(first.runs)
            head = text if is_tight else f"<p>{text}</p>"
            rest = html_of(self.blocks[1:])
            return f"{head}\n{rest}" if rest else head
        return box + html_of(self.blocks)

    def as_lines(self, depth: int, mark: str) -> list[Line]:
        """The entry behind its bullet or number."""
        lead = f"{mark} {_SPOKEN_BOXES[self.is_done]}".strip()
        blocks = self.blocks or (Paragraph(()),)
        lines: list[Line] = []
        if isinstance(first := blocks[0], Listing):
            head, *rest = first.as_lines(depth)
            lines += [replace(head, lead=f"{lead} {head.lead}"), *rest]
            blocks = blocks[1:]
        elif not isinstance(first, Paragraph):
            lines.append(Line(Kind.ITEM, "", depth, lead))
            lead = ""
        for block in blocks:
            lines += block.as_lines(depth, lead)
            lead = ""
        return lines


@dataclass(frozen=True, slots=True)
class Listing(Block):
    """A list; `start` is the first number, None for bullets."""

    holds: ClassVar[str] = "items"
    joins_next: ClassVar[bool] = True
    items: tuple[Item, ...]
    start: int | None = None
    is_tight: bool = True

    def holding(self, inner: Sequence[Node | None]) -> Self:
        """The same with other entries; it goes on counting where its first ones were dropped."""
        skipped = next((at for at, item in enumerate(inner) if item is not None), 0)
        start = None if self.start is None else self.start + skipped
        return replace(Block.holding(self, inner), start=start)

    def as_text(self) -> str:
        return self._joined(
            item.as_text(sign, is_tight=self.is_tight)
            for sign, item in zip(self._signs("-", "."), self.items, strict=True)
        )

    def as_markdown(self, bullet: str = "-") -> str:
        dot = ")" if bullet == "*" else "."
        return self._joined(
            item.as_markdown(sign, is_tight=self.is_tight)
            for sign, item in zip(self._signs(bullet, dot), self.items, strict=True)
        )

    def as_html(self) -> str:
        items = "".join(f"<li>{item.as_html(is_tight=self.is_tight)}</li>\n" for item in self.items)
        if self.start is None:
            return f"<ul>\n{items}</ul>"
        start = f' start="{self.start}"' if self.start != 1 else ""
        return f"<ol{start}>\n{items}</ol>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        marks = (mark.strip() for mark in self._signs("•", "."))
        return [
            line
            for mark, item in zip(marks, self.items, strict=True)
            for line in item.as_lines(depth + 1, mark)
        ]

    def _signs(self, bullet: str, dot: str) -> list[str]:
        """What stands before each entry."""
        if self.start is None:
            return [f"{bullet} "] * len(self.items)
        return [f"{self.start + index}{dot} " for index in range(len(self.items))]

    def _joined(self, parts: Iterable[str]) -> str:
        return ("\n" if self.is_tight else "\n\n").join(parts)
