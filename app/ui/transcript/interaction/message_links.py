"""The links of a message, by their words: what a list offers to those who use no pointer."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby
from operator import attrgetter

from app.core.conversations.conversation import Message
from app.render.markdown.links import is_openable
from app.render.tree import Run

MOST = 100
"""Links that are listed."""


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An address that may be opened, and the words it stands behind."""

    words: str
    url: str


def links_of(message: Message, text: str) -> list[NamedLink]:
    """The links in the text of a message and the pages it cites, each address once."""
    from app.render.markdown.document import read

    found: dict[str, str] = {}
    _gather(read(text), found)
    for source in message.sources:
        if is_openable(source.url):
            found.setdefault(source.url, source.title)
    return [NamedLink(" ".join(words.split()), url) for url, words in found.items()][:MOST]


def _gather(node: object, found: dict[str, str]) -> None:
    """Whatever a block is made of; a link whose words are set in several ways is one."""
    if isinstance(node, tuple) and node and isinstance(node[0], Run):
        for link, runs in groupby(node, key=attrgetter("link")):
            if link:
                found.setdefault(link, "".join(run.text for run in runs))
    elif isinstance(node, tuple):
        for inner in node:
            _gather(inner, found)
    elif is_dataclass(node):
        for field in fields(node):
            _gather(getattr(node, field.name), found)
