"""Tables far wider than any screen: cut before they are read, for each cell costs time."""

from __future__ import annotations

import re

MOST_COLUMNS = 24
"""Columns of a table that are drawn."""

_CELL = re.compile(r"(?:\\.|[^|\\])*\|")
_DIVIDER = re.compile(r"[ \t]*[|:\- \t]+$")


def narrowed(source: str, most: int) -> tuple[str, int]:
    """A table with at most so many columns, and how many were left out.

    Anything else comes back as it is, with 0: a table that does not begin the source, or one of
    few columns, is left to the reader.
    """
    header, _, rest = source.partition("\n")
    if header.count("|") <= 2 * most or not _DIVIDER.match(rest.partition("\n")[0]):
        return source, 0
    lines = source.split("\n")
    counts = [0]
    for at, line in enumerate(lines):
        if line.count("|") <= most:
            continue
        is_open = line.lstrip().startswith("|")
        cells = [match.end() for match in _CELL.finditer(line)]
        if len(cells) > most:
            lines[at] = line[: cells[most if is_open else most - 1]]
            if not at:
                counts = [len(cells) - is_open + bool(line[cells[-1] :].strip()) - most]
    return "\n".join(lines), max(0, counts[0])
