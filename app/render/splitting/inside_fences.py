"""Mends how models write fences inside lists and quotes, line by line.

Outside of them `open_lines` does the same; here the signs before a line have to be kept, and what
is one line for the model may become two.
"""

from __future__ import annotations

import re

from app.render.splitting.line_signs import language_of

_BEFORE = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*")
_MARKER = re.compile(r"[^>\s]")
_LATE = re.compile(r"([^\s`>|#][^`|]*[^\s`|])[ \t]{1,3}(`{3,}[A-Za-z][\w+#.-]{0,30})[ \t]*$")
_OPENING = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)$")
_INNER = re.compile(r"(`{3,}|~{3,})[ \t]*[A-Za-z][^`]*$")
_GLUED_END = re.compile(r"([^`]*[^\s`])(`{3,})[ \t]*$")
_MARKDOWN = frozenset(("markdown", "md", "mdx", "mkd"))
_LONGER = "``"


class InsideFences:
    """Follows the fences of one list or quote. `mended` gives the lines to keep in place of one."""

    def __init__(self) -> None:
        self._fence = ""
        self._before = ""
        self._is_markdown = False
        self._inner: list[str] = []
        self._is_longer = False
        self._opened_at = 0

    def fork(self) -> InsideFences:
        """A copy to try lines on."""
        twin = InsideFences()
        twin.__dict__.update(self.__dict__)
        twin._inner = self._inner.copy()
        return twin

    def mended(self, line: str, kept: list[str], *, is_partial: bool = False) -> list[str]:
        """The lines that a line becomes. `kept` are those of the list or quote so far: the fence
        that opened code is made longer there when the code turns out to hold fences of its own."""
        before = _BEFORE.match(line)
        signs = before[0] if before else ""
        if self._fence:
            return self._in_code(line, kept, is_partial=is_partial)
        body = line[len(signs) :]
        late = _LATE.match(body) if "```" in body else None
        if late:
            after = _MARKER.sub(" ", signs)
            self._open(late[2], after, len(kept))
            return [signs + late[1], after + late[2]]
        if opened := _OPENING.match(body):
            self._open(body, _MARKER.sub(" ", signs), len(kept))
            self._is_markdown = language_of(opened[2]).lower() in _MARKDOWN
        return [line]

    def _open(self, fence: str, before: str, at: int) -> None:
        run = re.match(r"`+|~+", fence)
        self._fence = run[0] if run else ""
        self._before, self._opened_at = before, at
        self._is_markdown = self._is_longer = False
        self._inner = []

    def _in_code(self, line: str, kept: list[str], *, is_partial: bool) -> list[str]:
        bare = line.strip(" \t>") if ">" in self._before else line.strip()
        fence = self._inner[-1] if self._inner else self._fence
        if len(bare) >= len(fence) and not bare.strip(fence[0]):
            if self._inner:
                self._inner.pop()
                return [line]
            self._fence = ""
            return [line + _LONGER.replace("`", fence[0])] if self._is_longer else [line]
        if self._is_markdown and (opened := _INNER.match(bare)) and opened[1][0] == fence[0]:
            self._inner.append(opened[1])
            self._lengthen(kept)
            return [line]
        if "`" in line and fence[0] == "`" and not self._inner:
            glued = _GLUED_END.match(line)
            if glued and len(glued[2]) >= len(fence):
                self._fence = ""
                closing = glued[2] + (_LONGER if self._is_longer else "")
                return [glued[1], self._before + closing]
            if is_partial and line.endswith("`") and line.count("`") < len(fence):
                return [line.rstrip("`")]
        return [line]

    def _lengthen(self, kept: list[str]) -> None:
        if self._is_longer or self._opened_at >= len(kept):
            return
        self._is_longer = True
        sign = self._fence[0]
        opening = kept[self._opened_at]
        at = opening.rindex(self._fence)
        kept[self._opened_at] = opening[:at] + sign * len(_LONGER) + opening[at:]
