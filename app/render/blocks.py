"""Cuts growing Markdown into chunks that never change again and one open rest.

Only whole lines decide, so what was cut is the same however the text arrived. A chunk is as small
as
Markdown allows; long lists, paragraphs, tables and code go on in further chunks (`is_continued`).
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from enum import StrEnum

from app.render.characters import Cleaner, sound
from app.render.chunk import Chunk, Kind

LONG_CHUNK = 1_200
"""Characters after which a list, quote or paragraph is cut at the next place that allows it."""
LONG_LINE = 2_000
LONG_MARKED_LINE = 6_000
CODE_LINES = 100
"""Lines of code in one chunk, cut at a line that starts at the margin; twice as many at most."""
CODE_SIZE = 12_000
TABLE_CELLS = 80
MOST_COLUMNS = 24
FORMULA_LINES = 60

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$")
_HALF_FENCE = re.compile(r" {0,3}(?:`+|~+)[^`\n]*$")
_ITEM = re.compile(r"( {0,3})([-*+]|(\d{1,9})([.)]))(?:[ \t]+(?=\S)|[ \t]*$)")
_BREAKING_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_QUOTE = re.compile(r" {0,3}>")
_DIVIDER = re.compile(r" {0,3}(?=[^|]*\||.*-\|)(?=.*-)[|:\- \t]+$|[ \t]*:?-+:?[ \t]*\|[|:\- \t]*$")
_SENTENCE = re.compile(r"[.!?。！？][\"'”’)\]]*\s|[。！？]")
_FORMULA_ENDS = {"$$": "$$", "\\[": "\\]"}


class Mode(StrEnum):
    """What the open lines are."""

    NONE = ""
    TEXT = "text"
    LISTING = "listing"
    QUOTE = "quote"
    TABLE = "table"
    INDENTED = "indented"
    CODE = "code"
    FORMULA = "formula"


class Splitter:
    """Takes pieces of Markdown in order; gives chunks as soon as they are certain. Amortised
    O(n)."""

    def __init__(self) -> None:
        self._cleaner = Cleaner()
        self._partial: list[str] = []
        self._partial_size = 0
        self._state = _Lines()

    def feed(self, piece: str) -> list[Chunk]:
        """The chunks that this piece made certain."""
        text = self._cleaner.feed(piece)
        head, newline, rest = text.partition("\n")
        if newline:
            self._state.line("".join(self._partial) + head)
            *lines, last = rest.split("\n")
            for line in lines:
                self._state.line(line)
            self._partial, self._partial_size = [], 0
        else:
            last = head
        if last:
            self._partial.append(last)
            self._partial_size += len(last)
            if self._partial_size >= LONG_LINE:
                line = self._state.shortened("".join(self._partial))
                self._partial, self._partial_size = [line], len(line)
        return self._state.taken()

    def tail(self) -> list[Chunk]:
        """What is open, as it stands: usually one chunk."""
        state = self._state.fork()
        partial = "".join(self._partial)
        if partial and not state.is_undecided(partial):
            state.line(partial, is_partial=True)
        state.end()
        return state.taken()

    def finish(self) -> list[Chunk]:
        """The last chunks, when nothing follows."""
        partial = "".join(self._partial) + self._cleaner.rest()
        self._partial, self._partial_size = [], 0
        if partial:
            self._state.line(partial)
        self._state.end()
        return self._state.taken()


def split(text: str) -> list[Chunk]:
    """All chunks of a finished text."""
    splitter = Splitter()
    return splitter.feed(sound(text)) + splitter.finish()


class _Lines:
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
        self.offset = 0
        self.marker = ""
        self.number: int | None = None
        self.first_number: int | None = None
        self.items = 0
        self.head = ""
        self.columns = 0
        self.is_continued = False
        self.is_joined = False

    def fork(self) -> _Lines:
        """A copy to try lines on."""
        twin = copy(self)
        twin.lines = self.lines.copy()
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

    def shortened(self, line: str) -> str:
        """Emits what of an overlong open line is certain, and gives the rest of it."""
        while len(line) >= LONG_MARKED_LINE or (
            len(line) >= LONG_LINE and self.mode in (Mode.NONE, Mode.TEXT) and self._is_prose(line)
        ):
            line = self._cut_line(line)
        return line

    def line(self, line: str, *, is_partial: bool = False) -> None:
        """Takes one whole line (or, in a fork, the one that is still growing)."""
        if len(line) >= LONG_LINE:
            line = self.shortened(line)
        if self.mode is Mode.CODE:
            self._code_line(line)
        elif self.mode is Mode.FORMULA:
            self._formula_line(line)
        elif not line.strip():
            self._blank(line)
        elif not self._goes_on(line, is_partial):
            self._close()
            self._start(line)

    def end(self) -> None:
        """Closes whatever is open."""
        self._close()

    # --- what a line does to what is open

    def _is_prose(self, line: str) -> bool:
        return not (line.lstrip().startswith("|") or _ITEM.match(line) or _QUOTE.match(line))

    def _cut_line(self, line: str) -> str:
        if self.mode is Mode.CODE:
            at = LONG_MARKED_LINE
            self._code_line(line[:at])
            self._emit(is_cut=True)
            self.is_continued = self.is_joined = True
            return line[at:]
        limit = LONG_LINE if self._is_prose(line) else LONG_MARKED_LINE
        ends = [m.end() for m in _SENTENCE.finditer(line, limit // 2, limit)]
        at = ends[-1] if ends else line.rfind(" ", limit // 2, limit) + 1 or limit
        if self.mode is Mode.NONE or not self._goes_on(line[:at], is_partial=False):
            self._close()
            self._start(line[:at])
        self._close(is_cut=True)
        self.mode = Mode.TEXT
        self.is_continued = True
        return line[at:]

    def _blank(self, line: str) -> None:
        if self.mode in (Mode.LISTING, Mode.INDENTED):
            self._keep(line)
        else:
            self._close()

    def _goes_on(self, line: str, is_partial: bool) -> bool:
        """Adds a line to what is open if it belongs to it."""
        mode = self.mode
        if mode is Mode.LISTING:
            return self._listing_line(line)
        if mode is Mode.INDENTED:
            if line.startswith(("    ", "\t")):
                self._keep(line)
                return True
            return False
        if mode is Mode.NONE or self._interrupts(line):
            return False
        if mode is Mode.QUOTE:
            is_empty = not line.strip(" >")
            if self.size > LONG_CHUNK and (is_empty or self.size > 4 * LONG_CHUNK):
                self._close(is_cut=True)
                self.mode, self.is_continued = Mode.QUOTE, True
        elif mode is Mode.TABLE:
            if (len(self.lines) - 2) * self.columns >= TABLE_CELLS:
                self._next_table()
        elif _DIVIDER.match(line) and self.lines and "|" in self.lines[-1]:
            self._start_table(line)
            return True
        elif self.size > LONG_CHUNK and not is_partial:
            self._close(is_cut=True)
            self.mode, self.is_continued = Mode.TEXT, True
        self._keep(line)
        return True

    def _interrupts(self, line: str) -> bool:
        """Whether a line ends a paragraph, quote or table by what it is."""
        if _FENCE.match(line) or _HEADING.match(line):
            return True
        if _QUOTE.match(line):
            return self.mode is not Mode.QUOTE
        if _RULE.match(line):
            return not (self.mode is Mode.TEXT and line.lstrip().startswith("-") and self.lines)
        return bool(_BREAKING_ITEM.match(line)) or self._formula_end(line) != ""

    def _listing_line(self, line: str) -> bool:
        indent = len(line) - len(line.lstrip(" "))
        item = _ITEM.match(line)
        is_item = bool(item) and indent < self.offset and not _RULE.match(line)
        if item and is_item:
            if (item[4] or item[2]) != self.marker:
                return False
            self.items += 1
            if self.size > LONG_CHUNK:
                number = None if self.first_number is None else self.first_number + self.items
                self._close(is_cut=True)
                self.mode, self.is_continued, self.number = Mode.LISTING, True, number
            self.offset = _offset(item)
        elif indent < min(self.offset, 2) and (
            not self.lines[-1].strip() or self._interrupts(line) or _QUOTE.match(line)
        ):
            return False
        self._keep(line)
        return True

    # --- beginnings

    def _start(self, line: str) -> None:
        fence = _FENCE.match(line)
        if fence:
            self.mode, self.fence, self.fence_line = Mode.CODE, fence[2], line
            self.indent = len(fence[1])
            info = fence[3].split()
            self.language = info[0][:40] if info else ""
            return
        if end := self._formula_end(line):
            self.mode, self.fence = Mode.FORMULA, end
            self._formula_line(line)
            return
        item = _ITEM.match(line)
        if item and not _RULE.match(line):
            self.mode, self.offset = Mode.LISTING, _offset(item)
            self.marker = item[4] or item[2]
            self.first_number = int(item[3]) if item[3] else None
            self.items = 0
        elif _HEADING.match(line) or _RULE.match(line):
            self.mode = Mode.TEXT
            self._keep(line)
            self._close()
            return
        elif _QUOTE.match(line):
            self.mode = Mode.QUOTE
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
        self.lines = [header, divider]
        self.size = len(header) + len(divider) + 2

    def _next_table(self) -> None:
        head = self.head or "\n".join(self.lines)
        opening = self.lines[:2]
        self._close(is_cut=True)
        self.mode, self.is_continued, self.head = Mode.TABLE, True, head
        self.lines = opening
        self.size = sum(map(len, opening)) + 2

    @staticmethod
    def _formula_end(line: str) -> str:
        bare = line.strip()
        return _FORMULA_ENDS.get(bare[:2], "") if bare[:2] in _FORMULA_ENDS else ""

    # --- code and formulas

    def _code_line(self, line: str) -> None:
        bare = line.strip()
        if len(bare) >= len(self.fence) and not bare.strip(self.fence[0]) and line[:4] != "    ":
            self._emit(is_closed=True)
            self._reset()
            return
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
        bare = line.strip()
        is_first = not self.lines
        self._keep(line)
        if bare.endswith(self.fence) and not (is_first and len(bare) < 5 and self.fence == "$$"):
            self._emit()
            self._reset()
        elif not bare or len(self.lines) > FORMULA_LINES:
            self.mode = Mode.TEXT
            self._close()

    # --- keeping and emitting

    def _keep(self, line: str) -> None:
        self.lines.append(line)
        self.size += len(line) + 1

    def _close(self, *, is_cut: bool = False) -> None:
        if self.lines or self.mode is Mode.CODE:
            self._emit(is_cut=is_cut)
        self._reset()

    def _reset(self) -> None:
        self.mode, self.lines, self.size, self.head = Mode.NONE, [], 0, ""
        self.is_continued = self.is_joined = False
        self.number = None

    def _emit(self, *, is_cut: bool = False, is_closed: bool = False) -> None:
        text = "\n".join(self.lines)
        chunk = Chunk(
            Kind.TEXT, text, text, is_continued=self.is_continued, is_cut=is_cut, head=self.head
        )
        if self.mode is Mode.CODE:
            opening = "" if self.is_continued else f"{self.fence_line}\n"
            closing = f"{'' if not self.lines else chr(10)}{self.fence}" if is_closed else ""
            chunk = replace(
                chunk,
                kind=Kind.CODE,
                language=self.language,
                is_joined=self.is_joined,
                original=opening + text + closing,
            )
            self.lines, self.size = [], 0
        elif self.mode is Mode.FORMULA:
            body = text.strip().removeprefix("$$").removeprefix("\\[")
            body = body.removesuffix("$$").removesuffix("\\]").strip("\n")
            chunk = replace(chunk, kind=Kind.FORMULA, source=body.strip())
        else:
            chunk = replace(chunk, source=text.rstrip("\n"), number=self.number)
            if not text.strip():
                return
        self.chunks.append(chunk)


def _offset(item: re.Match[str]) -> int:
    """Where the text of a list entry begins: lines indented that far belong to it."""
    width = item.end()
    spaces = width - len(item[1]) - len(item[2])
    return width if 1 <= spaces <= 4 else len(item[1]) + len(item[2]) + 1
