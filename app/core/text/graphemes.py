"""Where a text may be cut: never inside what is read as one letter."""

from __future__ import annotations

from unicodedata import category

_JOINER = "\u200d"


def cut_at_letter(text: str, most: int) -> str:
    """At most so many characters of a text; marks, flags and joined emoji stay whole."""
    if len(text) <= most:
        return text
    end = most
    while end and _is_inside(text, end):
        end -= 1
    return text[: end or most]


def _is_inside(text: str, at: int) -> bool:
    """Whether a place is inside of a letter: the usual rules of Unicode, but for scripts whose
    syllables are written with a sign between their letters."""
    before, after = text[at - 1], text[at]
    if after.isascii():
        return before == "\r" and after == "\n"
    if after in (_JOINER, "\u200c") or category(after)[0] == "M":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if before == _JOINER:
        return True
    if _is_half_flag(after) and _is_half_flag(before):
        first = at
        while first and _is_half_flag(text[first - 1]):
            first -= 1
        return (at - first) % 2 == 1
    is_syllable = "\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3"
    return is_syllable and "\u1160" <= after <= "\u11ff"


def _is_half_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
