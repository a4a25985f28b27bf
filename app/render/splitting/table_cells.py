"""Where the cells of a table's row end: bars in code and in formulas divide nothing, and what goes
beyond the head stays in the last cell."""

from __future__ import annotations

import re

from app.render.formulas.tex import inline_formula

BAR = "\ufdd1"
"""Stands for a bar that divides nothing; no text may hold it (Unicode)."""

_TICKS = re.compile(r"\\.|(`+)")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_BARE_BAR = re.compile(r"(?<!\\)\|")
LONGEST_ROW = 8_000
"""Characters of a row that are looked at for code and formulas."""


def count_cells(row: str) -> int:
    """The cells of a row as bars divide it."""
    bare = _ESCAPED.sub("", row.strip())
    return bare.count("|") + 1 - bare.startswith("|") - (len(bare) > 1 and bare.endswith("|"))


def undivided(row: str, columns: int, *, is_head: bool = False) -> str:
    """A row of the same length with signs for the bars that divide nothing.

    One that has no more cells than the table has columns is left as it is.
    """
    if "|" not in row or len(row) > LONGEST_ROW or count_cells(row) <= columns:
        return row
    row = _in_code(row)
    if count_cells(row) > columns and "$" in row:
        row = _in_formulas(row)
    if is_head:
        return row
    return _last_joined(row, columns) if count_cells(row) > columns else row


def columns_of(head: str) -> int:
    """The columns of a head whose divider has not come."""
    return count_cells(_in_formulas(_in_code(head)))


def _in_code(row: str) -> str:
    ticks = [m for m in _TICKS.finditer(row) if m[1]]
    following: dict[int, list[int]] = {}
    for at in range(len(ticks) - 1, -1, -1):
        following.setdefault(len(ticks[at][1]), []).append(at)
    parts: list[str] = []
    done = at = 0
    while at < len(ticks):
        places = following[len(ticks[at][1])]
        while places and places[-1] <= at:
            places.pop()
        if not places:
            at += 1
            continue
        closing = places[-1]
        start, end = ticks[at].end(), ticks[closing].start()
        parts += [row[done:start], _BARE_BAR.sub(BAR, row[start:end])]
        done, at = end, closing + 1
    return "".join([*parts, row[done:]])


def _in_formulas(row: str) -> str:
    parts: list[str] = []
    done = at = 0
    while (at := row.find("$", at)) >= 0:
        found = inline_formula(row, at, len(row))
        if found is None:
            at += 1
            continue
        parts += [row[done:at], _BARE_BAR.sub(BAR, row[at : found[1]])]
        done = at = found[1]
    return "".join([*parts, row[done:]])


def _last_joined(row: str, columns: int) -> str:
    """The bars behind the last column as text, but for one that ends the row."""
    bars = [at for at, sign in enumerate(row) if sign == "|" and not _is_escaped(row, at)]
    first = columns - (0 if row.lstrip().startswith("|") else 1)
    ends = bool(row.rstrip().endswith("|"))
    inner = set(bars[first : len(bars) - ends])
    return "".join(BAR if at in inner else sign for at, sign in enumerate(row))


def _is_escaped(row: str, at: int) -> bool:
    return row[at - 1 : at] == "\\"
