"""Cuts growing Markdown into chunks that never change again and one open rest.

Only whole lines decide, so what was cut is the same however the text arrived. A chunk is as small
as
Markdown allows; long lists, paragraphs, tables and code go on in further chunks (`is_continued`).
"""

from __future__ import annotations

from app.render.characters import Cleaner
from app.render.splitting.bullet_lines import take_bullets
from app.render.splitting.chunk import Chunk
from app.render.splitting.details_lines import FoldLines
from app.render.splitting.inner_lines import take_inner_lines
from app.render.splitting.long_lines import LONG_LINE


class Splitter:
    """Takes pieces of Markdown in order; gives chunks as soon as they are certain. Amortised
    O(n)."""

    def __init__(self, *, is_typed: bool = False) -> None:
        self._cleaner = Cleaner()
        self._partial: list[str] = []
        self._partial_size = 0
        self._state = FoldLines()
        self._state.is_typed = is_typed

    def feed(self, piece: str) -> list[Chunk]:
        """The chunks that this piece made certain."""
        text = self._cleaner.feed(piece)
        head, newline, rest = text.partition("\n")
        if newline:
            self._state.line("".join(self._partial) + head)
            *lines, last = rest.split("\n")
            at = 0
            while at < len(lines):
                self._state.line(lines[at])
                at = take_bullets(self._state, lines, at + 1)
                at = take_inner_lines(self._state, lines, at)
            self._partial, self._partial_size = [], 0
        else:
            last = head
        if last:
            self._partial.append(last)
            self._partial_size += len(last)
            if self._partial_size >= LONG_LINE:
                line = self._state.shortened("".join(self._partial))
                self._partial, self._partial_size = [line], len(line)
        return self._state.taken()

    def tail(self) -> list[Chunk]:
        """What is open, as it stands: usually one chunk."""
        state = self._state.fork()
        partial = "".join(self._partial)
        if partial and not state.is_undecided(partial):
            state.line(partial, is_partial=True)
        if not state.is_waiting:
            state.end()
        return state.taken()

    def finish(self) -> list[Chunk]:
        """The last chunks, when nothing follows."""
        partial = "".join(self._partial) + self._cleaner.rest()
        self._partial, self._partial_size = [], 0
        if partial:
            self._state.line(partial)
        self._state.end()
        return self._state.taken()


def split(text: str, *, is_typed: bool = False) -> list[Chunk]:
    """All chunks of a finished text; in what a person typed no habit of models is mended."""
    splitter = Splitter(is_typed=is_typed)
    return splitter.feed(text) + splitter.finish()
