"""Reads an event that differs from an earlier one only in a text, without parsing its JSON again.

Of thousands of events of an answer all but a few differ in one JSON text alone. Where that text
stands is learnt from an event that was parsed; of the others only the text is read.

Without it 20,000 events that come at once cost the program 0.33 s of CPU instead of 0.22, and
their end is shown 100 ms later; at 1,000 words a second it is lost in noise (2.8 s in 20, 2.6 with
it). What would break it: a reader whose `lone_text` names an event that says more than that text.
Whatever else stands in the events after it would then be taken for what the learnt one said.
"""

from __future__ import annotations

import re

from app.providers.transport.json_text import DamagedError, read_json

_TEXT = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
LONGEST = 4_096
"""Letters of an event that is learnt."""
MOST_UNUSED = 16
"""Events learnt in vain, after which no more are: some providers number their events."""


class EventTemplate:
    """One event as a template: everything in it but the text."""

    def __init__(self) -> None:
        self._name = ""
        self._before = self._after = ""
        self._least = 0
        self._unused = 0

    def learn(self, name: str, data: str, field: str, text: str) -> None:
        """Makes a template of an event that says nothing but the `text` of the member `field`."""
        self._least = 0
        self._unused += 1
        if self._unused > MOST_UNUSED or len(data) > LONGEST or data.count(f'"{field}"') != 1:
            return
        found = re.search(rf'"{field}"\s*:\s*"({_TEXT.pattern})"', data, re.DOTALL)
        if found is None or _read_text(found[1]) != text:
            return
        self._name = name
        self._before, self._after = data[: found.start(1)], data[found.end(1) :]
        self._least = len(self._before) + len(self._after)

    def text_of(self, name: str, data: str) -> str | None:
        """The text of an event that fits the template; None for another one."""
        if (
            not self._least
            or len(data) < self._least
            or name != self._name
            or not data.startswith(self._before)
            or not data.endswith(self._after)
        ):
            return None
        self._unused = 0
        written = data[len(self._before) : len(data) - len(self._after)]
        if '"' not in written and "\\" not in written:
            return written
        return _read_text(written) if _TEXT.fullmatch(written) else None


def _read_text(written: str) -> str | None:
    try:
        found = read_json(f'"{written}"')
    except DamagedError:
        return None
    return found if type(found) is str else None
