"""Parts a thought written into the answer as `<think>…</think>`, or in a channel, from it."""

from __future__ import annotations

from app.core.conversations.events import ReasoningAdded, StreamEvent, TextAdded, TextReplaced
from app.providers.dialects.channel_splitter import ChannelSplitter, begins, may_begin

_OPENINGS = ("<think>", "<thinking>", "<thought>")
_FIELD = "content"
_UNOPENED = "</think>"
_LONGEST_THOUGHT = 200_000
"""Letters after which a lone closing tag no longer makes a thought of what stands before it."""


class ThoughtSplitter:
    """Splits the pieces of an answer, cut anywhere, holding back no more than the start of a tag.

    Only a block that leads the answer is a thought; tags after visible text are text. A lone
    `</think>` on a line of its own, when nothing opened it, makes what stands before it the
    thought: some templates open the block themselves.
    """

    def __init__(self) -> None:
        self._closing = ""
        self._channels: ChannelSplitter | None = None
        self._held = ""
        self._is_leading = True
        self._skips_breaks = False
        self._said: list[str] | None = []
        self._said_letters = 0
        self._tail = ""

    def expect_no_thought(self) -> None:
        """The thought came by a field of its own: tags in the answer are text from here on."""
        self._said = None

    def feed(self, piece: str) -> list[StreamEvent]:
        """The events of one piece of content."""
        if self._channels is not None:
            return _channel_events(self._channels.feed(piece))
        if not self._is_leading and not self._closing:
            return self._visible(piece)
        events: list[StreamEvent] = []
        rest = self._held + piece
        self._held = ""
        if self._is_leading:
            start = rest.lstrip()
            opening = next((tag for tag in _OPENINGS if start.startswith(tag)), "")
            if opening:
                self._is_leading = False
                self._closing = "</" + opening[1:]
                self._said = None
                rest = start[len(opening) :]
            elif begins(start):
                self._is_leading = False
                self._said = None
                self._channels = ChannelSplitter()
                return _channel_events(self._channels.feed(start))
            elif not start or may_begin(start) or any(tag.startswith(start) for tag in _OPENINGS):
                self._held = rest
                return []
            else:
                self._is_leading = False
                return self._visible(rest)
        thought, closing, after = rest.partition(self._closing)
        if closing:
            self._closing = ""
            self._skips_breaks = True
        else:
            keep = _overlap(thought, self._closing)
            self._held = thought[len(thought) - keep :]
            thought = thought[: len(thought) - keep]
        if thought:
            events.append(ReasoningAdded(thought, _FIELD))
        if after:
            events.extend(self._visible(after))
        return events

    def flush(self) -> list[StreamEvent]:
        """What was held back, at the end of the answer."""
        if self._channels is not None:
            return _channel_events(self._channels.flush())
        held, self._held = self._held, ""
        if not held:
            return []
        return [ReasoningAdded(held, _FIELD)] if self._closing else [TextAdded(held)]

    def _visible(self, piece: str) -> list[StreamEvent]:
        if self._skips_breaks:
            piece = piece.lstrip("\n")
            if not piece:
                return []
            self._skips_breaks = False
        if self._said is not None:
            self._said.append(piece)
            self._said_letters += len(piece)
            if self._said_letters > _LONGEST_THOUGHT:
                self._said = None
                return [TextAdded(piece)]
            seen = self._tail + piece
            self._tail = seen[-16:]
            if ">" in piece and _UNOPENED in seen:
                return self._close_unopened(piece)
        return [TextAdded(piece)]

    def _close_unopened(self, piece: str) -> list[StreamEvent]:
        before, _, after = "".join(self._said or ()).partition(_UNOPENED)
        self._said = None
        is_alone = before.endswith("\n") or not before.strip()
        if not is_alone or "<think" in before or before.count("```") % 2:
            return [TextAdded(piece)]
        after = after.lstrip("\n")
        self._skips_breaks = not after
        return [ReasoningAdded(before, _FIELD), TextReplaced(after)]


def _channel_events(said: list[tuple[bool, str]]) -> list[StreamEvent]:
    return [
        ReasoningAdded(text, _FIELD) if is_thought else TextAdded(text) for is_thought, text in said
    ]


def _overlap(text: str, tag: str) -> int:
    """How many last characters of a text begin the tag."""
    for count in range(min(len(text), len(tag) - 1), 0, -1):
        if text.endswith(tag[:count]):
            return count
    return 0
