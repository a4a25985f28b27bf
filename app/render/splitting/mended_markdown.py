"""Shows an unfinished stretch of Markdown as it will be: open code, formulas and tables stay what
they are, and marks are closed for the eye."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.render.formulas.tex import UNFINISHED, closes_display, opens_display
from app.render.splitting.open_marks import close_marks
from app.render.splitting.table_cells import columns_of

_PREFIX = r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*[ \t]*"
_UNDECIDED = re.compile(
    r"(?:^|\n)[ \t]*(?:> ?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
    r"(?:[-=*_+#>`~|$]{1,6}|\\\[?|\d{1,9}[.)]?|\[[ xX\d]{0,3}\]?|\[!?"
    r"|\[\^[^\]\n]{0,40}\]?:?|\[[^\[\]\n]{1,60}\]:[ \t]*[^\s]*)[ \t]*$"
)
_HALF_ALERT = re.compile(r"((?:^|\n)[ \t]*>[ \t]*)\[![A-Za-z]*$")
_BEGINNING = re.compile(_PREFIX)
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
_DIVIDER = re.compile(r"[ \t]*\|?[|:\- \t]*$")
_ROW = re.compile(r"[ \t]*\|.*\S.*")
_MARKER = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|#{1,6})\s")


def mend(source: str) -> str:
    """The source of an open block, closed so that its marks do not flicker while it grows.

    Reads: Markdown that may end anywhere. Gives: Markdown to parse in its place until more arrives.
    """
    lines = source.split("\n")
    state = _state_of(lines)
    if state.fence or state.closing:
        return _mend_literal(lines, state)
    source = _UNDECIDED.sub("", _HALF_ALERT.sub(r"\1", source))
    if not source:
        return ""
    start = source.rfind("\n") + 1
    line = source[start:]
    if _ROW.fullmatch(line) or (_DIVIDER.fullmatch(line) and "\n" in source):
        table = _mend_table(source)
        if table is not None:
            return table
    begin = max(source.rfind("\n\n") + 1, sum(len(line) + 1 for line in lines[: state.first]))
    marker = _MARKER.match(line)
    if marker or _ROW.fullmatch(line):
        begin = start
    if begin >= len(source):
        return source
    return source[:begin] + close_marks(source[begin:], marker.end() if marker else 0)


class _State(NamedTuple):
    """What the last line stands in: code with a `fence`, or a formula with its `closing` sign,
    begun in the line `first`; else the line behind the last one of these."""

    fence: str
    closing: str
    first: int


def _state_of(lines: list[str]) -> _State:
    fence = closing = ""
    first = 0
    for index, line in enumerate(lines):
        bare = _bare(line)
        if fence:
            stripped = bare.strip()
            if len(stripped) >= len(fence) and not stripped.strip(fence[0]):
                fence, first = "", index + 1
        elif closing:
            is_over = not bare and closing == "$$" and index < len(lines) - 1
            if is_over or closes_display(bare, closing, is_first=False):
                closing, first = "", index + 1
        elif opened := _FENCE.match(bare):
            fence, first = opened[1], index
        elif (found := opens_display(bare)) and not closes_display(bare, found, is_first=True):
            closing, first = found, index
    return _State(fence, closing, first)


def _mend_literal(lines: list[str], state: _State) -> str:
    """A source that ends inside code or a displayed formula."""
    last = lines[-1].strip(" \t>")
    if state.fence:
        is_first = state.first == len(lines) - 1
        is_half = bool(last) and not last.strip(state.fence[0])
        return "\n".join(lines[:-1] if is_first or is_half else lines)
    kept = "\n".join(lines).rstrip("\\$ \t\n>").split("\n")
    body = "\n".join(kept[state.first :])
    if not _bare(body).lstrip("\\[$ \t\n>"):
        return "\n".join(lines[: state.first])
    return "\n".join(kept) + UNFINISHED


def _bare(line: str) -> str:
    """A line without the signs of the lists and quotes it stands in."""
    return _BEGINNING.sub("", line, count=1)


def _mend_table(source: str) -> str | None:
    lines = source.split("\n")
    first = len(lines) - 1
    while first > 0 and lines[first - 1].strip() and "|" in lines[first - 1]:
        first -= 1
    rows = lines[first:]
    bare = rows[0].lstrip()
    if not bare.startswith("|"):
        return None
    indent = rows[0][: len(rows[0]) - len(bare)]
    header = rows[0].rstrip()
    columns = columns_of(header)
    if len(rows) == 1:
        header = close_marks(header)
    if not header.endswith("|"):
        rows[0] = header + "|"
    divider = indent + "|" + "---|" * columns
    if len(rows) == 1:
        rows.append(divider)
    elif len(rows) == 2 and _DIVIDER.fullmatch(rows[1]):
        rows[1] = divider
    else:
        return None
    return "\n".join(lines[:first] + rows)
