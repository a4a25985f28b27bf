"""Code as it is drawn, and the way back from what is drawn to what was written."""

from __future__ import annotations

import re

from app.render.characters import copied, shown
from app.render.output.cut import slice_units, units

WIDEST_LINE = 2_000
"""Characters after which a line of code is broken for the eye: Qt takes seconds over one endless
word."""
_WIDE_LINE = re.compile(rf"[^\n]{{{WIDEST_LINE}}}(?=[^\n])")


def drawable(text: str) -> str:
    """Code with what deceives made visible and overlong lines broken."""
    text = shown(text, is_code=True)
    if len(text) > WIDEST_LINE:
        text = _WIDE_LINE.sub(lambda match: match[0] + "\n", text)
    return text


def written_between(source: str, first: int, last: int) -> str:
    """The code behind a stretch of its drawn text, as it may be copied: tabs and blanks exact,
    without breaks that are only drawn. Places in UTF-16 units of `drawable(source)`."""
    parts: list[str] = []
    at = 0
    for line in source.split("\n"):
        seen = shown(line, is_code=True)
        pieces = [seen[k : k + WIDEST_LINE] for k in range(0, len(seen), WIDEST_LINE)] or [""]
        wide = sum(map(units, pieces)) + len(pieces) - 1
        start, stop = max(0, first - at), min(wide, last - at)
        if at <= last and first - at <= wide:
            if start == 0 and stop == wide:
                part = line
            else:
                part = line[_place(line, pieces, start) : _place(line, pieces, stop)]
            parts.append(copied(part, is_code=True))
        at += wide + 1
    return "\n".join(parts)


def _place(line: str, pieces: list[str], at: int) -> int:
    """How many characters of a line stand before a place of its drawn pieces."""
    before = ""
    for piece in pieces:
        wide = units(piece)
        if at <= wide:
            before += slice_units(piece, 0, at)
            break
        before += piece
        at -= wide + 1
    wanted = len(before)
    low, high = 0, len(line)
    while low < high:
        middle = (low + high) // 2
        if len(shown(line[:middle], is_code=True)) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
