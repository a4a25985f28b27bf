"""Reads chat replies, in pieces or whole, into events; forgiving about all but errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.conversation import MessageState
from app.core.errors import ProviderError, UnavailableError
from app.core.events import (
    Finished,
    ImageAdded,
    Noticed,
    ReasoningAdded,
    ReasoningDetailAdded,
    SourceAdded,
    Started,
    StreamEvent,
    TextAdded,
    TextReplaced,
    UsageReported,
)
from app.core.usage import Usage
from app.providers.complaint import names_complaint
from app.providers.dialects import finish
from app.providers.dialects.calls import CallTracker
from app.providers.dialects.pieces import (
    HalfJoiner,
    SnapshotWatch,
    content_of,
    sources_of,
    thought_of,
    words_of,
)
from app.providers.dialects.tally import UsageTally
from app.providers.dialects.thinking import ThoughtSplitter
from app.providers.failures import FailureReader
from app.providers.json_text import integer, items, table, text

MAX_CHARACTERS = 64 * 1024 * 1024
"""The most text, thought and pictures one answer may hold."""


class ChatReader:
    """One reply of the chat dialect. Feed it each parsed piece once, then ask for the end.

    `failure` is the error a piece carried: it is set, not raised, so that what came with it is
    kept. `has_content` says whether anything of an answer arrived; `is_complete` whether an end was
    named.
    """

    def __init__(
        self, cost_from: str, failures: FailureReader, *, searches: int | None = None
    ) -> None:
        self._failures = failures
        self._tally = UsageTally(cost_from, searches=searches)
        self._splitter = ThoughtSplitter()
        self._calls = CallTracker()
        self._text_half = HalfJoiner()
        self._thought_half = HalfJoiner()
        self._text_watch = SnapshotWatch(3, 12)
        self._thought_watch = SnapshotWatch(1, 8)
        self._started = Started()
        self._sources: set[str] = set()
        self._index: int | None = None
        self._others = 0
        self._finish = ""
        self._is_refused = False
        self._said = False
        self._thought = False
        self._size = 0
        self._thought_field = "reasoning"
        self.failure: ProviderError | None = None
        self.damaged = 0

    @property
    def has_content(self) -> bool:
        """Whether text that can be seen, a thought, a picture or a tool call arrived."""
        return self._said or self._thought or bool(self._calls)

    @property
    def is_complete(self) -> bool:
        """Whether the reply named a reason for its end."""
        return bool(self._finish)

    def header(self, generation_id: str, spent: str | None) -> list[StreamEvent]:
        """What the reply's headers tell: its id, and what it cost in USD."""
        events = self._start(generation_id, "", "")
        usage = self._tally.feed_header(spent)
        return [*events, UsageReported(usage)] if usage else events

    def feed(self, piece: Any) -> list[StreamEvent]:
        """The events of one parsed piece of a stream; anything but an object counts as damaged."""
        if type(piece) is not dict:
            self.damaged += 1
            return []
        return self._read(piece, "delta")

    def whole(self, reply: Any) -> list[StreamEvent]:
        """The events of a reply that came in one."""
        if type(reply) is list and len(reply) == 1:
            reply = reply[0]
        if type(reply) is not dict:
            self.failure = self._failures.unreadable(str(reply)[:2000])
            return []
        return self._read(reply, "message")

    def finish(self, *, has_marker: bool) -> list[StreamEvent]:
        """The last events, Finished among them; `has_marker` says that an end marker was seen.

        Raises UnavailableError when the stream broke off before any answer.
        """
        events: list[StreamEvent] = list(self._flushed())
        usage = self._tally.finish()
        if usage:
            events.append(UsageReported(usage))
        events.extend(self.notices())
        if not self._finish and not has_marker:
            self._require_answer()
            events.append(Finished(MessageState.CUT_OFF, ""))
            return events
        reason = finish.settled(
            self._finish or "unknown",
            has_calls=bool(self._calls),
            calls_are_whole=self._calls.are_whole,
        )
        if self._calls:
            events.extend(self._calls.finish())
        if not self._said and not self._calls:
            events.append(self._emptiness(reason))
        state = MessageState.REFUSED if self._is_refused else finish.state_of(reason)
        events.append(Finished(state, reason))
        return events

    def notices(self) -> Iterator[Noticed]:
        """What the user should know about how the reply came; each is told once."""
        if self.damaged:
            one = self.damaged == 1
            said = "1 damaged event was" if one else f"{self.damaged} damaged events were"
            yield Noticed("damaged_events", f"{said} skipped; a few words may be missing.")
            self.damaged = 0
        if self._others:
            yield Noticed("other_choices", "The provider sent several answers; the first is shown.")
            self._others = 0

    def rest(self) -> list[StreamEvent]:
        """What was held back, and notices: for a reply that is about to end in an error."""
        return [*self._flushed(), *self.notices()]

    def _read(self, piece: dict[str, Any], part: str) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        upstream = text(piece.get("provider"))
        events += self._start(text(piece.get("id")), text(piece.get("model")), upstream)
        if self.failure is None and names_complaint(piece):
            self.failure = self._failures.of_body(piece)
        for place, entry in enumerate(items(piece.get("choices"))):
            choice = table(entry)
            if choice and self._is_mine(choice, place):
                events += self._read_choice(choice, part)
        if "citations" in piece:
            events += self._cite(piece)
        if piece.get("usage") is not None or "meta" in piece:
            usage = self._tally.feed(piece)
            if usage is not None:
                events.append(UsageReported(usage))
        return events

    def _start(self, generation_id: str, model: str, upstream: str) -> list[StreamEvent]:
        known = self._started
        merged = Started(
            known.generation_id or generation_id,
            known.model or model,
            known.upstream or upstream,
        )
        if merged == known:
            return []
        self._started = merged
        return [merged]

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
        if choice.get("logprobs") is not None:
            events.extend(words_of(choice))
        reason = finish.plain(text(choice.get("finish_reason")))
        if choice.get("error") or reason == "error":
            said = choice.get("error") or {"message": "the model stopped", "code": 502}
            self.failure = self.failure or self._failures.of_body({"error": said})
        elif reason:
            self._finish = finish.joined(self._finish, reason)
        return events

    def _read_delta(self, delta: dict[str, Any], events: list[StreamEvent]) -> None:
        said, inner = content_of(delta.get("content"))
        if len(delta) > ("content" in delta) + ("role" in delta):
            self._read_rarer(delta, events)
        if inner:
            self._think(inner, "content", events)
        if said:
            self._say(said, events)

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
        if "annotations" in delta or "citations" in delta:
            events += self._cite(delta)
        for entry in items(delta.get("images")):
            self._picture(table(entry), events)

    def _say(self, piece: str, events: list[StreamEvent]) -> None:
        self._grow(len(piece))
        was_sure = self._text_watch.is_sure
        new = self._text_watch.feed(piece)
        if new is not None:
            if not was_sure:
                events.append(TextReplaced(self._text_half.feed(piece)))
                events.append(
                    Noticed(
                        "snapshots",
                        "The provider sends the whole text each time; it is joined here.",
                    )
                )
                return
            piece = new
        piece = self._text_half.feed(piece)
        if piece:
            for event in self._splitter.feed(piece):
                self._note(event)
                events.append(event)

    def _think(self, piece: str, field: str, events: list[StreamEvent]) -> None:
        self._grow(len(piece))
        new = self._thought_watch.feed(piece)
        if new is not None:
            piece = new
        piece = self._thought_half.feed(piece)
        if piece:
            self._splitter.expect_no_thought()
            self._thought = True
            self._thought_field = field
            events.append(ReasoningAdded(piece, field))

    def _note(self, event: StreamEvent) -> None:
        if type(event) is ReasoningAdded:
            self._thought = True
        elif not self._said and type(event) in (TextAdded, TextReplaced):
            self._said = bool(event.text.strip())  # type: ignore[union-attr]

    def _picture(self, entry: dict[str, Any], events: list[StreamEvent]) -> None:
        url = text(table(entry.get("image_url")).get("url")) or text(entry.get("image_url"))
        if url.startswith("data:image/"):
            self._grow(len(url))
            self._said = True
            events.append(ImageAdded(url))
        elif url:
            # A picture elsewhere is not fetched: its address is shown as a source.
            self._said = True
            events.append(SourceAdded(url, "Picture (not loaded)"))

    def _cite(self, holder: dict[str, Any]) -> list[SourceAdded]:
        fresh = [source for source in sources_of(holder) if source.url not in self._sources]
        self._sources.update(source.url for source in fresh)
        return [*{source.url: source for source in reversed(fresh)}.values()][::-1]

    def _flushed(self) -> Iterator[StreamEvent]:
        half = self._thought_half.flush()
        if half:
            yield ReasoningAdded(half, self._thought_field)
        half = self._text_half.flush()
        said = self._splitter.feed(half) if half else []
        for event in (*said, *self._splitter.flush()):
            self._note(event)
            yield event

    def _grow(self, count: int) -> None:
        self._size += count
        if self._size > MAX_CHARACTERS and self.failure is None:
            self.failure = self._failures.too_much()

    def _require_answer(self) -> None:
        if self._said or self._calls:
            return
        when = "while the model was still thinking" if self._thought else "before any answer came"
        raise UnavailableError(f"The connection ended {when}.", "Try again.")

    def _emptiness(self, reason: str) -> Noticed:
        if reason == "length" and self._thought:
            return Noticed(
                "limit_used_by_thinking",
                "The length limit was used up by thinking. Raise it, or ask for less thinking.",
            )
        return Noticed(
            "empty_answer", "The model returned nothing. Retry, or choose another route."
        )

    @property
    def usage(self) -> Usage:
        """The usage as last reported."""
        return self._tally.reported
