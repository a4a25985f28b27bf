"""Takes keys out of foreign text before anybody sees it, and makes it short."""

from __future__ import annotations

import re

DETAILS_LIMIT = 2048
"""Characters of a raw reply that are kept with an error."""
_HIDDEN = "[hidden]"
_PATTERNS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=\-]{4,}"), rf"\1 {_HIDDEN}"),
    (re.compile(r"\b(?:sk|pk|rk)-[\w\-]{6,}"), _HIDDEN),
    (re.compile(r"\b(?:AIza|gsk_|xai-|hf_|ghp_)[\w\-]{6,}"), _HIDDEN),
    (
        re.compile(r"(?i)([?&](?:api[_-]?key|key|token|access_token|secret)=)[^&\s\"'<>]+"),
        rf"\1{_HIDDEN}",
    ),
    (re.compile(r"(?i)((?:x-)?api[_-]?key[\"']?\s*[:=]\s*[\"']?)[\w.\-]{6,}"), rf"\1{_HIDDEN}"),
    (re.compile(r"(\w+://)[^\s/@:\"']*:[^\s/@\"']+@"), rf"\1{_HIDDEN}@"),
)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def redacted(text: str, key: str | None = None) -> str:
    """The text without the key and without anything that looks like one."""
    if key and len(key) >= 4:
        text = text.replace(key, _HIDDEN)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def details_of(text: str, key: str | None = None, *, limit: int = DETAILS_LIMIT) -> str:
    """A raw reply as it is kept with an error: redacted, printable, at most `limit` characters."""
    # Cut with room to spare first: the patterns need not read what nobody will see.
    shortened = redacted(text[: limit * 2], key)
    cleaned = _UNSEEN.sub("", shortened)
    return cleaned if len(cleaned) <= limit else f"{cleaned[: limit - 1]}…"


def sentence_of(text: str, key: str | None = None, *, limit: int = 300) -> str:
    """A provider's words for a sentence of ours: redacted, in one line, without full stop."""
    line = " ".join(details_of(text, key, limit=limit * 2).split())
    line = line if len(line) <= limit else f"{line[: limit - 1]}…"
    return line.rstrip(". ")
