"""Reads replies of the Responses dialect; what is said at the end of a part outranks its pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.conversations.events import (
    ReasoningDetailAdded,
    StreamEvent,
    TextAdded,
    TextReplaced,
    UsageReported,
)
from app.providers.catalogue.reply_place import Places
from app.providers.dialects.call_arguments import joined_arguments
from app.providers.dialects.chat_delta import whole_characters, words_of
from app.providers.dialects.indexed_texts import IndexedTexts
from app.providers.dialects.reader import Reader
from app.providers.dialects.thought_splitter import ThoughtSplitter
from app.providers.errors.error_body import is_error_body, tells_failure
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.json_text import integer, items, positive, table, text

_ENDS = ("completed", "incomplete", "failed", "cancelled", "done")
_ON_THE_WAY = ("in_progress", "queued")
_MESSAGE = ("type", "id", "role", "status", "content")
_CALL = ("type", "id", "call_id", "name", "arguments", "status", "index", "function")
_TEXT_KINDS = {"response.output_text": "text", "response.refusal": "refusal"}


class ResponsesReader(Reader):
    """One reply of the Responses dialect. Items are told apart by `output_index`, else by id."""

    dialect = "responses"

    def __init__(
        self, cost_from: Places, failures: ErrorReader, *, searches: int | None = None
    ) -> None:
        super().__init__(cost_from, failures, searches=searches)
        self._indexes: dict[str, int] = {}
        self._kinds: dict[int, str] = {}
        self._texts = IndexedTexts()
        self._thoughts = IndexedTexts()
        self._thought_kinds: dict[int, str] = {}
        self._arguments: dict[int, list[str]] = {}
        self._settled: set[tuple[str, int]] = set()
        self._scored: set[tuple[int, int]] = set()

    def feed(self, piece: Any, event: str = "") -> list[StreamEvent]:
        """The events of one parsed piece; one without a type has the one it was sent under."""
        if type(piece) is dict and not text(piece.get("type")) and event:
            piece = {"type": event, **piece} if "type" not in piece else {**piece, "type": event}
        return super().feed(piece)

    def _read(self, piece: dict[str, Any]) -> list[StreamEvent]:
        is_own = text(piece.get("type")).startswith("response.")
        if is_error_body(piece) or (not is_own and tells_failure(piece)):
            named = {name: value for name, value in piece.items() if name != "type"}
            self.failure = self.failure or self._failures.of_body(named)
            return []
        events: list[StreamEvent] = []
        kind, _, step = text(piece.get("type")).rpartition(".")
        response = table(piece.get("response"))
        if response:
            upstream = text(response.get("provider"))
            model = text(response.get("model"))
            events += self._start(text(response.get("id")), model, upstream)
        if kind == "response" and step in _ENDS:
            self._close(response, step, piece, events)
        elif kind == "response.output_item":
            item = table(piece.get("item"))
            self._item(item, self._index(piece, item), events, is_done=step == "done")
        elif kind in _TEXT_KINDS:
            self._text_event(piece, _TEXT_KINDS[kind], step, events)
        elif kind == "response.content_part" and step == "done":
            place = (self._index(piece), integer(piece.get("content_index")) or 0)
            self._part(table(piece.get("part")), place, events)
        elif kind == "response.output_text.annotation":
            events += self._cite({"annotations": [piece.get("annotation")]})
        elif kind.startswith("response.reasoning") and step in ("delta", "done"):
            self._thought_event(piece, kind, step, events)
        elif kind == "response.function_call_arguments":
            self._arguments_event(piece, step, events)
        return events

    def _read_whole(self, reply: dict[str, Any]) -> list[StreamEvent]:
        is_own = bool(reply.get("output")) or text(reply.get("status")) in (*_ENDS, *_ON_THE_WAY)
        if not is_own and (is_error_body(reply) or tells_failure(reply)):
            self.failure = self._failures.of_body(reply)
            return []
        events = self._start(text(reply.get("id")), text(reply.get("model")), "")
        status = text(reply.get("status"))
        if status or "output" in reply:
            self._close(reply, status, {}, events)
        return events

    def _index(self, piece: dict[str, Any], item: dict[str, Any] | None = None) -> int:
        """The place of the item that a piece belongs to; a new one comes after all others."""
        item_id = text(piece.get("item_id")) or text((item or {}).get("id"))
        index = integer(piece.get("output_index"))
        if index is None:
            index = self._indexes.get(item_id)
        if index is None:
            known = [*self._kinds, *self._indexes.values()]
            is_new = item is not None or bool(item_id) or not known
            index = max(known, default=-1) + is_new
        if item_id:
            self._indexes.setdefault(item_id, index)
        return index

    def _item(
        self, item: dict[str, Any], index: int, events: list[StreamEvent], *, is_done: bool
    ) -> None:
        kind = text(item.get("type"))
        self._kinds.setdefault(index, kind)
        if kind == "function_call":
            self._call(item, index, events)
            if is_done:
                self._settle_arguments(index, text(item.get("arguments")), events)
        elif kind == "message" and is_done:
            for place, part in enumerate(items(item.get("content"))):
                self._part(table(part), (index, place), events)
            self._kept.add(item, _MESSAGE)
            self._show_all(item.get("content"), events)
        elif kind == "reasoning" and is_done:
            self._reasoned(item, index, events)
        elif kind.endswith("search_call") and is_done:
            events += self._cite({"sources": [item.get("action"), item.get("results")]})
        elif kind == "image_generation_call" and is_done and self._is_first("image", index):
            data = text(item.get("result"))
            if data:
                self._show(
                    f"data:image/{text(item.get('output_format')) or 'png'};base64,{data}", events
                )

    def _text_event(
        self, piece: dict[str, Any], name: str, step: str, events: list[StreamEvent]
    ) -> None:
        place = (self._index(piece), integer(piece.get("content_index")) or 0)
        self._kinds.setdefault(place[0], "message")
        self._is_refused = self._is_refused or name == "refusal"
        if step == "delta":
            self._add(place, text(piece.get("delta")), events)
        elif step == "done":
            self._settle(place, text(piece.get(name)), events)
        if items(piece.get("logprobs")) and (step == "delta" or place not in self._scored):
            self._scored.add(place)
            events.extend(words_of({"logprobs": {"content": piece["logprobs"]}}))

    def _part(
        self, part: dict[str, Any], place: tuple[int, int], events: list[StreamEvent]
    ) -> None:
        refusal = text(part.get("refusal"))
        self._is_refused = self._is_refused or bool(refusal)
        self._settle(place, text(part.get("text")) or refusal, events)
        events += self._cite(part)
        if items(part.get("logprobs")) and place not in self._scored:
            self._scored.add(place)
            events.extend(words_of({"logprobs": {"content": part["logprobs"]}}))

    def _add(self, place: tuple[int, int], piece: str, events: list[StreamEvent]) -> None:
        added = self._texts.add(place, piece)
        if added is None:
            self._replace(events)
        elif added:
            self._say(added, events)

    def _settle(self, place: tuple[int, int], said: str, events: list[StreamEvent]) -> None:
        """A part is complete: what was missed is added, what came otherwise is put right."""
        known = self._texts.of(place)
        if not said or said == known or said == whole_characters(known):
            return
        if said.startswith(known):
            self._add(place, said[len(known) :], events)
        else:
            self._texts.put(place, said)
            self._replace(events)

    def _replace(self, events: list[StreamEvent]) -> None:
        whole = whole_characters(self._texts.joined())
        self._grow(len(whole))
        self._text_half.flush()
        splitter = ThoughtSplitter()
        if self._thought:
            splitter.expect_no_thought()
        self._splitter = splitter
        said = splitter.feed(whole)
        visible = "".join(e.text for e in said if isinstance(e, TextAdded | TextReplaced))
        events.extend(self._replaced(visible))

    def _thought_event(
        self, piece: dict[str, Any], kind: str, step: str, events: list[StreamEvent]
    ) -> None:
        index = self._index(piece)
        self._kinds.setdefault(index, "reasoning")
        # A summary and the thought itself may both come: the first kind of an item is shown.
        word = "summary" if "summary" in kind else "text"
        if self._thought_kinds.setdefault(index, word) != word:
            return
        number = piece.get("summary_index" if word == "summary" else "content_index")
        place = (index, integer(number) or 0)
        if step == "delta":
            said = text(piece.get("delta")) or text(table(piece.get("delta")).get("text"))
            self._add_thought(place, said, events)
        else:
            said = text(piece.get("text")) or text(table(piece.get("part")).get("text"))
            self._settle_thought(place, said, events)

    def _add_thought(self, place: tuple[int, int], piece: str, events: list[StreamEvent]) -> None:
        added = self._thoughts.add(place, piece, between="\n\n")
        if added is None:
            # An earlier thought came late: what is shown cannot be put right, so it follows.
            added = f"\n\n{piece}"
        if added:
            self._think(added, "reasoning", events)

    def _settle_thought(self, place: tuple[int, int], said: str, events: list[StreamEvent]) -> None:
        known = self._thoughts.of(place)
        if said.startswith(known) and said != known:
            self._add_thought(place, said[len(known) :], events)

    def _reasoned(self, item: dict[str, Any], index: int, events: list[StreamEvent]) -> None:
        for word, name in (("text", "content"), ("summary", "summary")):
            parts = [text(table(part).get("text")) for part in items(item.get(name))]
            if any(parts) and self._thought_kinds.setdefault(index, word) == word:
                for place, said in enumerate(parts):
                    self._settle_thought((index, place), said, events)
        if self._is_first("reasoning", index):
            self._grow(len(text(item.get("encrypted_content"))))
            events.append(ReasoningDetailAdded(item))

    def _call(self, item: dict[str, Any], index: int, events: list[StreamEvent]) -> None:
        if self._is_first("call", index):
            call_id = text(item.get("call_id")) or text(item.get("id"))
            members = {name: value for name, value in item.items() if name not in _CALL}
            events += self._fed(index, call_id, text(item.get("name")), "", members)
            if text(item.get("arguments")) and index not in self._arguments:
                self._arguments[index] = []

    def _arguments_event(self, piece: dict[str, Any], step: str, events: list[StreamEvent]) -> None:
        index = self._index(piece)
        self._kinds.setdefault(index, "function_call")
        if step == "delta":
            said = text(piece.get("delta"))
            self._grow(len(said))
            self._arguments.setdefault(index, []).append(said)
        elif step == "done":
            self._settle_arguments(index, text(piece.get("arguments")), events)

    def _settle_arguments(self, index: int, said: str, events: list[StreamEvent]) -> None:
        """The arguments of a call are told once, when they are complete."""
        said = said or joined_arguments(self._arguments.get(index, []))
        if said and self._is_first("arguments", index):
            events += self._fed(index, "", "", said, {})

    def _fed(
        self, index: int, call_id: str, name: str, arguments: str, members: dict[str, Any]
    ) -> list[StreamEvent]:
        function = {"name": name, "arguments": arguments}
        entry = {**members, "index": index, "id": call_id, "function": function}
        return [*self._calls.feed({"tool_calls": [entry]})]

    def _is_first(self, what: str, index: int) -> bool:
        is_first = (what, index) not in self._settled
        self._settled.add((what, index))
        return is_first

    def _close(
        self,
        response: dict[str, Any],
        step: str,
        piece: dict[str, Any],
        events: list[StreamEvent],
    ) -> None:
        streamed = dict(self._kinds)
        for place, entry in enumerate(items(response.get("output"))):
            item = table(entry)
            index = self._matched(item, place, streamed)
            streamed.pop(index, None)
            self._item(item, index, events, is_done=True)
        events += [*self._cite(response), *self._cite(piece)]
        usage = self._tally.feed(response) or self._tally.feed(piece)
        if usage is not None:
            events.append(UsageReported(usage))
        status = text(response.get("status"))
        status = status or step
        self.is_over = True
        if status == "failed" or response.get("error"):
            said = response.get("error") or {"message": "the model stopped", "code": 500}
            extra = piece.get("error_type") or response.get("error_type")
            self.failure = self._failures.of_body({"error": said, "error_type": extra})
            return
        why = text(table(response.get("incomplete_details")).get("reason"))
        if status == "completed" and self._reached_limit(response):
            status, why = "incomplete", "length"
        ends = {"incomplete": why or "length", "completed": "stop", "done": "stop"}
        self._end_by(ends.get(status, status or "unknown"))
        if response.get("incomplete_details"):
            self._explain(response["incomplete_details"])

    def _reached_limit(self, response: dict[str, Any]) -> bool:
        """Whether an answer has as many tokens as it was allowed, whatever its status says."""
        most = positive(response.get("max_output_tokens"), self.limit)
        used = self._tally.reported.output_tokens
        return most is not None and used is not None and used >= most

    def _matched(self, item: dict[str, Any], place: int, streamed: dict[int, str]) -> int:
        """Which streamed item one of the final response is; ids and numbers may differ there."""
        kind = text(item.get("type"))
        index = self._indexes.get(text(item.get("id")))
        if index is not None and self._kinds.get(index, kind) == kind:
            return index
        if streamed.get(place) == kind:
            return place
        same = (index for index in sorted(streamed) if streamed[index] == kind)
        is_free = place not in self._kinds
        return next(same, place if is_free else max(self._kinds) + 1)

    def _flushed(self) -> Iterator[StreamEvent]:
        for index in list(self._arguments):
            events: list[StreamEvent] = []
            self._settle_arguments(index, "", events)
            yield from events
        yield from super()._flushed()
