"""The pages an answer cites, wherever a provider lists them and whatever it calls the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from app.core.conversations.events import SourceAdded
from app.providers.transport.json_text import table, text

_LISTS = re.compile(
    r"citation|annotation|source|reference|grounding|footnote|search_?(result|info)|web_?search"
    r"|^links$",
    re.I,
)
_ADDRESSES = ("url", "uri", "link", "href")
_TITLES = ("title", "name")
_DEEPEST = 5
_MOST = 500
"""Entries of one list that are read."""
_LONGEST_NAME = 40


def tells_sources(holder: dict[str, Any]) -> bool:
    """Whether an object has a member that may list cited pages."""
    return any(_is_list_name(name) for name in holder if len(name) <= _LONGEST_NAME)


def sources_of(holder: dict[str, Any]) -> Iterator[SourceAdded]:
    """The pages that the members of an object cite, with or without titles."""
    for name, value in holder.items():
        if value and len(name) <= _LONGEST_NAME and _is_list_name(name):
            yield from _pages(value, _DEEPEST)


@lru_cache(maxsize=1024)
def _is_list_name(name: str) -> bool:
    return _LISTS.search(name) is not None


def _pages(value: Any, depth: int) -> Iterator[SourceAdded]:
    if type(value) is list:
        for entry in value[:_MOST]:
            if type(entry) is str:
                if _is_address(entry):
                    yield SourceAdded(entry, host_of(entry))
            elif depth:
                yield from _pages(entry, depth - 1)
        return
    entry = table(value)
    inner = table(entry.get("url_citation")) or entry
    url = next((found for name in _ADDRESSES if (found := text(inner.get(name)))), "")
    if not url and "://" in text(inner.get("source"))[:12]:
        url = inner["source"]
    if url:
        title = next((found for name in _TITLES if (found := text(inner.get(name)).strip())), "")
        yield SourceAdded(url, title or host_of(url))
    elif depth:
        for part in entry.values():
            if type(part) in (dict, list):
                yield from _pages(part, depth - 1)


def _is_address(entry: str) -> bool:
    return "." in entry and not any(letter.isspace() for letter in entry)


def host_of(url: str) -> str:
    """The host of an address, or the beginning of what should have been one."""
    try:
        return urlsplit(url).hostname or url[:60]
    except ValueError:
        return url[:60]
