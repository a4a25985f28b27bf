"""A piece of Markdown around a find as words: its marks taken off, the places of the finds kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

Marks = list[tuple[int, int]]

_MARKS = re.compile(
    r"""
      !?\[(?=[^\]\n]*\]\()             # the head of a link, whose words stay
    | \]\([^)\s]*(?:\ "[^"]*")?\)?      # and its address
    | \*\*\* | \*\* | ~~ | ```+\w* | `
    | (?<![\w*])\*(?=[^\s*]) | (?<=[^\s*])\*(?![\w*])
    | (?<![\w…])_(?=[^\W_]) | (?<=[^\W_])_(?!\w)
    | ^…?\s*(?:\#{1,6}|>|[-+*])\s | (?<=\s)(?:\#{2,6}|-{3,}|={3,})(?=\s|$) | <br\s*/?>
    """,
    re.VERBOSE,
)
_BARS = re.compile(r"(?:\|[\s:]*-{2,}[\s:]*)+\|?|\|")
_FEWEST_BARS = 3
"""So many bars make a table; fewer are a pipe or a choice."""


def without_markdown(text: str, marks: Sequence[tuple[int, int]]) -> tuple[str, Marks]:
    """The words of a snippet, and where the finds are in them. What was found itself stays."""
    drop = [False] * len(text)
    marks_found = list(_MARKS.finditer(text))
    if text.count("|") >= _FEWEST_BARS and "||" not in text:
        marks_found += _BARS.finditer(text)
    for found in marks_found:
        for place in range(*found.span()):
            drop[place] = True
    for start, end in marks:
        for place in range(start, min(end, len(text))):
            drop[place] = False
    kept: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        places.append(len(kept))
        is_second_blank = letter == " " and (not kept or kept[-1] == " ")
        if letter == "…" or not (drop[place] or is_second_blank):
            kept.append(letter)
    places.append(len(kept))
    return "".join(kept), [(places[start], places[min(end, len(text))]) for start, end in marks]
