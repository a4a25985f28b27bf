"""Parts that models fold away: `<details>` with its `<summary>`, on lines of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Self

from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.long_lines import LONG_LINE, LongLines
from app.render.splitting.open_lines import Mode

DEEPEST = 8
"""Foldable parts inside each other; deeper ones are shown unfolded."""
SUMMARY_LINES = 6
"""Lines in which a summary must end; otherwise its words are the text they are."""

_OPENING = re.compile(r"[ ]{0,3}<details(\s[^<>\n]*)?>[ \t]*(<summary>.*)?$", re.IGNORECASE)
_SUMMARY = re.compile(r"[ \t]*<summary>", re.IGNORECASE)
_SUMMARY_END = re.compile(r"</summary>", re.IGNORECASE)
_END = re.compile(r"(.*?)[ \t]*</details>[ \t]*$", re.IGNORECASE)
_IS_OPEN = re.compile(r"\sopen\b", re.IGNORECASE)
_CODE = re.compile(r"<code>([^`<>]+)(?:</code>|$)", re.IGNORECASE)
_HALF_TAG = re.compile(r"</?[a-z1-6]*$|<code>$", re.IGNORECASE)
_HALF_END = re.compile(r"[ \t]*</?d?e?t?a?i?l?s?$", re.IGNORECASE)
_LOOK = re.compile(r"</?(?:b|strong|i|em|u|h[1-6]|p|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_HALF = re.compile(r"<details(?:\s[^<>\n]*)?(?:>[ \t]*(?:<s?u?m?m?a?r?y?)?)?")
_TAGS = ("<details>", "<summary>", "</details>")


class FoldLines(LongLines):
    """Open lines in foldable parts. `depth` counts the parts around the next line; `title` holds
    the lines of a part's head while it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.title: list[str] | None = None
        self._head = ""
        self._head_line = 0

    def fork(self) -> Self:
        """A copy to try lines on."""
        twin = super().fork()
        twin.title = None if self.title is None else self.title.copy()
        return twin

    @property
    def is_waiting(self) -> bool:
        """Whether a part was opened of whose title nothing has come."""
        return self.title == []

    def is_undecided(self, partial: str) -> bool:
        """Whether a line without its end may still turn out to be a fence or a tag."""
        bare = partial.strip().lower()
        if bare[:1] == "<" and self._is_apart(partial):
            is_half = any(tag.startswith(bare) for tag in _TAGS)
            if is_half or (bare.startswith("<details") and _HALF.fullmatch(bare)):
                return True
        return super().is_undecided(partial)

    def line(self, line: str, *, is_partial: bool = False) -> None:
        """Takes one whole line (or, in a fork, the one that is still growing)."""
        if len(line) >= LONG_LINE:
            super().line(line, is_partial=is_partial)
        elif self.title is not None:
            self._title_line(line)
        elif "<" in line and self._is_apart(line) and self._is_tag(line, is_partial=is_partial):
            self.count += 1
        else:
            if is_partial and self.depth and self.mode is not Mode.CODE:
                line = _HALF_END.sub("", line)
            super().line(line, is_partial=is_partial)

    def shortened(self, line: str) -> str:
        """Emits what of an overlong open line is certain, and gives the rest of it; no title is as
        long."""
        if self.title is not None:
            self._emit_head()
        return super().shortened(line)

    def end(self) -> None:
        """Closes whatever is open."""
        if self.title is not None:
            self._emit_head()
        super().end()

    def _is_apart(self, line: str) -> bool:
        """Whether a line is no code, and no part of a list or footnote."""
        is_rest = bool(self.prefix) or (self.is_joined and not self.lines)
        if self.mode in (Mode.CODE, Mode.FORMULA) or is_rest:
            return False
        if self.mode in (Mode.LISTING, Mode.NOTE, Mode.INDENTED):
            return line[:1] == "<" and not self.entries.is_code
        return line[:4] != "    "

    def _is_tag(self, line: str, *, is_partial: bool) -> bool:
        opening = _OPENING.match(line)
        if opening and self.depth < DEEPEST:
            self._close()
            self._head, self.title, self._head_line = line, [], self.count
            if opening[2]:
                self._add_title(opening[2])
            return True
        closing = _END.match(line) if self.depth else None
        if closing is None:
            return False
        if closing[1].strip():
            super().line(closing[1], is_partial=is_partial)
            self.count -= 1
        self._close()
        end = Chunk(Kind.TEXT, "", "</details>", line=self.count, inside=self.depth, is_end=True)
        self.chunks.append(end)
        self.depth -= 1
        return True

    def _title_line(self, line: str) -> None:
        """A line behind `<details>` and before the end of its title."""
        assert self.title is not None
        if not self.title and line.strip() and not _SUMMARY.match(line):
            self._emit_head()
            self.line(line)
            return
        self._head += f"\n{line}"
        if line.strip():
            self._add_title(line)
        self.count += 1

    def _add_title(self, line: str) -> None:
        assert self.title is not None
        ending = _SUMMARY_END.search(line)
        self.title.append(line[: ending.start()] if ending else line)
        if ending is None and len(self.title) < SUMMARY_LINES:
            return
        rest = line[ending.end() :] if ending else ""
        if rest.strip():
            self._head = self._head[: len(self._head) - len(rest)]
        self._emit_head()
        if rest.strip():
            self.line(rest)
            self.count -= 1

    def _emit_head(self) -> None:
        """The title as a chunk; what follows stands inside."""
        title, self.title = self.title or [], None
        words = _LOOK.sub("", _SUMMARY.sub("", "\n".join(title)))
        words = _CODE.sub(r"`\1`", _HALF_TAG.sub("", words)).strip()
        opening = _OPENING.match(self._head.partition("\n")[0])
        is_unfolded = bool(opening and opening[1] and _IS_OPEN.search(opening[1]))
        self.chunks.append(
            Chunk(
                Kind.FOLD,
                " ".join(words.split()),
                self._head,
                line=self._head_line,
                inside=self.depth,
                is_unfolded=is_unfolded,
            )
        )
        self.depth += 1

    def _emit(self, *, is_cut: bool = False, is_closed: bool = False) -> None:
        known = len(self.chunks)
        super()._emit(is_cut=is_cut, is_closed=is_closed)
        if self.depth:
            self.chunks[known:] = [replace(c, inside=self.depth) for c in self.chunks[known:]]
