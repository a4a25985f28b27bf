"""Where an overlong line is cut."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?。！？][\"'”’)\]]*\s|[。！？]")


def place_to_cut(line: str, limit: int) -> int:
    """Where an overlong line is cut: behind a sentence, else a word; one space goes to the rest."""
    ends = [match.end() for match in _SENTENCE.finditer(line, limit // 2, limit)]
    at = ends[-1] if ends else line.rfind(" ", limit // 2, limit) + 1 or limit
    while at < len(line) and line[at] == " ":
        at += 1
    return at - 1 if line[at - 1] == " " else at
