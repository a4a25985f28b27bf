"""The lines of an answer that are still open, and what they are: a paragraph, a list, code …"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from enum import StrEnum
from typing import Self

from app.render.formulas.tex import FORMULA_LINES, body_of, closes_display, opens_display
from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.inside_fences import InsideFences
from app.render.splitting.line_signs import NOTE, alert_of, indent_of, language_of
from app.render.splitting.list_entries import Entries, Entry
from app.render.splitting.wide_tables import MOST_COLUMNS

LONG_CHUNK = 1_200
"""Characters after which a list, quote or paragraph is cut at the next place that allows it."""
LONG_ENTRY = 2_400
"""Characters after which a list is cut inside an entry."""
CODE_LINES = 100
"""Lines of code in one chunk, cut at a line that starts at the margin; twice as many at most."""
CODE_SIZE = 12_000
TABLE_CELLS = 60
"""Cells of a table in one chunk; the last of them are laid out anew for each that is added."""

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$")
_HALF_FENCE = re.compile(r" {0,3}(?:(?:`+|~+)[^`\n]*|\\b?e?g?i?n?(?:(?<=n)\{[a-z]*\*?)?)$")
_ITEM = re.compile(r"( {0,3})([-*+]|(\d{1,9})([.)]))(?:[ \t]+(?=\S)|[ \t]*$)")
_BREAKING_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_QUOTE = re.compile(r" {0,3}>")
_DIVIDER = re.compile(r" {0,3}(?=[^|]*\||.*-\|)(?=.*-)[|:\- \t]+$|[ \t]*:?-+:?[ \t]*\|[|:\- \t]*$")


_LATE_FENCE = re.compile(r"( {0,3}[^\s`>|#][^`|]*[^\s`|])[ \t]{1,3}(`{3,}[A-Za-z][\w+#.-]{0,30})$")
"""A fence behind words, `Run this: ```bash`: models forget the end of the line before it."""
_GLUED_END = re.compile(r"([^`]*[^\s`])(`{3,})[ \t]*$")
"""A fence right behind the last line of code."""
_INNER_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*[A-Za-z][^`]*$")
_MARKDOWN = frozenset(("markdown", "md", "mdx", "mkd"))
"""Languages in whose code further fences stand."""


class Mode(StrEnum):
    """What the open lines are."""

    NONE = ""
    TEXT = "text"
    LISTING = "listing"
    NOTE = "note"
    QUOTE = "quote"
    TABLE = "table"
    INDENTED = "indented"
    CODE = "code"
    FORMULA = "formula"


class OpenLines:
    """The open lines and what they are."""

    def __init__(self) -> None:
        self.mode = Mode.NONE
        self.lines: list[str] = []
        self.size = 0
        self.chunks: list[Chunk] = []
        self.fence = ""
        self.fence_line = ""
        self.indent = 0
        self.language = ""
        self.inner_fences: list[str] = []
        self.is_typed = False
        """A person typed it: fences stand where they stand, and no habit of models is mended."""
        self.offset = 0
        self.marker = ""
        self.number: int | None = None
        self.first_number: int | None = None
        self.items = 0
        self.head = ""
        self.columns = 0
        self.is_continued = False
        self.is_joined = False
        self.alert = ""
        self.above = self.repeated = self.indented = 0
        self.entries = Entries()
        self.inside = InsideFences()
        self.count = 0
        self.first = 0

    def fork(self) -> Self:
        """A copy to try lines on."""
        twin = copy(self)
        twin.lines = self.lines.copy()
        twin.entries = self.entries.copy()
        twin.inside = self.inside.fork()
        twin.inner_fences = self.inner_fences.copy()
        twin.chunks = []
        return twin

    def taken(self) -> list[Chunk]:
        """The finished chunks, once."""
        chunks, self.chunks = self.chunks, []
        return chunks

    def is_undecided(self, partial: str) -> bool:
        """Whether a line without its end may still turn out to be a fence."""
        if self.mode is Mode.CODE:
            bare = partial.strip()
            return bool(bare) and not bare.strip(self.fence[0]) and partial[:4] != "    "
        return self.mode is not Mode.FORMULA and bool(_HALF_FENCE.match(partial))

    def line(self, line: str, *, is_partial: bool = False) -> None:
        """Takes one whole line (or, in a fork, the one that is still growing)."""
        is_late = "```" in line and not self.is_typed and self._is_prose()
        is_late = is_late and not _ITEM.match(line)
        late = _LATE_FENCE.match(line) if is_late else None
        if self.mode is Mode.CODE:
            self._code_line(line, is_partial=is_partial)
        elif self.mode is Mode.FORMULA:
            self._formula_line(line)
        elif late:
            if not self._goes_on(late[1], is_partial):
                self._close()
                self._start(late[1])
            self._close()
            self._start(late[2])
        elif not line.strip():
            self._blank(line)
        elif not self._goes_on(line, is_partial):
            self._close()
            self._start(line)
        self.count += 1

    def end(self) -> None:
        """Closes whatever is open."""
        self._close()

    def _is_prose(self) -> bool:
        """Whether a line would stand in a paragraph in which no code is open."""
        if self.mode is Mode.NONE:
            return True
        return self.mode is Mode.TEXT and not any("`" in line for line in self.lines)

    # --- what a line does to what is open

    def _blank(self, line: str) -> None:
        if self.mode in (Mode.LISTING, Mode.INDENTED, Mode.NOTE):
            self._keep(line)
        else:
            self._close()

    def _goes_on(self, line: str, is_partial: bool) -> bool:
        """Adds a line to what is open if it belongs to it."""
        mode = self.mode
        if mode is Mode.LISTING:
            return self._listing_line(line, is_partial=is_partial)
        if mode is Mode.INDENTED:
            if line.startswith(("    ", "\t")):
                self._keep(line)
                return True
            return False
        if mode is Mode.NOTE:
            is_apart = not self.lines[-1].strip()
            if not line.startswith(("  ", "\t")) and (is_apart or self._interrupts(line)):
                return False
            self._keep(line)
            return True
        if mode is Mode.NONE or self._interrupts(line):
            return False
        if mode is Mode.QUOTE:
            is_empty = not line.strip(" >")
            if self.size > LONG_CHUNK and (is_empty or self.size > 2 * LONG_CHUNK):
                self._go_on_quoted()
        elif mode is Mode.TABLE:
            cells = (len(self.lines) - 2) * self.columns
            if cells and (cells >= TABLE_CELLS or self.size > LONG_CHUNK + len(self.lines[0])):
                self._next_table()
        elif _DIVIDER.match(line) and self.lines and "|" in self.lines[-1]:
            self._start_table(line)
            return True
        elif self.size > LONG_CHUNK and not is_partial:
            self._close(is_cut=True)
            self.mode, self.is_continued = Mode.TEXT, True
        self._keep_mended(line, is_partial=is_partial)
        return True

    def _keep_mended(self, line: str, *, is_partial: bool = False) -> None:
        """Keeps a line of a quote, mended where it holds a fence, or one of anything else."""
        if self.mode is Mode.QUOTE and not self.is_typed:
            line = "\n".join(self.inside.mended(line, self.lines, is_partial=is_partial))
        self._keep(line)

    def _go_on_quoted(self) -> None:
        alert = self.alert or alert_of(self.lines[0].lstrip("> \t"))
        self._close(is_cut=True)
        self.mode, self.is_continued, self.alert = Mode.QUOTE, True, alert

    def _interrupts(self, line: str) -> bool:
        """Whether a line ends a paragraph, quote or table by what it is."""
        if line[:1] == "|" or line[:1].isalpha():
            return False
        if _FENCE.match(line) or _HEADING.match(line):
            return True
        if _QUOTE.match(line):
            return self.mode is not Mode.QUOTE
        if _RULE.match(line):
            return not (self.mode is Mode.TEXT and line.lstrip().startswith("-") and self.lines)
        return bool(_BREAKING_ITEM.match(line) or NOTE.match(line) or opens_display(line))

    def _listing_line(self, line: str, *, is_partial: bool) -> bool:
        indent = indent_of(line)
        item = _ITEM.match(line) if indent < 4 else None
        is_item = bool(item) and indent < self.offset and not _RULE.match(line)
        if item and is_item and indent >= 2 and self.first_number is not None and not item[3]:
            self._keep_entry(line, indent, is_partial=is_partial)
            return True
        if item and is_item:
            if (item[4] or item[2]) != self.marker:
                return False
            self.items += 1
            if self.size > LONG_CHUNK:
                number = None if self.first_number is None else self.first_number + self.items
                self._close(is_cut=True)
                self.mode, self.is_continued, self.number = Mode.LISTING, True, number
            self.offset = _offset(item)
            self.entries.open.clear()
        elif indent < min(self.offset, 2) and (
            not self.lines[-1].strip() or self._interrupts(line) or _QUOTE.match(line)
        ):
            return False
        elif self.size > LONG_ENTRY and not self.entries.is_code:
            self._cut_entry(line)
        self._keep_entry(line, indent, is_partial=is_partial)
        return True

    def _keep_entry(self, line: str, indent: int, *, is_partial: bool) -> None:
        """Keeps a line of a list, mended where it holds a fence."""
        if "```" not in line and "~~~" not in line and not self.entries.is_code:
            self.entries.take(line, indent)
            self._keep(line)
            return
        parts = [line]
        if not self.is_typed and (indent >= min(self.offset, 2) or _ITEM.match(line)):
            parts = self.inside.mended(line, self.lines, is_partial=is_partial)
        for part in parts:
            self.entries.take(part, indent_of(part))
        self._keep("\n".join(parts))

    def _cut_entry(self, line: str) -> None:
        """Goes on in another chunk inside an entry, where the line begins something of its own, or
        anywhere when there was no such line for long."""
        around = self.entries.around(line)
        is_entry = self.entries.is_entry(line)
        is_fit = is_entry or not self.lines[-1].strip() or self.size > 2 * LONG_ENTRY
        if around and is_fit and line.strip():
            self._go_on_inside(around)

    def _go_on_inside(self, around: list[Entry]) -> None:
        self._close(is_cut=True)
        self.mode, self.is_continued, self.above = Mode.LISTING, True, len(around)
        self.lines = Entries.repeated(around)
        self.repeated = len(self.lines)
        self.first = self.count - self.repeated

    # --- beginnings

    def _start(self, line: str) -> None:
        fence = _FENCE.match(line)
        if fence:
            self.mode, self.fence, self.fence_line = Mode.CODE, fence[2], line
            self.indent = len(fence[1])
            self.language = language_of(fence[3])
            self.inner_fences = []
            return
        if closing := opens_display(line):
            self.mode, self.fence = Mode.FORMULA, closing
            self._formula_line(line)
            return
        item = _ITEM.match(line)
        if item and not _RULE.match(line):
            self.mode, self.offset = Mode.LISTING, _offset(item)
            self.marker = item[4] or item[2]
            self.first_number = int(item[3]) if item[3] else None
            self.items = 0
            self.entries = Entries()
            self.inside = InsideFences()
            self._keep_entry(line, indent_of(line), is_partial=False)
            return
        if _HEADING.match(line) or _RULE.match(line):
            self.mode = Mode.TEXT
            self._keep(line)
            self._close()
            return
        if _QUOTE.match(line):
            self.mode, self.inside = Mode.QUOTE, InsideFences()
            self._keep_mended(line)
            return
        if NOTE.match(line):
            self.mode = Mode.NOTE
        elif line.startswith(("    ", "\t")):
            self.mode = Mode.INDENTED
        else:
            self.mode = Mode.TEXT
        self._keep(line)

    def _start_table(self, divider: str) -> None:
        header = self.lines.pop()
        self.size -= len(header) + 1
        self._close()
        self.mode = Mode.TABLE
        self.columns = max(1, min(MOST_COLUMNS, divider.strip().strip("|").count("|") + 1))
        self.first = self.count - 1
        self.lines = [header, divider]
        self.size = len(header) + len(divider) + 2

    def _next_table(self) -> None:
        head = self.head or "\n".join(self.lines)
        opening = self.lines[:2]
        self._close(is_cut=True)
        self.first = self.count - 2
        self.mode, self.is_continued, self.head = Mode.TABLE, True, head
        self.lines = opening
        self.size = sum(map(len, opening)) + 2

    # --- code and formulas

    def _code_line(self, line: str, *, is_partial: bool = False) -> None:
        bare = line.strip()
        inner = self.inner_fences
        fence = inner[-1] if inner else self.fence
        if len(bare) >= len(fence) and not bare.strip(fence[0]) and line[:4] != "    ":
            if not inner:
                self._emit(is_closed=True)
                self._reset()
                return
            inner.pop()
        elif self.is_typed:
            pass
        elif self.language.lower() in _MARKDOWN and (opened := _INNER_FENCE.match(line)):
            if opened[1].startswith(self.fence):
                inner.append(opened[1])
        elif "`" in line and self.fence[0] == "`" and not inner and "`" not in self.language:
            glued = _GLUED_END.match(line)
            if glued and len(glued[2]) >= len(self.fence):
                self._keep_code(glued[1])
                self._emit(is_closed=True)
                self._reset()
                return
            if is_partial and line.endswith("`") and line.count("`") < len(self.fence):
                line = line.rstrip("`")
        self._keep_code(line)

    def _keep_code(self, line: str) -> None:
        count = len(self.lines)
        is_long = count >= 2 * CODE_LINES or (count >= CODE_LINES and bool(line[:1].strip()))
        if is_long or (count and self.size + len(line) > CODE_SIZE):
            self._next_code()
        stripped = min(self.indent, len(line) - len(line.lstrip(" ")))
        self._keep(line[stripped:])

    def _next_code(self) -> None:
        self._emit(is_cut=True)
        self.is_continued, self.is_joined = True, False

    def _formula_line(self, line: str) -> None:
        is_first = not self.lines
        self._keep(line)
        if closes_display(line, self.fence, is_first=is_first):
            self._emit()
            self._reset()
        elif (not line.strip() and self.fence != "\\]") or len(self.lines) > FORMULA_LINES:
            self.mode = Mode.TEXT
            self._close()

    # --- keeping and emitting

    def _keep(self, line: str) -> None:
        if not self.lines:
            self.first = self.count
        self.lines.append(line)
        self.size += len(line) + 1

    def _close(self, *, is_cut: bool = False) -> None:
        if self.lines or self.mode is Mode.CODE:
            self._emit(is_cut=is_cut)
        self._reset()

    def _reset(self) -> None:
        self.mode, self.lines, self.size, self.head = Mode.NONE, [], 0, ""
        self.is_continued = self.is_joined = False
        self.number, self.alert = None, ""
        self.above = self.repeated = self.indented = 0

    def _emit(self, *, is_cut: bool = False, is_closed: bool = False) -> None:
        text = "\n".join(self.lines)
        chunk = Chunk(
            Kind.TEXT,
            text,
            "\n".join(self.lines[self.repeated :])[self.indented :] if self.is_continued else text,
            is_continued=self.is_continued,
            is_cut=is_cut,
            is_joined=self.is_joined,
            head=self.head,
            line=self.first,
            alert=self.alert,
            above=self.above,
        )
        if self.mode is Mode.CODE:
            opening = "" if self.is_continued else f"{self.fence_line}\n"
            closing = f"{'' if not self.lines else chr(10)}{self.fence}" if is_closed else ""
            chunk = replace(
                chunk,
                kind=Kind.CODE,
                language=self.language,
                original=opening + text + closing,
            )
            self.lines, self.size = [], 0
        elif self.mode is Mode.FORMULA:
            chunk = replace(chunk, kind=Kind.FORMULA, source=body_of(text))
        else:
            chunk = replace(chunk, source=text.rstrip("\n"), number=self.number)
            if not text.strip():
                return
        if chunk.kind is Kind.FORMULA and not chunk.source:
            chunk = replace(chunk, kind=Kind.TEXT, source=text)
        self.chunks.append(chunk)


def _offset(item: re.Match[str]) -> int:
    """Where the text of a list entry begins: lines indented that far belong to it."""
    width = item.end()
    spaces = width - len(item[1]) - len(item[2])
    return width if 1 <= spaces <= 4 else len(item[1]) + len(item[2]) + 1
