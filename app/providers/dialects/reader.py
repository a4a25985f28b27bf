"""What the readers of all dialects share: text, thought, calls, sources, usage, an honest end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import (
    Finished,
    ImageAdded,
    Noticed,
    ReasoningAdded,
    SourceAdded,
    Started,
    StreamEvent,
    TextAdded,
    TextReplaced,
    UsageReported,
)
from app.core.errors import ProviderError, UnavailableError
from app.providers.catalogue.reply_place import Places
from app.providers.dialects import finish_reason
from app.providers.dialects.call_tracker import CallTracker
from app.providers.dialects.chat_delta import SurrogateJoiner, sources_of
from app.providers.dialects.thought_splitter import ThoughtSplitter
from app.providers.dialects.usage_reader import UsageTally
from app.providers.errors.error_body import error_body_in, rules_in, tells_failure
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.json_text import table, text

MAX_CHARACTERS = 64 * 1024 * 1024
"""The most text, thought and pictures one answer may hold."""


class Reader(ABC):
    """One reply. Feed it each parsed piece once, then ask for the end.

    `failure` is the error a piece carried: it is set, not raised, so that what came with it is
    kept. `has_content` says whether anything of an answer arrived; `is_complete` whether an end was
    named; `is_over` that nothing can follow. `strays` are words that belong to no event;
    `limit` is the most tokens that were asked for, where the wire does not say when it was reached.
    """

    def __init__(
        self, cost_from: Places, failures: ErrorReader, *, searches: int | None = None
    ) -> None:
        self._failures = failures
        self._tally = UsageTally(cost_from, searches=searches)
        self._splitter = ThoughtSplitter()
        self._calls = CallTracker()
        self._text_half = SurrogateJoiner()
        self._thought_half = SurrogateJoiner()
        self._started = Started()
        self._sources: set[str] = set()
        self._finish = ""
        self._why = ""
        self._unsaid: list[StreamEvent] = []
        self._is_refused = False
        self._said = False
        self._thought = False
        self._size = 0
        self._thought_field = "reasoning"
        self.failure: ProviderError | None = None
        self.damaged = 0
        self.strays: list[str] = []
        self.limit: int | None = None
        self.is_over = False

    @abstractmethod
    def _read(self, piece: dict[str, Any]) -> list[StreamEvent]:
        """The events of one object of a stream."""

    @abstractmethod
    def _read_whole(self, reply: dict[str, Any]) -> list[StreamEvent]:
        """The events of an answer in one object."""

    @property
    def has_content(self) -> bool:
        """Whether text that can be seen, a thought, a picture or a tool call arrived."""
        return self._said or self._thought or bool(self._calls)

    @property
    def is_complete(self) -> bool:
        """Whether the reply named a reason for its end."""
        return bool(self._finish)

    def _end_by(self, *reasons: Any) -> None:
        """Takes the words that an answer ended by; the gravest of all that come counts."""
        for reason in reasons:
            word = finish_reason.normalized(reason)
            if word:
                self._finish = finish_reason.combined(self._finish, word)

    def _explain(self, details: Any) -> None:
        """Keeps why an answer was refused."""
        rules = "; ".join(rules_in(details))
        words = error_body_in(details).message if details else ""
        words = words or rules or text(table(details).get("category"))
        self._why = self._why or self._failures.words(words)

    def head(self, generation_id: str, headers: Mapping[str, str]) -> list[StreamEvent]:
        """What the reply's head tells: its id, and what it cost."""
        events = self._start(generation_id, "", "")
        usage = self._tally.feed_headers(headers)
        return [*events, UsageReported(usage)] if usage else events

    def feed(self, piece: Any, event: str = "") -> list[StreamEvent]:
        """The events of one parsed piece of a stream; anything but an object counts as damaged.

        `event` is the name it was sent under, used only by dialects whose pieces name their type.
        """
        if type(piece) is not dict:
            if tells_failure(piece):
                self.failure = self.failure or self._failures.of_body(piece)
            elif type(piece) is str and piece.strip():
                self.strays.append(self._failures.words(piece))
            else:
                self.damaged += 1
            return []
        return self._read(piece)

    def lone_text(self, piece: dict[str, Any]) -> tuple[str, str] | None:
        """The member and the value of a text that is all a piece tells; None where there is more.

        For EventTemplate: `say` with another text does what a piece with that text would do.
        """
        return None

    def say(self, word: str, events: list[StreamEvent]) -> None:
        """Takes a word of the answer; adds what it makes to `events`."""
        if word:
            self._say(word, events)

    def whole(self, reply: Any) -> list[StreamEvent]:
        """The events of a reply that came in one."""
        if type(reply) is list and len(reply) == 1:
            reply = reply[0]
        if type(reply) is not dict:
            self.failure = self._failures.unreadable(str(reply)[:2000])
            return []
        return self._read_whole(reply)

    def finish(self, *, has_marker: bool) -> list[StreamEvent]:
        """The last events, Finished among them; `has_marker` says that an end marker was seen.

        Raises UnavailableError when the stream broke off before any answer.
        """
        events: list[StreamEvent] = list(self._flushed())
        usage = self._tally.finish()
        if usage:
            events.append(UsageReported(usage))
        events.extend(self.notices())
        if not self._finish and not (has_marker and self.has_content):
            self._unsaid = events
            self._require_answer()
            events.append(Finished(MessageState.CUT_OFF, ""))
            return events
        reason = finish_reason.final(
            self._finish or "unknown",
            has_calls=bool(self._calls),
            calls_are_whole=self._calls.are_whole,
        )
        if self._calls:
            events.extend(self._calls.finish())
        state = MessageState.REFUSED if self._is_refused else finish_reason.state_of(reason)
        if state is MessageState.REFUSED and self._why:
            events.append(Noticed("refusal", f"The provider refused: {self._why}."))
        elif not self._said and not self._calls:
            events.append(self._emptiness(reason, state))
        if not finish_reason.is_known(reason):
            events.append(_cut_by(self._failures.words(reason)))
        events.append(Finished(state, reason))
        return events

    def notices(self) -> Iterator[Noticed]:
        """What the user should know about how the reply came; each is told once."""
        if self.damaged:
            one = self.damaged == 1
            said = "1 damaged event was" if one else f"{self.damaged} damaged events were"
            yield Noticed("damaged_events", f"{said} skipped; a few words may be missing.")
            self.damaged = 0
        if self.strays:
            said = "; ".join(self.strays)
            yield Noticed("stray_lines", f"The provider also sent: {said}.")
            self.strays = []

    def rest(self) -> list[StreamEvent]:
        """What was held back, and notices: for a reply that is about to end in an error."""
        unsaid, self._unsaid = self._unsaid, []
        return [*unsaid, *self._flushed(), *self.notices()]

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

    def _say(self, piece: str, events: list[StreamEvent]) -> None:
        self._grow(len(piece))
        piece = self._text_half.feed(piece)
        if piece:
            for event in self._splitter.feed(piece):
                self._note(event)
                events.append(event)

    def _think(self, piece: str, field: str, events: list[StreamEvent]) -> None:
        self._grow(len(piece))
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

    def _show(self, url: str, events: list[StreamEvent]) -> None:
        """A picture of the answer. One that is elsewhere is not fetched but shown as a source."""
        self._said = True
        if url.startswith("data:image/"):
            self._grow(len(url))
            events.append(ImageAdded(url))
        else:
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
        if self._thought:
            raise UnavailableError(
                "The connection ended while the model was still thinking.", "Try again."
            )
        # llama-cpp-python ends so, without a word, where a conversation no longer fits.
        raise UnavailableError(
            "The connection ended before any answer came.",
            "Try again. If it stays so, the conversation may be too long for this model.",
        )

    def _emptiness(self, reason: str, state: MessageState) -> Noticed:
        if state is MessageState.REFUSED:
            return Noticed(
                "refusal",
                "The provider refused to answer this. Word it differently, or choose another "
                "provider.",
            )
        if reason == "length" and self._thought:
            return Noticed(
                "limit_used_by_thinking",
                "The length limit was used up by thinking. Raise it, or ask for less thinking.",
            )
        return Noticed(
            "empty_answer", "The model returned nothing. Ask again, or choose another route."
        )


def _cut_by(word: str) -> Noticed:
    return Noticed("ended_by", f"The provider ended the answer with “{word}”.")
