"""Reads replies of the Messages dialect: blocks that open, grow and close."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.core.conversations.events import ReasoningDetailAdded, StreamEvent, UsageReported
from app.providers.catalogue.reply_place import Places
from app.providers.dialects import finish_reason
from app.providers.dialects.call_arguments import joined_arguments
from app.providers.dialects.reader import Reader
from app.providers.dialects.usage_reader import GrowingUsage
from app.providers.errors.error_body import is_error_body, tells_failure
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.json_text import integer, items, table, text

_KINDS = (
    "message_start",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
    "ping",
)

_CALL = ("type", "id", "name", "input", "index", "function", "arguments")


@dataclass
class _Block:
    """A block that is still open: what it began as, and the pieces of its text."""

    start: dict[str, Any]
    pieces: list[str] = field(default_factory=list)
    signature: str = ""

    @property
    def kind(self) -> str:
        return text(self.start.get("type"))


class MessagesReader(Reader):
    """One reply of the Messages dialect."""

    dialect = "messages"

    def __init__(
        self, cost_from: Places, failures: ErrorReader, *, searches: int | None = None
    ) -> None:
        super().__init__(cost_from, failures, searches=searches)
        self._blocks: dict[int, _Block] = {}
        self._count = 0
        self._usage = GrowingUsage()

    def feed(self, piece: Any, event: str = "") -> list[StreamEvent]:
        """The events of one parsed piece; one without a type has the one it was sent under."""
        if type(piece) is dict and not text(piece.get("type")) and event:
            piece = {**piece, "type": event}
        return super().feed(piece)

    def lone_text(self, piece: dict[str, Any]) -> tuple[str, str] | None:
        """The text of a piece that has nothing else to tell."""
        delta = table(piece.get("delta"))
        if piece.get("type") != "content_block_delta" or delta.get("type") != "text_delta":
            return None
        word = delta.get("text")
        return ("text", word) if type(word) is str and word else None

    def _read(self, piece: dict[str, Any]) -> list[StreamEvent]:
        kind = text(piece.get("type"))
        if is_error_body(piece) or (kind not in _KINDS and tells_failure(piece)):
            self.failure = self.failure or self._failures.of_body(piece)
            return []
        events: list[StreamEvent] = []
        match kind:
            case "message_start":
                self._begin(table(piece.get("message")), events)
            case "content_block_start":
                self._open(self._index(piece), table(piece.get("content_block")), events)
            case "content_block_delta":
                self._grow_block(self._index(piece), table(piece.get("delta")), events)
            case "content_block_stop":
                self._close(self._index(piece), events)
            case "message_delta":
                self._end(table(piece.get("delta")))
                self._count_usage(piece, events)
                events += self._cite(piece)
            case "message_stop":
                self._finish = self._finish or "unknown"
                self.is_over = True
        return events

    def _read_whole(self, reply: dict[str, Any]) -> list[StreamEvent]:
        if is_error_body(reply) or (not reply.get("content") and tells_failure(reply)):
            self.failure = self._failures.of_body(reply)
            return []
        events: list[StreamEvent] = []
        self._begin(reply, events)
        self._end(reply)
        return events

    def _begin(self, message: dict[str, Any], events: list[StreamEvent]) -> None:
        upstream = text(message.get("provider"))
        events += self._start(text(message.get("id")), text(message.get("model")), upstream)
        for place, block in enumerate(items(message.get("content"))):
            self._open(place, table(block), events)
            self._close(place, events)
        self._count_usage(message, events)
        events += self._cite(message)

    def _count_usage(self, holder: dict[str, Any], events: list[StreamEvent]) -> None:
        usage = table(holder.get("usage"))
        if usage:
            changed = self._tally.feed(holder | {"usage": self._usage.feed(usage)})
            if changed is not None:
                events.append(UsageReported(changed))

    def _index(self, piece: dict[str, Any]) -> int:
        """The block a piece belongs to: by its number, else the one that opened last."""
        index = integer(piece.get("index"))
        if index is not None:
            return index
        is_new = piece.get("type") == "content_block_start"
        return max(self._blocks, default=-1) + is_new if self._blocks else self._count

    def _open(self, index: int, start: dict[str, Any], events: list[StreamEvent]) -> None:
        if index in self._blocks:
            self._close(index, events)
        block = self._blocks[index] = _Block(start, signature=text(start.get("signature")))
        if block.kind == "tool_use":
            members = {name: value for name, value in start.items() if name not in _CALL}
            call_id, name = text(start.get("id")), text(start.get("name"))
            events += self._fed(self._count, call_id, name, "", members)
            block.start = {**start, "place": self._count}
        self._count += 1
        if block.kind == "text":
            self._add_text(text(start.get("text")), events)
            self._cite_all(items(start.get("citations")), events)
        elif block.kind == "thinking":
            self._add_thought(block, text(start.get("thinking")), events)
        elif block.kind.endswith("search_tool_result"):
            events += self._cite({"sources": start.get("content")})
        elif block.kind == "image":
            self._show_all([start], events)
        elif block.kind == "refusal":
            self._is_refused = True
            self._add_text(text(start.get("refusal")) or text(start.get("text")), events)

    def _grow_block(self, index: int, delta: dict[str, Any], events: list[StreamEvent]) -> None:
        block = self._blocks.get(index)
        match text(delta.get("type")):
            case "text_delta":
                self._add_text(text(delta.get("text")), events)
            case "thinking_delta":
                if block is None:
                    block = self._blocks[index] = _Block({"type": "thinking"})
                self._add_thought(block, text(delta.get("thinking")), events)
            case "signature_delta" if block is not None:
                block.signature += text(delta.get("signature"))
            case "input_json_delta" if block is not None:
                piece = text(delta.get("partial_json"))
                self._grow(len(piece))
                block.pieces.append(piece)
            case "input_json_delta" if text(delta.get("partial_json")).strip():
                # Of which call these arguments are was never said.
                self.strays.append(self._failures.words(text(delta.get("partial_json"))))
            case "citations_delta":
                self._cite_all([delta.get("citation")], events)

    def _add_text(self, piece: str, events: list[StreamEvent]) -> None:
        if piece:
            self._say(piece, events)

    def _add_thought(self, block: _Block, piece: str, events: list[StreamEvent]) -> None:
        if not piece:
            return
        lead = "\n\n" if self._thought and not block.pieces else ""
        block.pieces.append(piece)
        self._think(lead + piece, "thinking", events)

    def _close(self, index: int, events: list[StreamEvent]) -> None:
        """A block is complete: only now a call's input is read and a thought can be kept."""
        block = self._blocks.pop(index, None)
        if block is None:
            return
        if block.kind == "tool_use":
            events += self._fed(block.start["place"], "", "", _arguments(block))
        elif block.kind == "thinking" and (block.signature or block.pieces):
            detail = {**block.start, "thinking": "".join(block.pieces)}
            events.append(ReasoningDetailAdded({**detail, "signature": block.signature}))
        elif block.kind == "redacted_thinking":
            self._grow(len(text(block.start.get("data"))))
            events.append(ReasoningDetailAdded(block.start))

    def _cite_all(self, citations: list[Any], events: list[StreamEvent]) -> None:
        events += self._cite({"citations": [table(citation) for citation in citations]})

    def _end(self, holder: dict[str, Any]) -> None:
        self._end_by(holder.get("stop_reason"))
        self._is_refused = self._is_refused or self._finish == finish_reason.FILTER
        if holder.get("stop_details"):
            self._explain(holder["stop_details"])

    def _fed(
        self,
        place: int,
        call_id: str,
        name: str,
        arguments: str,
        members: dict[str, Any] | None = None,
    ) -> list[StreamEvent]:
        function = {"name": name, "arguments": arguments}
        entry = {**(members or {}), "index": place, "id": call_id, "function": function}
        return [*self._calls.feed({"tool_calls": [entry]})]

    def _flushed(self) -> Iterator[StreamEvent]:
        """Calls whose block never closed are told as far as they came; thoughts are not kept."""
        for block in self._blocks.values():
            if block.kind == "tool_use":
                yield from self._fed(block.start["place"], "", "", "".join(block.pieces))
        self._blocks.clear()
        yield from super()._flushed()


def _arguments(block: _Block) -> str:
    """The input of a call as JSON text: its pieces, else the object it began with."""
    said = joined_arguments(block.pieces)
    if said.strip():
        return said
    given = block.start.get("input")
    return json.dumps(given if given is not None else {}, ensure_ascii=False)
