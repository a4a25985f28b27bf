"""The list entries that are open at a line: where a long list inside lists may be cut."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.render.signs import indent_of

PLACEHOLDER = "#"
"""Stands in an entry that is only repeated: a title without words, for anything may follow one."""

_ENTRY = re.compile(r"[ \t]*([-*+]|\d{1,9}[.)])(?:([ \t]+)(?=\S)|[ \t]*$)")
_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")


class Entry(NamedTuple):
    """An open entry: columns of its marker and of its text."""

    indent: int
    offset: int
    marker: str


class Entries:
    """Follows a list line by line."""

    def __init__(self) -> None:
        self.open: list[Entry] = []
        self._fence = ""

    def copy(self) -> Entries:
        """The same, to try lines on."""
        twin = Entries()
        twin.open, twin._fence = self.open.copy(), self._fence
        return twin

    @property
    def is_code(self) -> bool:
        """Whether the lines are code."""
        return bool(self._fence)

    def around(self, line: str) -> list[Entry]:
        """The open entries that a line would stand in."""
        indent = indent_of(line)
        return [entry for entry in self.open if entry.offset <= indent]

    def is_entry(self, line: str) -> bool:
        """Whether a line begins an entry."""
        inner = self.around(line)
        deepest = inner[-1].offset if inner else 0
        return _ENTRY.match(line) is not None and indent_of(line) < deepest + 4

    def take(self, line: str) -> None:
        """A line that belongs to the list."""
        fence = _FENCE.match(line) if "`" in line or "~" in line else None
        if self._fence:
            bare = line.strip()
            if bare.startswith(self._fence) and not bare.strip(self._fence[0]):
                self._fence = ""
            return
        match = _ENTRY.match(line)
        indent = indent_of(line) if match else 0
        around = [entry for entry in self.open if entry.offset <= indent]
        if match and indent < (around[-1].offset if around else 0) + 4:
            wide = len(match[2].replace("\t", "    ")) if match[2] else 1
            wide = wide if wide <= 4 else 1
            self.open = around
            self.open.append(Entry(indent, indent + len(match[1]) + wide, match[1]))
        if fence:
            self._fence = fence[1]

    @staticmethod
    def repeated(entries: list[Entry]) -> list[str]:
        """Lines that open these entries again, without any text."""
        return [
            f"{' ' * e.indent}{e.marker}{' ' * (e.offset - e.indent - len(e.marker))}{PLACEHOLDER}"
            for e in entries
        ]
