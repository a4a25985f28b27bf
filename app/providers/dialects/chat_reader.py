"""Reads chat replies, in pieces or whole, into events; forgiving about all but errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.conversations.events import (
    Noticed,
    ReasoningDetailAdded,
    StreamEvent,
    UsageReported,
)
from app.providers.catalogue.reply_place import Places
from app.providers.dialects import finish_reason
from app.providers.dialects.chat_delta import (
    THOUGHT_FIELDS,
    SnapshotWatch,
    content_of,
    thought_of,
    words_of,
)
from app.providers.dialects.cited_pages import tells_sources
from app.providers.dialects.picture_parts import picture_url
from app.providers.dialects.reader import Reader
from app.providers.errors.error_body import names_error_body, rules_in, words_beside
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.json_text import integer, items, table, text

_QUIET = {"id", "object", "created", "model", "provider", "choices", "system_fingerprint"}
"""Members that tell nothing new from the second piece on."""
_READ = {
    *("role", "content", "name", "refusal", "annotations", "citations", "images", "audio"),
    *("tool_calls", "function_call", "reasoning_details", "usage", "logprobs", "token_ids"),
    *("index", "id", "object", "finish_reason", "search_results", "sources", *THOUGHT_FIELDS),
}
"""Members of a message that are read, or that nobody asks back."""


def _told(holder: dict[str, Any]) -> set[str]:
    """The members that have a value."""
    return {name for name, value in holder.items() if value is not None}


class ChatReader(Reader):
    """One reply of the chat dialect."""

    def __init__(
        self, cost_from: Places, failures: ErrorReader, *, searches: int | None = None
    ) -> None:
        super().__init__(cost_from, failures, searches=searches)
        self._text_watch = SnapshotWatch(3, 12)
        self._thought_watch = SnapshotWatch(1, 8)
        self._index: int | None = None
        self._others = 0

    def notices(self) -> Iterator[Noticed]:
        """What the user should know about how the reply came; each is told once."""
        yield from super().notices()
        if self._others:
            yield Noticed("other_choices", "The provider sent several answers; the first is shown.")
            self._others = 0

    def lone_text(self, piece: dict[str, Any]) -> tuple[str, str] | None:
        """The content of a piece that has nothing else to tell."""
        choices = items(piece.get("choices"))
        if len(choices) != 1 or _told(piece) - _QUIET:
            return None
        choice = table(choices[0])
        delta = table(choice.get("delta"))
        if _told(choice) - {"index", "delta"} or _told(delta) - {"content", "role"}:
            return None
        word = delta.get("content")
        is_mine = integer(choice.get("index")) == self._index
        return ("content", word) if is_mine and type(word) is str and word else None

    def _read(self, piece: dict[str, Any]) -> list[StreamEvent]:
        return self._read_part(piece, "delta")

    def _read_whole(self, reply: dict[str, Any]) -> list[StreamEvent]:
        return self._read_part(reply, "message")

    def _read_part(self, piece: dict[str, Any], part: str) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        upstream = text(piece.get("provider"))
        events += self._start(text(piece.get("id")), text(piece.get("model")), upstream)
        if self.failure is None and names_error_body(piece):
            self.failure = self._failures.of_body(piece)
        elif not piece.get("choices") and (words := words_beside(piece)):
            self.strays.append(self._failures.words(words))
        for place, entry in enumerate(items(piece.get("choices"))):
            choice = table(entry)
            if choice and self._is_mine(choice, place):
                events += self._read_choice(choice, part)
        if tells_sources(piece):
            events += self._cite(piece)
        if self._tally.is_told_in(piece):
            usage = self._tally.feed(piece)
            if usage is not None:
                events.append(UsageReported(usage))
        return events

    def _is_mine(self, choice: dict[str, Any], place: int) -> bool:
        index = integer(choice.get("index"))
        index = place if index is None else index
        if self._index is None:
            self._index = index
        if index == self._index:
            return True
        self._others += 1
        return False

    def _read_choice(self, choice: dict[str, Any], part: str) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        delta = table(choice.get(part))
        if not delta and not self._said:
            delta = table(choice.get("message" if part == "delta" else "delta"))
        if not delta and type(choice.get("text")) is str:
            delta = {"content": choice["text"]}
        if delta:
            self._read_delta(delta, events)
        if tells_sources(choice):
            events += self._cite(choice)
        if choice.get("logprobs") is not None:
            events.extend(words_of(choice))
        reason = finish_reason.normalized(choice.get("finish_reason"))
        if choice.get("content_filter_results") and rules_in(choice):
            self._explain(choice)
        if choice.get("stop_details"):
            self._explain(choice["stop_details"])
        if choice.get("error") or reason == "error":
            said = choice.get("error") or {"message": "the model stopped", "code": 502}
            self.failure = self.failure or self._failures.of_body({"error": said})
        elif reason:
            self._end_by(reason, choice.get("native_finish_reason"))
        return events

    def _read_delta(self, delta: dict[str, Any], events: list[StreamEvent]) -> None:
        content = delta.get("content")
        said, inner = content_of(content)
        if len(delta) > ("content" in delta) + ("role" in delta):
            self._read_rarer(delta, events)
        if inner:
            self._think(inner, "content", events)
        if said:
            self._say(said, events)
        if type(content) is list:
            self._show_all(content, events)

    def _read_rarer(self, delta: dict[str, Any], events: list[StreamEvent]) -> None:
        thought, field = thought_of(delta)
        if thought:
            self._think(thought, field, events)
        for entry in items(delta.get("reasoning_details")):
            if type(entry) is dict:
                self._grow(len(str(entry.get("data") or "")))
                events.append(ReasoningDetailAdded(entry))
        if "tool_calls" in delta or "function_call" in delta:
            for call in self._calls.feed(delta):
                self._grow(len(call.arguments))
                events.append(call)
        refusal = text(delta.get("refusal"))
        if refusal:
            self._is_refused = True
            self._say(refusal, events)
        if tells_sources(delta):
            events += self._cite(delta)
        if delta.keys() - _READ:
            self._kept.add(delta, _READ)
        for entry in items(delta.get("images")):
            self._picture(table(entry), events)

    def _say(self, piece: str, events: list[StreamEvent]) -> None:
        was_sure = self._text_watch.is_sure
        new = self._text_watch.feed(piece)
        if new is not None and not was_sure:
            self._grow(len(piece))
            events.extend(self._replaced(self._text_half.feed(piece)))
            events.append(
                Noticed(
                    "snapshots", "The provider sends the whole text each time; it is joined here."
                )
            )
            return
        super()._say(piece if new is None else new, events)

    def _think(self, piece: str, field: str, events: list[StreamEvent]) -> None:
        new = self._thought_watch.feed(piece)
        super()._think(piece if new is None else new, field, events)

    def _picture(self, entry: dict[str, Any], events: list[StreamEvent]) -> None:
        url = picture_url(entry)
        if url:
            self._show(url, events)
