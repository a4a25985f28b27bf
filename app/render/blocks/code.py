"""Blocks of code: searched as they are drawn, and copied without what deceives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Self

from app.render.characters import PARAGRAPH, copied, shown
from app.render.node import Block
from app.render.output.spoken_line import Kind, Line

Span = tuple[int, int, str]
"""Coloured code: (first UTF-16 unit, count, role: keyword, name, text, number or comment)."""
_FENCES = re.compile("`{3,}")


@dataclass(frozen=True, slots=True)
class Code(Block):
    """A code block, without its fence; `text` has no newline at its end."""

    language: str
    text: str

    def cleaned(self) -> Self:
        safe = copied(self.text, is_code=True)
        return self if safe == self.text else replace(self, text=safe)

    def passages(self) -> tuple[str, ...]:
        return (shown(self.text, is_code=True).replace("\n", PARAGRAPH),)

    def as_text(self) -> str:
        return self.text

    def as_markdown(self, bullet: str = "-") -> str:
        longest = max((len(ticks) for ticks in _FENCES.findall(self.text)), default=2)
        fence = "`" * (longest + 1)
        return f"{fence}{self.language}\n{self.text}\n{fence}"

    def as_html(self) -> str:
        return f"<pre><code>{escape(self.text)}</code></pre>"

    def as_lines(self, depth: int = 0, lead: str = "") -> list[Line]:
        count = self.text.count("\n") + 1
        name = f"{self.language}, " if self.language else ""
        head = f"Code, {name}{count} line{'s' if count > 1 else ''}"
        return [
            Line(Kind.NOTE, head, depth, lead),
            Line(Kind.CODE, self.text, depth),
            Line(Kind.NOTE, "End of code", depth),
        ]
