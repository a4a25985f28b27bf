"""Members of an answer that nothing here reads, kept because its provider may ask them back."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

_DEEPEST = 16
_MOST = 256 * 1024
"""Letters that the members of one answer may have together."""


class KeptMembers:
    """The members of one object that comes in pieces: texts and lists grow, tables are merged."""

    def __init__(self) -> None:
        self._members: dict[str, Any] = {}
        self._size = 0
        self.has_dropped = False

    @property
    def members(self) -> dict[str, Any]:
        """Everything that was kept, as it came."""
        return self._members

    def add(self, piece: dict[str, Any], known: Container[str]) -> None:
        """Keeps what a piece has beside the members that are known; nothing of what is empty."""
        for name, value in piece.items():
            if name in known or value is None or value in ("", [], {}):
                continue
            size = _size_of(value)
            if size is None or self._size + size + len(name) > _MOST:
                self.has_dropped = True
                continue
            self._size += size + len(name)
            self._members[name] = _merged(self._members.get(name), value)


def _size_of(value: Any) -> int | None:
    """About how many letters a value has; None for one that is nested too deep."""
    size = 0
    level = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for item in level:
            size += 8
            if type(item) is str:
                size += len(item)
            elif type(item) is dict:
                size += sum(map(len, item))
                below.extend(item.values())
            elif type(item) is list:
                below.extend(item)
        if not below:
            return size
        level = below
    return None


def _merged(known: Any, new: Any) -> Any:
    """What came before with what came now; what is the whole so far takes its place."""
    if known is None or known == new:
        return new
    if type(known) is dict and type(new) is dict:
        return {**known, **{name: _merged(known.get(name), value) for name, value in new.items()}}
    if type(known) is str and type(new) is str:
        return new if new.startswith(known) else known + new
    if type(known) is list and type(new) is list:
        return new if new[: len(known)] == known else known + new
    return new


def with_members(own: dict[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """An object with what was kept of it; what stands in it already is not changed."""
    found = {**kept, **own}
    for name, value in own.items():
        inner = kept.get(name)
        if type(value) is dict and type(inner) is dict:
            found[name] = {**inner, **value}
    return found
