"""Recognises an event that is one seen before with another word in it.

Of thousands of events of an answer all but a few differ in one JSON text alone. Where the word
stands is learnt from one that was read properly; of the others only the word is read.
"""

from __future__ import annotations

import re

from app.providers.transport.json_text import DamagedError, read_json

_WORD = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
LONGEST = 4_096
"""Letters of an event that is learnt."""
MOST_VAIN = 16
"""Events learnt without one like them, after which no more are: some providers number them."""


class Alike:
    """Knows the frame of one event: everything in it but the word."""

    def __init__(self) -> None:
        self._name = ""
        self._before = self._after = ""
        self._least = 0
        self._vain = 0

    def learn(self, name: str, data: str, field: str, word: str) -> None:
        """An event whose only news is the text `word` of the member `field`."""
        self._least = 0
        self._vain += 1
        if self._vain > MOST_VAIN or len(data) > LONGEST or data.count(f'"{field}"') != 1:
            return
        found = re.search(rf'"{field}"\s*:\s*"({_WORD.pattern})"', data, re.DOTALL)
        if found is None or _text(found[1]) != word:
            return
        self._name = name
        self._before, self._after = data[: found.start(1)], data[found.end(1) :]
        self._least = len(self._before) + len(self._after)

    def word(self, name: str, data: str) -> str | None:
        """The word of an event like the one learnt; None for another one."""
        if (
            not self._least
            or len(data) < self._least
            or name != self._name
            or not data.startswith(self._before)
            or not data.endswith(self._after)
        ):
            return None
        self._vain = 0
        written = data[len(self._before) : len(data) - len(self._after)]
        if '"' not in written and "\\" not in written:
            return written
        return _text(written) if _WORD.fullmatch(written) else None


def _text(written: str) -> str | None:
    try:
        found = read_json(f'"{written}"')
    except DamagedError:
        return None
    return found if type(found) is str else None
