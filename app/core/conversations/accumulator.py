"""Adds up the events of one reply into the parts of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.conversations.confidence import Confidence, Doubt, confidence_of
from app.core.conversations.conversation import (
    KeptPart,
    MessageState,
    Part,
    ReasoningPart,
    SourcePart,
    TextPart,
    ToolCallPart,
)
from app.core.conversations.events import (
    Finished,
    ImageAdded,
    MembersKept,
    Noticed,
    ReasoningAdded,
    ReasoningDetailAdded,
    SourceAdded,
    Started,
    StreamEvent,
    TextAdded,
    TextReplaced,
    ToolCallAdded,
    UsageReported,
    WordScored,
)
from app.core.conversations.sources import host_of, same_page
from app.core.costs.usage import Usage

_JOINED = ("text", "summary", "data")
_KINDS_IN_PIECES = ("reasoning.text", "reasoning.summary", "reasoning.encrypted")


@dataclass
class _Call:
    call_id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)

    @property
    def part(self) -> ToolCallPart:
        return ToolCallPart(self.call_id, self.name, "".join(self.arguments))


class Accumulator:
    """Everything one reply has said so far. Feed it each event once; read it at any time."""

    def __init__(self) -> None:
        self.started = Started()
        self.usage = Usage()
        self.finished: Finished | None = None
        self.notices: list[Noticed] = []
        self.words: list[WordScored] = []
        self.sources: list[SourceAdded] = []
        self.images: list[str] = []
        self._source_places: dict[str, int] = {}
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._reasoning_field = "reasoning"
        self._details: list[dict[str, Any]] = []
        self._calls: dict[int, _Call] = {}
        self._kept: KeptPart | None = None

    def add(self, event: StreamEvent) -> None:
        """Takes in one event."""
        match event:
            case TextAdded(text):
                self._text.append(text)
            case TextReplaced(text):
                self._text = [text]
            case ReasoningAdded(text, field):
                self._reasoning.append(text)
                self._reasoning_field = field
            case ReasoningDetailAdded(detail):
                self._add_detail(detail)
            case ToolCallAdded():
                self._add_call(event)
            case MembersKept(dialect, message, calls):
                self._kept = KeptPart(dialect, message, calls)
            case WordScored():
                self.words.append(event)
            case SourceAdded():
                self._add_source(event)
            case ImageAdded(data_url):
                self.images.append(data_url)
            case UsageReported(usage):
                if not usage.is_empty or self.usage.is_empty:
                    self.usage = usage
            case Noticed():
                self.notices.append(event)
            case Started():
                self._add_start(event)
            case Finished():
                self.finished = event

    @property
    def text(self) -> str:
        """The answer so far."""
        if len(self._text) > 1:
            self._text = ["".join(self._text)]
        return self._text[0] if self._text else ""

    @property
    def reasoning(self) -> str:
        """The thought so far."""
        if len(self._reasoning) > 1:
            self._reasoning = ["".join(self._reasoning)]
        return self._reasoning[0] if self._reasoning else ""

    @property
    def has_content(self) -> bool:
        """Whether anything but reasoning arrived (an answer of white space alone is none)."""
        return bool(self.text.strip() or self._calls or self.images)

    @property
    def has_arrived(self) -> bool:
        """Whether anything says that the question was taken in, and may have to be paid for."""
        told = self.started.generation_id or not self.usage.is_empty
        return bool(told or self.has_content or self.parts)

    @property
    def state(self) -> MessageState:
        """How the reply ended; cut off as long as no end was seen."""
        return self.finished.state if self.finished else MessageState.CUT_OFF

    @property
    def parts(self) -> tuple[Part, ...]:
        """The reply as the parts of a message: reasoning, text, tool calls, sources."""
        parts: list[Part] = []
        if self.reasoning or self._details:
            parts.append(ReasoningPart(self.reasoning, tuple(self._details), self._reasoning_field))
        if self.text:
            parts.append(TextPart(self.text))
        parts.extend(self._calls[key].part for key in sorted(self._calls))
        parts.extend(SourcePart(source.url, source.title) for source in self.sources)
        if self._kept is not None:
            parts.append(self._kept)
        return tuple(parts)

    @property
    def confidence(self) -> Confidence | None:
        """How sure the model was, None when it did not say."""
        return confidence_of(
            [
                Doubt("", w.text, w.logprob, tuple((r.text, r.logprob) for r in w.rivals))
                for w in self.words
            ]
        )

    def _add_start(self, event: Started) -> None:
        known = self.started
        self.started = Started(
            known.generation_id or event.generation_id,
            known.model or event.model,
            known.upstream or event.upstream,
        )

    def _add_source(self, event: SourceAdded) -> None:
        """Lists a page once; a title that is told later takes the place of a bare host."""
        key = same_page(event.url)
        place = self._source_places.setdefault(key, len(self.sources))
        if place == len(self.sources):
            self.sources.append(event)
            return
        known = self.sources[place]
        if known.title in ("", host_of(known.url), f"www.{host_of(known.url)}") and event.title:
            self.sources[place] = SourceAdded(known.url, event.title)

    def _add_detail(self, detail: Mapping[str, Any]) -> None:
        """Merges a fragment into the block of its type and index.

        Without an index, into the block before it if that has the same type and comes in pieces.
        """
        kind, index = detail.get("type"), detail.get("index")
        target: dict[str, Any] | None = None
        if index is not None:
            for block in self._details:
                if block.get("type") == kind and block.get("index") == index:
                    target = block
        elif self._details and kind in _KINDS_IN_PIECES:
            last = self._details[-1]
            is_other_block = last.get("id") and detail.get("id") and last["id"] != detail["id"]
            target = last if last.get("type") == kind and not is_other_block else None
        if target is None:
            self._details.append(dict(detail))
            return
        for name, value in detail.items():
            if name in _JOINED and isinstance(value, str) and isinstance(target.get(name), str):
                target[name] += value
            elif target.get(name) is None:
                target[name] = value

    def _add_call(self, event: ToolCallAdded) -> None:
        known = self._calls.setdefault(event.key, _Call())
        known.call_id = known.call_id or event.call_id
        known.name = (
            known.name if known.name and event.name == known.name else known.name + event.name
        )
        if event.replaces:
            known.arguments.clear()
        if event.arguments:
            known.arguments.append(event.arguments)
