"""Characters nobody sees but a model reads: found, counted and taken out.

Emoji flags (a black flag with tag letters), joiners between letters and emoji, and ideographs with
a variation selector stay: they are how people write.
"""

from __future__ import annotations

import re

_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,8}\U000e007f"
_IDEOGRAPH = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\U000e0100-\U000e01ef]"
_LEGAL = re.compile(f"{_FLAG}|{_IDEOGRAPH}")
_COUNTED = (
    "[\U000e0000-\U000e007f\U000e0100-\U000e01ef"
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f\u3164\uffa0\u115f\u1160"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_BLANK = "[\u200b\u2060-\u2064\ufeff\u180e]"
_BLANK_RUN = "[\u200b-\u200d\u2060-\u2064\ufeff\u180e]{8,}"
_HIDDEN = re.compile(f"{_BLANK_RUN}|{_COUNTED}+")
_SUSPECT = re.compile(f"[{_COUNTED[1:-1]}{_BLANK[1:-1]}]")
_TAKEN_OUT = re.compile(f"({_FLAG}|{_IDEOGRAPH})|{_BLANK_RUN}|{_COUNTED}|{_BLANK}")


def hidden_count(text: str) -> int:
    """How many characters of a text carry something that is not shown.

    Single zero-width spaces and marks carry nothing and are not counted; a run of eight can.
    """
    if not _SUSPECT.search(text):
        return 0
    return sum(len(found.group()) for found in _HIDDEN.finditer(_LEGAL.sub("", text)))


def without_hidden(text: str) -> str:
    """The text without its hidden characters; zero-width marks go with them when there were any."""
    if not hidden_count(text):
        return text
    return _TAKEN_OUT.sub(lambda found: found.group(1) or "", text)
