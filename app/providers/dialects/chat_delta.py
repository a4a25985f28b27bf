"""Small readings of one chat delta: its text, its thought, its scored words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.conversations.events import Candidate, WordScored
from app.providers.transport.json_text import items, number, table, text

THOUGHT_FIELDS = ("reasoning", "reasoning_content", "thinking", "reasoning_text", "thought")


def content_of(value: Any) -> tuple[str, str]:
    """The text and the thought in `content`: a text, or an array of parts."""
    if type(value) is str:
        return value, ""
    said: list[str] = []
    thought: list[str] = []
    for part in items(value):
        if type(part) is str:
            said.append(part)
            continue
        entry = table(part)
        inner = entry.get("thinking", entry.get("reasoning"))
        if inner is not None:
            thought.append(content_of(inner)[0])
        else:
            said.append(text(entry.get("text")) or text(entry.get("refusal")))
    return "".join(said), "".join(thought)


def thought_of(delta: dict[str, Any]) -> tuple[str, str]:
    """The thought of one delta and the field it is replayed under: one field counts, never two."""
    field = next((name for name in THOUGHT_FIELDS if name in delta), "")
    inner = []
    for entry in items(delta.get("reasoning_details")):
        detail = table(entry)
        if detail.get("type") in ("reasoning.text", "reasoning.summary"):
            inner.append(text(detail.get("text")) or text(detail.get("summary")))
    found = "".join(inner)
    if found:
        return found, field or "reasoning"
    for name in THOUGHT_FIELDS:
        found = content_of(delta.get(name))[0]
        if found:
            return found, name
    return "", ""


def words_of(choice: dict[str, Any]) -> Iterator[WordScored]:
    """The scored words of a choice: natural log probabilities, rivals likeliest first."""
    for entry in items(table(choice.get("logprobs")).get("content")):
        word = table(entry)
        logprob = number(word.get("logprob"))
        if type(word.get("token")) is not str or logprob is None:
            continue
        rivals = [
            Candidate(text(table(rival).get("token")), value)
            for rival in items(word.get("top_logprobs"))
            if (value := number(table(rival).get("logprob"))) is not None
        ]
        rivals.sort(key=lambda rival: -rival.logprob)
        yield WordScored(word["token"], logprob, tuple(rivals))


def whole_characters(piece: str) -> str:
    """A text whose halves of characters are joined; a lone half is U+FFFD."""
    return piece.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class SurrogateJoiner:
    """Joins halves of characters that two pieces were cut between; a lone half is U+FFFD."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, piece: str) -> str:
        """The piece with whole characters only; a half at its end waits for the next."""
        if not self._half:
            try:
                piece.encode()
            except UnicodeEncodeError:
                pass
            else:
                return piece
        piece = self._half + piece
        self._half = ""
        if piece and "\ud800" <= piece[-1] <= "\udbff":
            self._half, piece = piece[-1], piece[:-1]
        return whole_characters(piece)

    def flush(self) -> str:
        """What is left of a half at the end."""
        half, self._half = self._half, ""
        return "\ufffd" if half else ""


class SnapshotWatch:
    """Notices a server that sends the whole text so far with every piece, not what is new."""

    def __init__(self, extensions: int, shortest: int) -> None:
        self._needed = extensions
        self._shortest = shortest
        self._last = ""
        self._count = 0
        self._is_over = False
        self.is_sure = False

    def feed(self, piece: str) -> str | None:
        """None while pieces are what is new; what is new in them once they are snapshots."""
        if self._is_over or not piece:
            return None
        if self._last and not piece.startswith(self._last):
            self._is_over = not self.is_sure
            return "" if self.is_sure and self._last.startswith(piece) else None
        extends = bool(self._last) and len(piece) > len(self._last)
        new = piece[len(self._last) :]
        if self._last and not extends and not self.is_sure:
            self._is_over = True
            return None
        self._count += extends
        was_sure = self.is_sure
        if self._count >= self._needed and len(self._last) >= self._shortest:
            self.is_sure = True
        self._last = piece
        return new if was_sure or self.is_sure else None
