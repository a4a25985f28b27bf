"""Characters that would deceive, hide or break: made harmless for show and for copying."""

from __future__ import annotations

import re

PARAGRAPH = "\u2029"
"""Between paragraphs, lines of code and cells, as QTextDocument has it."""
LINE = "\u2028"
"""A line break inside a paragraph."""

HIGHEST_STACK = 16
"""Marks on one letter that are drawn; a layout takes long over thousands."""
LONGEST_CHAIN = 10
"""Signs joined to one picture; the longest emoji has seven. More are drawn apart: no font knows
them, and to ask each for every sign takes long."""

_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_HIDDEN = re.compile(
    f"({_FLAG})|[\U000e0000-\U000e007f\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u180e]+"
)
_HIDDEN_START = re.compile(
    "[\U000e0000-\U000e007f\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u180e]"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]")
_OVERRIDE = re.compile("([\u202a-\u202e])(\\1{7,})?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
_STACK = re.compile(f"({_MARK}{{{HIGHEST_STACK}}}){_MARK}+")
_CHAIN = re.compile(f"(?:[^\\s\u200d]\u200d){{{LONGEST_CHAIN},}}")
_LONE = re.compile("[\ud800-\udfff]")

_CITED = "\ue200[^\ue200\ue201\r\n]{0,1000}"
_COMMAND = "\x1b\\[[0-?]{0,64}[ -/]{0,8}"
_WIDE_COMMAND = "\x9b[0-?]{1,64}[ -/]{0,8}"
_STRING = "\x1b[\\]PX^_][^\x07\x1b\x9c\r\n]{0,2000}"
_UNSHOWN = re.compile(
    f"{_COMMAND}[@-~]|{_WIDE_COMMAND}[@-~]|{_STRING}(?:\x07|\x9c|\x1b\\\\)"
    "|\x1b(?:[\\[\\]PX^_]|[78=>cDEHMNOZ]| [FGLMN]|[#%()*+./-][0-~])"
    f"|{_CITED}\ue201|[\ue203\ue204]"
)
"""What is written for other programs and stands for nothing: how a terminal shall look (colours,
titles, links) and the marks of a model's own citations. Of a command that is broken off its
beginning."""
_HALF = re.compile(f"(?:{_COMMAND}|{_WIDE_COMMAND}|{_STRING}\x1b?|{_CITED})\\Z")
_HELD = re.compile(f"(?:{_HALF.pattern}|\x1b[ #%()*+./-]?\\Z|\x9b\\Z)")
_UNSHOWN_START = re.compile("[\x1b\x9b\ue200\ue203\ue204]")


class Cleaner:
    """Turns streamed pieces into sound text: one newline style, halves of a pair rejoined, lone
    ones U+FFFD; without what is written for terminals.

    Pieces may end inside a pair or a command, or between CR and LF; what is held back comes with
    the next piece or `rest`.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """The text that is certain after this piece."""
        text = self._held + piece
        self._held = ""
        if _UNSHOWN_START.search(text) and (half := _HELD.search(text)):
            self._held = half[0]
            text = text[: half.start()]
        elif text and (text[-1] == "\r" or "\ud800" <= text[-1] <= "\udbff"):
            self._held = text[-1]
            text = text[:-1]
        return _sound(text)

    def rest(self) -> str:
        """What was held back, when nothing follows."""
        text, self._held = self._held, ""
        return sound(text)


def sound(text: str) -> str:
    """Newlines as LF, surrogate pairs joined, lone halves U+FFFD, nothing that is written for
    terminals."""
    return _sound(unsigned(text))


def _sound(text: str) -> str:
    """The same of a text that may go on."""
    if _UNSHOWN_START.search(text):
        text = _UNSHOWN.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() and _LONE.search(text):
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _LONE.sub("\ufffd", joined)
    return text


def shown(text: str, *, is_code: bool = False) -> str:
    """Text as it may be drawn: controls as their pictures, hidden runs and direction overrides as
    labels.

    In code every direction mark is labelled; in prose only overrides, for the marks are legal in
    right-to-left text.
    """
    text = unsigned(text)
    if text.isascii():
        return _CONTROL.sub(_picture, text) if _CONTROL.search(text) else text
    text = _CONTROL.sub(_picture, text)
    text = _DIRECTION.sub(_code_point, text) if is_code else _OVERRIDE.sub(_overrides, text)
    if _HIDDEN_START.search(text):
        text = _HIDDEN.sub(_hidden, text)
    if "\u200d" in text:
        text = _CHAIN.sub(_unjoined, text)
    return _STACK.sub(_stack, text) if _STACK.search(text) else text


def copied(text: str, *, is_code: bool = False) -> str:
    """Text as it may go to the clipboard: no controls but tab and newline; code also without
    direction marks."""
    text = _CONTROL.sub("", unsigned(text))
    if text.isascii():
        return text
    if is_code:
        text = _DIRECTION.sub("", text)
    return _HIDDEN.sub(lambda match: match[1] or "", text)


def unsigned(text: str) -> str:
    """A text without what is written for terminals and without marks of citations."""
    return _UNSHOWN.sub("", _HALF.sub("", text)) if _UNSHOWN_START.search(text) else text


def hidden_count(text: str) -> int:
    """How many characters a reader cannot see: tags, zero-width marks, direction controls,
    controls."""
    count = sum(len(m[0]) for m in _HIDDEN.finditer(text) if not m[1])
    return count + len(_DIRECTION.findall(text)) + len(_CONTROL.findall(text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


def _overrides(match: re.Match[str]) -> str:
    count = f", {len(match[0])} times" if match[2] else ""
    return f"[U+{ord(match[1]):04X}{count}]"


def _unjoined(match: re.Match[str]) -> str:
    return match[0].replace("\u200d", "")


def _stack(match: re.Match[str]) -> str:
    return f"{match[1]}[{len(match[0]) - HIGHEST_STACK} more marks]"


def _hidden(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    count = len(match[0])
    return f"[{count} hidden character{'s' if count > 1 else ''}]" if count > 2 else ""
