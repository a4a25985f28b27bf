"""Lines longer than anybody writes are cut, and go on inside the list or quote they stand in."""

from __future__ import annotations

import re

from app.render.splitting.list_entries import Entry
from app.render.splitting.open_lines import Mode, OpenLines
from app.render.splitting.overlong import place_to_cut

LONG_LINE = 2_000
"""Characters after which a line is cut."""
LONG_ROW = 4_000
"""The same for a row of a table, which can go on as text only."""
LONG_RAW_LINE = 6_000
"""The same for code and TeX."""
DEEPEST = 24
"""Quotes inside each other that a line can go on in."""
_STRETCH = 60_000
"""Characters of an overlong line that are cut down at a time."""

_QUOTES = re.compile(r" {0,3}>(?: {0,3}>)*")
_RAW = frozenset((Mode.CODE, Mode.FORMULA, Mode.INDENTED, Mode.NOTE))


class LongLines(OpenLines):
    """Open lines, none of them overlong. `prefix` puts the rest of a cut line where it belongs."""

    def __init__(self) -> None:
        super().__init__()
        self.prefix = ""

    def line(self, line: str, *, is_partial: bool = False) -> None:
        """Takes one whole line (or, in a fork, the one that is still growing)."""
        if len(line) >= LONG_LINE:
            line = self.shortened(line)
        if self.prefix:
            line, self.prefix = self.prefix + line, ""
        super().line(line, is_partial=is_partial)

    def is_undecided(self, partial: str) -> bool:
        """Whether a line without its end may still turn out to be a fence."""
        return super().is_undecided(self.prefix + partial)

    def shortened(self, line: str) -> str:
        """Emits what of an overlong open line is certain, and gives the rest of it."""
        # In stretches: to copy the whole rest at each cut would cost time squared.
        at = 0
        while len(line) - at > _STRETCH:
            stretch = line[at : at + _STRETCH]
            rest = self._cut_down(stretch, 3 * LONG_RAW_LINE)
            at += len(stretch) - len(rest)
        return self._cut_down(line[at:], 0)

    def _cut_down(self, line: str, least: int) -> str:
        while len(line) >= max(least, self._limit(line)):
            rest = self._cut_line(line)
            if rest == line:
                break
            line = rest
        return line

    def _limit(self, line: str) -> int:
        if self.mode in _RAW or (self.mode is Mode.LISTING and self.entries.is_code):
            return LONG_RAW_LINE
        is_row = self.mode is Mode.TABLE or line.lstrip().startswith("|")
        return LONG_ROW if is_row else LONG_LINE

    def _cut_line(self, line: str) -> str:
        limit = self._limit(line)
        if self.mode is Mode.CODE:
            self._code_line(line[:limit])
            self._emit(is_cut=True)
            self.is_continued = self.is_joined = True
            return line[limit:]
        at = place_to_cut(line, limit)
        part, rest = self.prefix + line[:at], line[at:]
        if not rest.strip() and len(line) < LONG_RAW_LINE:
            return line
        self.prefix = ""
        if self.mode is Mode.NONE or not self._goes_on(part, is_partial=False):
            self._close()
            self._start(part)
        if self.mode is Mode.LISTING and (around := self._around(part)):
            self._go_on_inside(around)
            self.prefix = " " * around[-1].offset
        elif self.mode is Mode.QUOTE and part[: 2 * DEEPEST].count(">") < DEEPEST:
            signs = _QUOTES.match(part)
            self._go_on_quoted()
            self.prefix = f"{signs[0] if signs else '>'} "
        else:
            self._close(is_cut=True)
            self.mode, self.is_continued = Mode.TEXT, True
        self.is_joined, self.indented = True, len(self.prefix)
        return rest

    def _around(self, part: str) -> list[Entry]:
        """The entries in which the rest of a line goes on; none when it is code."""
        entries = self.entries
        if entries.is_code:
            return []
        around = [] if entries.is_entry(part) else entries.around(part)
        return around or entries.open.copy()
