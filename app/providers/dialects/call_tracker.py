"""Tells which fragment belongs to which tool call, however a server numbers them."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from app.core.conversations.events import ToolCallAdded
from app.providers.dialects.call_arguments import CallArguments
from app.providers.dialects.kept_members import KeptMembers
from app.providers.transport.json_text import integer, items, table, text

_CALL_MEMBERS = ("index", "id", "type", "function", "name", "arguments")
_FUNCTION_MEMBERS = ("name", "arguments")


@dataclass
class _Call:
    key: int
    call_id: str = ""
    name: str = ""
    arguments: CallArguments = field(default_factory=CallArguments)
    kept: KeptMembers = field(default_factory=KeptMembers)

    @property
    def is_complete(self) -> bool:
        return self.arguments.is_complete


class CallTracker:
    """Gives every call one key. Calls with the same index but another id are different calls."""

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._by_index: dict[int, _Call] = {}
        self._fresh: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._calls)

    def feed(self, delta: dict[str, Any]) -> list[ToolCallAdded]:
        """The events of the `tool_calls` (or the old `function_call`) of one delta."""
        self._fresh.clear()
        events = [self._add(table(entry)) for entry in items(delta.get("tool_calls"))]
        old = table(delta.get("function_call"))
        if text(old.get("name")) or text(old.get("arguments")):
            events.append(self._add({"index": 0, "function": old}))
        return [event for event in events if event is not None]

    def finish(self) -> list[ToolCallAdded]:
        """What calls lack at the end: an id of their own, and `{}` for no arguments."""
        events = []
        for call in self._calls:
            missing_id = "" if call.call_id else f"call_{uuid.uuid4().hex[:24]}"
            call.call_id = call.call_id or missing_id
            rest, is_all = call.arguments.finish()
            if rest or is_all:
                events.append(ToolCallAdded(call.key, "", "", rest, replaces=is_all))
            missing = "" if call.arguments.text.strip() else "{}"
            if missing_id or missing:
                events.append(ToolCallAdded(call.key, missing_id, "", missing))
        return events

    @property
    def kept(self) -> dict[str, dict[str, Any]]:
        """By the ids of calls, their members that nothing here reads."""
        return {call.call_id: call.kept.members for call in self._calls if call.kept.members}

    @property
    def has_dropped(self) -> bool:
        """Whether members of a call were too large to keep."""
        return any(call.kept.has_dropped for call in self._calls)

    @property
    def are_whole(self) -> bool:
        """Whether there are calls and the arguments of each can be read."""
        return all(call.is_complete or call.arguments.is_blank for call in self._calls)

    def _add(self, entry: dict[str, Any]) -> ToolCallAdded | None:
        function = table(entry.get("function")) or entry
        call_id, name = text(entry.get("id")), text(function.get("name"))
        arguments = _arguments(function.get("arguments"))
        index = integer(entry.get("index"))
        if not (call_id or name or arguments) and index is None:
            return None
        call = self._call(index, call_id, name, arguments)
        self._fresh.add(call.key)
        new_id = call_id if not call.call_id else ""
        call.call_id = call.call_id or call_id
        new_name = "" if name == call.name else name
        call.name += new_name
        call.kept.add(entry, _CALL_MEMBERS)
        inner = KeptMembers()
        inner.add(table(entry.get("function")), _FUNCTION_MEMBERS)
        call.kept.add({"function": inner.members}, ())
        said, is_all = call.arguments.add(arguments)
        return ToolCallAdded(call.key, new_id, new_name, said, replaces=is_all)

    def _call(self, index: int | None, call_id: str, name: str, arguments: str) -> _Call:
        known = self._by_index.get(index) if index is not None else None
        if index is None:
            known = next(
                (call for call in self._calls if call_id and call.call_id == call_id), None
            )
            if known is None and not call_id and self._calls and not self._is_next(name):
                known = self._calls[-1]
        elif known is not None and call_id and known.call_id and call_id != known.call_id:
            same = (call for call in self._calls if call.call_id == call_id)
            known = next(same, None)
        elif known is not None and not call_id and name and known.name and known.is_complete:
            known = known if self._is_repeated(known, name, arguments) else None
        if known is None:
            known = _Call(len(self._calls))
            self._calls.append(known)
        if index is not None:
            self._by_index[index] = known
        return known

    def _is_repeated(self, known: _Call, name: str, arguments: str) -> bool:
        """Whether a call is told once more, in a later piece, now with its arguments."""
        is_same = known.arguments.is_empty or known.arguments.text == arguments
        return name == known.name and is_same and known.key not in self._fresh

    def _is_next(self, name: str) -> bool:
        last = self._calls[-1]
        return bool(name) and bool(last.name) and last.is_complete


def _arguments(value: Any) -> str:
    if type(value) in (dict, list):
        return json.dumps(value, ensure_ascii=False)
    return text(value)
