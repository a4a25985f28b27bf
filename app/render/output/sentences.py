"""Cuts a growing answer into sentences that can be read aloud, each as soon as it is complete."""

from __future__ import annotations

import re

from app.render.output.spoken import spoken

LONGEST = 600
"""Characters of one sentence that are said; a longer one is cut."""
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]*_]*(?=\s)|[。！？][”’」』）*_]*)")
_BEGINS = re.compile(r"\s*(?:$|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>|\||`{3,}|~{3,}|\$\$|\\\[)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SHORT = re.compile(r"(?:^|[\s(])(?:\d+|\w|e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Ms|St|No|Nr)\.$")
_STRAY = re.compile(r"\*\*|__|`")


class Sentences:
    """Takes pieces of Markdown in order; gives what may be said. Code and tables are only named."""

    def __init__(self) -> None:
        self._partial = ""
        self._held = ""
        self._fence = ""

    def feed(self, piece: str) -> list[str]:
        """The sentences that became complete."""
        *lines, self._partial = (self._partial + piece).split("\n")
        said: list[str] = []
        for line in lines:
            said += self._take(line)
        if self._partial and not self._fence and not _BEGINS.match(self._partial):
            if self._is_table:
                said += self._flush()
            cut, rest = _cut(self._held + self._partial)
            said += cut
            held, newline, self._partial = rest.rpartition("\n")
            self._held = held + newline
        return said

    def rest(self) -> list[str]:
        """What is left when the answer has ended."""
        said = self.feed("\n") if self._partial else []
        self._fence = ""
        return said + self._flush()

    @property
    def _is_table(self) -> bool:
        return self._held.lstrip().startswith("|")

    def _take(self, line: str) -> list[str]:
        """One whole line."""
        fence = _FENCE.match(line)
        if self._fence:
            self._held += f"{line}\n"
            if fence and fence[1].startswith(self._fence) and not line.strip(" `~"):
                self._fence = ""
                return self._flush()
            return []
        is_row = line.lstrip().startswith("|")
        said: list[str] = []
        if self._is_table != is_row or (_BEGINS.match(line) and not is_row):
            said = self._flush()
        if fence:
            self._fence = fence[1]
        if line.strip():
            self._held += f"{line}\n"
        if not self._fence and not is_row:
            cut, self._held = _cut(self._held)
            said += cut
        return said

    def _flush(self) -> list[str]:
        text, self._held = self._held, ""
        return _said(text)


def _cut(text: str) -> tuple[list[str], str]:
    """(complete sentences, what follows them)."""
    said = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.end()]
        if not _SHORT.search(before.rstrip("\"'”’)]*_")):
            said += _said(before)
            start = match.end()
    rest = text[start:]
    return said, rest if rest.strip() or not start else ""


def _said(source: str) -> list[str]:
    from app.render.splitting.mended_markdown import mend

    # Behind a space nothing is half written but what was opened: "Yes!" begins no picture.
    words = _STRAY.sub("", spoken(mend(f"{source.strip()} "), LONGEST)).strip()
    return [words] if words else []
