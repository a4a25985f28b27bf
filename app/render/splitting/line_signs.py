"""Signs at the beginning of lines that both the splitter and the reader know. Pure, and light."""

from __future__ import annotations

import re
from html import unescape

from app.render.characters import shown

NOTE = re.compile(r"\[\^([^\s\[\]^]{1,40})\]:[ \t]*")
"""The beginning of a footnote's definition."""
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*$", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LANGUAGE = re.compile(r"[^\s{:,=]+")


def language_of(info: str) -> str:
    """The language a fence names: its first word, without what is tied to it."""
    match = _LANGUAGE.match(_ESCAPED.sub(r"\1", unescape(info)).strip())
    return shown(match[0][:40]) if match else ""


def indent_of(line: str) -> int:
    """The columns before the first character of a line; a tab goes to the next multiple of four."""
    if line[:1] not in (" ", "\t"):
        return 0
    bare = line.lstrip(" \t")
    wide = len(line) - len(bare)
    return len(line[:wide].expandtabs(4)) if "\t" in line else wide


def alert_of(line: str) -> str:
    """The kind of alert that the first line of a quote makes of it; empty for an ordinary quote."""
    match = _ALERT.match(line)
    return match[1].lower() if match else ""
