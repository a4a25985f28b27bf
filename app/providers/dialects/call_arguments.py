"""The arguments of one tool call, joined from pieces that are what is new or the whole so far."""

from __future__ import annotations

import re

from app.providers.transport.json_text import DamagedError, read_json

_IN_TEXT = re.compile(r'["\\]')
_OUTSIDE = re.compile(r'["{}\[\]]')
_EMPTY = ("", "{}", "null")
"""What stands for arguments that are still to come."""
_MOST_VALUES = 64
"""Whole values of one call, after which what comes is only joined."""
_SHORT = 1_000


class CallArguments:
    """Feed it each piece once. Every letter is read once, whatever a server sends.

    A second whole value takes the place of the first: servers send `{}` before the arguments, or
    all of them once more at the end, or the whole so far with every piece.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._fresh: list[str] = []
        self._depth = 0
        self._is_text = False
        self._is_escaped = False
        self._last = ""
        self._is_chain = True
        self.is_broken = False
        self._values = 0
        self._glued = ""
        self._next: CallArguments | None = None
        self.is_whole = False

    @property
    def text(self) -> str:
        """The arguments so far."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said that could not stand for arguments to come."""
        return self._length < 16 and "".join(self.text.split()) in _EMPTY

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said at all."""
        return self._next is None and not self.text.strip()

    @property
    def is_complete(self) -> bool:
        """Whether the arguments can be read and no other value has begun after them."""
        if self._next is not None:
            return self.is_whole and not self.is_empty and self.text.startswith(self._next.text)
        if self.is_whole or self._length > _SHORT:
            return self.is_whole
        return bool(self.text.strip()) and _is_json(self.text)

    def add(self, piece: str) -> tuple[str, bool]:
        """Takes in a piece; what to append, or with True what to put in place of all before it."""
        self._fresh.clear()
        is_replaced = False
        while piece:
            if self.is_broken:
                self._append(piece)
                break
            if not self.is_whole:
                if self._length < 16 and self.text.strip() == "null" and piece.lstrip()[:1] == "{":
                    self._replace("")
                    is_replaced = True
                piece, is_again = self.grow(piece)
                is_replaced = is_replaced or is_again
                continue
            if self._next is None:
                piece = piece.lstrip()
                self._next = CallArguments() if piece else None
                self._values += 1
                continue
            piece, _ = self._next.grow(piece)
            if self._next.is_whole or self._next.is_broken:
                is_replaced = self._settle() or is_replaced
        return (self.text, True) if is_replaced else ("".join(self._fresh), False)

    def finish(self) -> tuple[str, bool]:
        """What a value that began and never ended adds; as `add`."""
        self._fresh.clear()
        begun, self._next = self._next, None
        if begun is None or not begun.text.strip():
            return "", False
        if self.is_empty:
            self._replace(begun.text)
            self.is_whole = False
            return self.text, True
        if self.text.startswith(begun.text):
            return "", False
        is_replaced = self._glue(begun.text)
        return (self.text, True) if is_replaced else ("".join(self._fresh), False)

    def _settle(self) -> bool:
        """The next value has ended: whether it takes the place of the one before."""
        following, self._next = self._next, None
        if following is None or following.is_empty or following.text == self.text:
            return False
        if following.is_broken or self._values >= _MOST_VALUES:
            return self._glue(following.text)
        self._replace(following.text)
        self.is_whole = True
        return True

    def _glue(self, rest: str) -> bool:
        """Joins what is no value of its own; whether that changes what was said before."""
        joined, self._glued = self._glued + rest, ""
        if len(joined) > len(rest) and _is_json(joined):
            # `{"a":` and `{"a":1}` and `}` were one object inside of another.
            self._replace(joined)
            self.is_whole = True
            return True
        self._append(rest)
        self.is_broken = True
        self.is_whole = False
        return False

    def grow(self, piece: str) -> tuple[str, bool]:
        """Takes in a piece up to the end of the value.

        Gives what stands behind it, and whether the piece was the whole so far.
        """
        is_longer = len(piece) > len(self._last)
        self._is_chain = self._is_chain and is_longer and piece.startswith(self._last)
        is_second, self._last = bool(self._last), piece
        is_object = is_second and piece.lstrip()[:1] == "{"
        if is_object and (self._is_chain or self._begins(piece)) and _is_json(piece):
            self._glued = self.text + piece
            self._replace(piece)
            self.is_whole = True
            return "", True
        end, is_closed = self._scan(piece)
        self._append(piece[:end])
        if is_closed:
            self.is_whole = _is_json(self.text)
            self.is_broken = not self.is_whole
        return piece[end:], False

    def _begins(self, piece: str) -> bool:
        """Whether a piece begins with everything that was said."""
        return 1 < self._length < len(piece) and piece.startswith(self.text)

    def _scan(self, piece: str) -> tuple[int, bool]:
        """How much of a piece belongs to the value, and whether the value ends there."""
        place = 1 if self._is_escaped else 0
        self._is_escaped = False
        while True:
            mark = (_IN_TEXT if self._is_text else _OUTSIDE).search(piece, place)
            if mark is None:
                return len(piece), False
            place = mark.end()
            if mark[0] == '"':
                self._is_text = not self._is_text
            elif mark[0] == "\\":
                self._is_escaped = place == len(piece)
                place += 1
            elif mark[0] in "{[":
                self._depth += 1
            else:
                self._depth -= 1
                if self._depth <= 0:
                    return place, True

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._fresh.append(piece)
        self._length += len(piece)

    def _replace(self, text: str) -> None:
        self._pieces = [text] if text else []
        self._length = len(text)
        self._depth = 0
        self._is_text = self._is_escaped = False


def joined_arguments(pieces: list[str]) -> str:
    """The arguments that came in these pieces."""
    subject = CallArguments()
    for piece in pieces:
        subject.add(piece)
    subject.finish()
    return subject.text


def _is_json(text: str) -> bool:
    try:
        read_json(text)
    except DamagedError:
        return False
    return True
