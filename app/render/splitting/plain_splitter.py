"""Cuts an answer into chunks of plain lines: for those who want to see what was really written."""

from __future__ import annotations

from app.render.characters import Cleaner
from app.render.splitting.chunk import Chunk, Kind

LINES = 40
"""Lines in one chunk."""
SIZE = 2_000
"""Characters after which a chunk ends, also within a line."""


class PlainSplitter:
    """Takes pieces of text in order; gives chunks of it as it was written, and one open rest."""

    def __init__(self) -> None:
        self._cleaner = Cleaner()
        self._rest = ""
        self._line = 0
        self._is_joined = False
        self._is_first = True

    def feed(self, piece: str) -> list[Chunk]:
        """The chunks that this piece made complete."""
        self._rest += self._cleaner.feed(piece)
        found = []
        while end := self._end():
            text, self._rest = self._rest[:end], self._rest[end:]
            found.append(self._chunk(text, is_cut=True))
            self._line += text.count("\n")
            self._is_joined, self._is_first = not text.endswith("\n"), False
        return found

    def tail(self) -> list[Chunk]:
        """What is open."""
        return [self._chunk(self._rest, is_cut=False)] if self._rest else []

    def finish(self) -> list[Chunk]:
        """The last chunk, when nothing follows."""
        self._rest += self._cleaner.rest()
        found, self._rest = self.tail(), ""
        return found

    def _end(self) -> int:
        """Where the first complete chunk of the rest ends; 0 when there is none."""
        at = -1
        for _ in range(LINES):
            following = self._rest.find("\n", at + 1, SIZE)
            if following < 0:
                return (at + 1 or SIZE) if len(self._rest) > SIZE else 0
            at = following
        return at + 1

    def _chunk(self, text: str, *, is_cut: bool) -> Chunk:
        return Chunk(
            Kind.PLAIN,
            text.removesuffix("\n") if is_cut else text,
            text,
            is_continued=not self._is_first,
            is_cut=is_cut,
            is_joined=self._is_joined,
            line=self._line,
        )
