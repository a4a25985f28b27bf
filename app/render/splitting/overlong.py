"""Where an overlong line is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[.!?。！？][\"'”’)\]]*\s|[。！？]")


_BLOCK = re.compile(r" *(?:[-*+>#|=~`$\\\[]|\d{1,9}[.)])")
"""What might be read as something else when it stands at the beginning of a line."""


def place_to_cut(line: str, limit: int) -> int:
    """Where an overlong line is cut: behind a sentence, else a word; one space goes to the rest."""
    at = next(
        (place for place in _places(line, limit) if not _BLOCK.match(line, place)),
        0,
    )
    at = at or next(_places(line, limit), limit)
    while at < len(line) and line[at] == " ":
        at += 1
    return at - 1 if line[at - 1] == " " else at


def _places(line: str, limit: int) -> Iterator[int]:
    """Behind sentences, the last first, then behind words."""
    sentences = [match.end() for match in _SENTENCE.finditer(line, limit // 2, limit)]
    yield from reversed(sentences)
    at = limit
    while (at := line.rfind(" ", limit // 2, at)) >= 0:
        yield at + 1
