"""Parts what a model writes into channels (`<|channel|>analysis<|message|>…<|end|>`)."""

from __future__ import annotations

import re

_MARK = re.compile(r"<\|(start|channel|message|end|return|call|constrain)\|>")
_STARTS = ("<|channel|>", "<|start|>")
_LONGEST_MARK = len("<|constrain|>")
_LONGEST_HEAD = 200
"""Letters that may stand between the marks of a head; more is no head."""
_THOUGHTS = ("analysis", "thought", "thinking", "reasoning")
_SAID = ("final",)


def may_begin(text: str) -> bool:
    """Whether a text could become one that is written into channels."""
    return any(start.startswith(text) or text.startswith(start) for start in _STARTS)


def begins(text: str) -> bool:
    """Whether a text is written into channels."""
    return text.startswith(_STARTS)


class ChannelSplitter:
    """Splits the pieces of such an answer, cut anywhere, into thoughts and what is said.

    What a channel is called tells which; heads and marks are shown of neither. A head that is too
    long is no head: from there on all is text.
    """

    def __init__(self) -> None:
        self._held = ""
        self._is_head = False
        self._is_thought = False
        self._head = ""
        self._is_new = False
        self._begun: set[bool] = set()

    def feed(self, piece: str) -> list[tuple[bool, str]]:
        """The texts of one piece, each with whether it is a thought."""
        text, self._held = self._held + piece, ""
        found: list[tuple[bool, str]] = []
        place = 0
        for mark in _MARK.finditer(text):
            self._take(text[place : mark.start()], found)
            place = mark.end()
            self._note(mark[1])
        rest = text[place:]
        keep = rest.rfind("<", max(0, len(rest) - _LONGEST_MARK + 1))
        if keep >= 0 and _may_be_mark(rest[keep:]):
            rest, self._held = rest[:keep], rest[keep:]
        self._take(rest, found)
        return found

    def flush(self) -> list[tuple[bool, str]]:
        """What was held back, at the end of the answer."""
        found: list[tuple[bool, str]] = []
        held, self._held = self._held, ""
        self._take(held, found)
        if self._is_head and self._head.strip() not in ("", "assistant", *_THOUGHTS, *_SAID):
            found.append((False, self._head))
        return found

    def _note(self, mark: str) -> None:
        if mark == "message":
            # `commentary to=functions.f` heads a call; without a receiver it is for the reader.
            channel = self._head.partition("<")[0].split()
            is_call = any(word.startswith("to=") for word in channel)
            self._is_thought = bool(channel) and (channel[0] in _THOUGHTS or is_call)
            self._is_head = False
            self._is_new = True
            self._head = ""
        elif mark == "constrain":
            self._head += " "
        else:
            # What stands behind an end without a head of its own is said.
            self._is_head = mark in ("start", "channel")
            self._is_thought = False
            self._is_new = True
            self._head = ""

    def _take(self, text: str, found: list[tuple[bool, str]]) -> None:
        if not text:
            return
        if self._is_head:
            self._head += text
            if len(self._head) > _LONGEST_HEAD or self._is_between():
                found.append((False, self._head))
                self._head = ""
                self._is_head = False
                self._is_thought = False
            return
        if self._is_new:
            text = text.lstrip("\n")
            if not text:
                return
            self._is_new = False
            text = f"\n\n{text}" if self._is_thought in self._begun else text
            self._begun.add(self._is_thought)
        found.append((self._is_thought, text))

    def _is_between(self) -> bool:
        """Whether what stands where a head should be is text: it has a second line."""
        return "\n" in self._head.strip()


def _may_be_mark(rest: str) -> bool:
    names = ("start", "channel", "message", "end", "return", "call", "constrain")
    return any(f"<|{name}|>".startswith(rest) for name in names)
