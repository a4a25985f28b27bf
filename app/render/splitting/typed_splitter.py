"""Cuts what a person typed: code between fences, and all else letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.render.characters import sound
from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.plain_splitter import LINES, SIZE
from app.render.splitting.splitter import split

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`\n]*$)|~{3,})")


class TypedSplitter:
    """Takes what was typed; it comes whole, so nothing is certain before its end."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[Chunk]:
        """Keeps a piece."""
        self._text += piece
        return []

    def tail(self) -> list[Chunk]:
        """All of it, as it stands."""
        return typed_chunks(self._text)

    def finish(self) -> list[Chunk]:
        """All of it."""
        return self.tail()


def typed_chunks(text: str) -> list[Chunk]:
    """The chunks of what was typed. Their `original`s, each on a line of its own unless it is
    joined, are the text again."""
    lines = sound(text).split("\n")
    if lines[-1] == "":
        lines.pop()
    found: list[Chunk] = []
    at = first = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            at += 1
            continue
        found += _plain("\n".join(lines[first:at]), first) if at > first else ()
        end = _end_of_code(lines, at, fence[1])
        found += _code(lines, at, end)
        at = first = end
    found += _plain("\n".join(lines[first:]), first) if at > first else ()
    return found


def _end_of_code(lines: list[str], at: int, fence: str) -> int:
    """The line behind code that begins at a line."""
    for index in range(at + 1, len(lines)):
        bare = lines[index].strip()
        if len(bare) >= len(fence) and not bare.strip(fence[0]) and lines[index][:4] != "    ":
            return index + 1
    return len(lines)


def _code(lines: list[str], first: int, end: int) -> list[Chunk]:
    text = "\n".join(lines[first:end])
    *chunks, last = split(text, is_typed=True)
    at = 0
    for number, chunk in enumerate(chunks):
        at += len(chunk.original) + (number > 0 and not chunk.is_joined)
    # The fence that ends it and the blank lines before an end without one are of the last.
    rest = text[at + (at > 0 and not last.is_joined) :]
    chunks.append(replace(last, original=rest))
    return [replace(chunk, line=chunk.line + first) for chunk in chunks]


def _plain(text: str, line: int) -> Iterator[Chunk]:
    at, is_joined = 0, False
    while True:
        end = _end(text, at)
        is_cut = end < len(text)
        part = text[at:end]
        yield Chunk(
            Kind.PLAIN,
            part,
            part,
            is_continued=at > 0,
            is_cut=is_cut,
            is_joined=is_joined,
            line=line,
        )
        if not is_cut:
            return
        is_joined = text[end] != "\n"
        line += part.count("\n") + int(not is_joined)
        at = end if is_joined else end + 1


def _end(text: str, at: int) -> int:
    """Where a chunk ends that begins at a place: before a newline, else behind a word."""
    most = at + SIZE
    end = at - 1
    for _ in range(LINES):
        following = text.find("\n", end + 1, most)
        if following < 0:
            if len(text) <= most:
                return len(text)
            if end >= at:
                return end
            space = text.rfind(" ", at, most)
            return space + 1 if space >= at else most
        end = following
    return end
