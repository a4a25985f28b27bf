"""What the readers of all dialects share: text, thought, calls, sources, usage, an honest end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import (
    Finished,
    ImageAdded,
    MembersKept,
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
from app.providers.dialects.chat_delta import SurrogateJoiner
from app.providers.dialects.cited_pages import host_of, sources_of
from app.providers.dialects.kept_members import KeptMembers
from app.providers.dialects.picture_parts import is_picture, picture_url
from app.providers.dialects.picture_splitter import Picture, PictureSplitter
from app.providers.dialects.thought_splitter import ThoughtSplitter
from app.providers.dialects.usage_reader import UsageTally
from app.providers.errors.error_body import error_body_in, rules_in, tells_failure
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.json_text import items, table, text

MAX_CHARACTERS = 64 * 1024 * 1024
"""The most text, thought and pictures one answer may hold."""
_LONGEST_URL = 2_000
_READ_PARTS = {"text", "refusal", "thinking", "reasoning"}
"""Members of a part of an answer that are read as words."""


class Reader(ABC):
    """One reply. Feed it each parsed piece once, then ask for the end.

    `failure` is the error a piece carried: it is set, not raised, so that what came with it is
    kept. `has_content` says whether anything of an answer arrived; `is_complete` whether an end was
    named; `is_over` that nothing can follow. `strays` are words that belong to no event;
    `limit` is the most tokens that were asked for, where the wire does not say when it was reached.
    """

    dialect = "chat"

    def __init__(
        self, cost_from: Places, failures: ErrorReader, *, searches: int | None = None
    ) -> None:
        self._failures = failures
        self._tally = UsageTally(cost_from, searches=searches)
        self._splitter = ThoughtSplitter()
        self._pictures = PictureSplitter()
        self._shown: set[str] = set()
        self._unknown_parts: dict[str, None] = {}
        self._calls = CallTracker()
        self._kept = KeptMembers()
        self._text_half = SurrogateJoiner()
        self._thought_half = SurrogateJoiner()
        self._started = Started()
        self._sources: dict[str, str] = {}
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
        has_begun = self._said or self._thought or self._pictures.is_inside
        return has_begun or bool(self._calls)

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
        usage = self._tally.finish(has_answer=self.has_content)
        if usage:
            events.append(UsageReported(usage))
        events.extend(self.notices())
        if not self._finish and not (has_marker and self.has_content):
            self._unsaid = events
            self._require_answer()
            events.extend(self._asked_back())
            events.append(Finished(MessageState.CUT_OFF, ""))
            return events
        reason = finish_reason.final(
            self._finish or "unknown",
            has_calls=bool(self._calls),
            calls_are_whole=self._calls.are_whole,
        )
        if self._calls:
            events.extend(self._calls.finish())
        events.extend(self._asked_back())
        state = MessageState.REFUSED if self._is_refused else finish_reason.state_of(reason)
        if state is MessageState.REFUSED and self._why:
            events.append(Noticed("refusal", f"The provider refused: {self._why}."))
        elif not self._said and not self._calls:
            events.append(self._emptiness(reason, state))
        if not finish_reason.is_known(reason):
            events.append(_cut_by(self._failures.words(reason)))
        events.append(Finished(state, reason))
        return events

    def _asked_back(self) -> Iterator[StreamEvent]:
        """What the provider may ask back of the message and its calls; told once, at the end."""
        if self._kept.members or self._calls.kept:
            yield MembersKept(self.dialect, self._kept.members, self._calls.kept)
        if self._kept.has_dropped or self._calls.has_dropped:
            yield Noticed("members_dropped", "Data beside the answer was too large to keep.")

    def notices(self) -> Iterator[Noticed]:
        """What the user should know about how the reply came; each is told once."""
        yield from self._tally.notices()
        if self._unknown_parts:
            kinds = ", ".join(f"“{kind}”" for kind in [*self._unknown_parts][:5])
            self._unknown_parts.clear()
            yield Noticed("unknown_parts", f"Parts of the answer cannot be shown here: {kinds}.")
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
                events.extend(self._without_pictures(event))

    def _think(self, piece: str, field: str, events: list[StreamEvent]) -> None:
        self._grow(len(piece))
        piece = self._thought_half.feed(piece)
        if piece:
            self._splitter.expect_no_thought()
            self._thought = True
            self._thought_field = field
            events.append(ReasoningAdded(piece, field))

    def _without_pictures(self, event: StreamEvent) -> Iterator[StreamEvent]:
        """An event of the text, and the pictures written into it as events of their own."""
        if type(event) is TextReplaced:
            yield from self._replaced(event.text)
        elif type(event) is TextAdded:
            for said in self._pictures.feed(event.text):
                yield from self._told(said)
        else:
            self._note(event)
            yield event

    def _replaced(self, whole: str) -> Iterator[StreamEvent]:
        """The whole text so far in place of what was said."""
        self._pictures = PictureSplitter()
        said = self._pictures.feed(whole)
        event = TextReplaced("".join(found for found in said if type(found) is not Picture))
        self._note(event)
        yield event
        for found in said:
            if type(found) is Picture:
                yield from self._told(found)

    def _told(self, said: str) -> Iterator[StreamEvent]:
        if type(said) is not Picture:
            event = TextAdded(said)
            self._note(event)
            yield event
            return
        self._said = True
        if said not in self._shown:
            self._shown.add(said)
            yield ImageAdded(str(said))

    def _note(self, event: StreamEvent) -> None:
        if type(event) is ReasoningAdded:
            self._thought = True
        elif not self._said and type(event) in (TextAdded, TextReplaced):
            self._said = bool(event.text.strip())  # type: ignore[union-attr]

    def _show(self, url: str, events: list[StreamEvent]) -> None:
        """A picture of the answer. One that is elsewhere is not fetched but shown as a source."""
        self._said = True
        if url in self._shown:
            return
        self._shown.add(url)
        self._grow(len(url))
        if url[:11].lower() == "data:image/":
            events.append(ImageAdded(url))
        else:
            events.append(SourceAdded(url[:_LONGEST_URL], "Picture (not loaded)"))

    def _show_all(self, content: Any, events: list[StreamEvent]) -> None:
        """The pictures among the parts of an answer; unknown parts are named at its end."""
        for entry in items(content):
            part = table(entry)
            if is_picture(part):
                url = picture_url(part)
                if url:
                    self._show(url, events)
            elif text(part.get("type")) and not part.keys() & _READ_PARTS:
                self._unknown_parts[text(part["type"])[:40]] = None

    def _cite(self, holder: dict[str, Any]) -> list[SourceAdded]:
        """The pages that are new, and those whose title is told only now."""
        fresh: dict[str, SourceAdded] = {}
        for source in sources_of(holder):
            known, bare = self._sources.get(source.url), host_of(source.url)
            if known is None or (known == bare and source.title != bare):
                self._sources[source.url] = source.title
                fresh[source.url] = source
        return [*fresh.values()]

    def _flushed(self) -> Iterator[StreamEvent]:
        half = self._thought_half.flush()
        if half:
            yield ReasoningAdded(half, self._thought_field)
        half = self._text_half.flush()
        said = self._splitter.feed(half) if half else []
        for event in (*said, *self._splitter.flush()):
            yield from self._without_pictures(event)
        for rest in self._pictures.flush():
            yield from self._told(rest)

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
