"""The list entries that are open at a line: where a long list inside lists may be cut."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.render.splitting.line_signs import indent_of

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

    def take(self, line: str, indent: int) -> None:
        """A line that belongs to the list, and how far it is indented."""
        fence = _FENCE.match(line) if "`" in line or "~" in line else None
        if self._fence:
            bare = line.strip()
            if bare.startswith(self._fence) and not bare.strip(self._fence[0]):
                self._fence = ""
            return
        match = _ENTRY.match(line)
        if match:
            # Each open entry stands further in than the one before.
            entries = self.open
            count = len(entries)
            while count and entries[count - 1].offset > indent:
                count -= 1
            if indent < (entries[count - 1].offset if count else 0) + 4:
                marker, space = match.groups()
                wide = len(space.replace("\t", "    ")) if space else 1
                wide = wide if wide <= 4 else 1
                del entries[count:]
                entries.append(Entry(indent, indent + len(marker) + wide, marker))
        if fence:
            self._fence = fence[1]

    @staticmethod
    def repeated(entries: list[Entry]) -> list[str]:
        """Lines that open these entries again, without any text."""
        return [
            f"{' ' * e.indent}{e.marker}{' ' * (e.offset - e.indent - len(e.marker))}{PLACEHOLDER}"
            for e in entries
        ]
