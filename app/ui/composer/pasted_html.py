"""The words of HTML on the clipboard: nothing of it is laid out, loaded or run."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

MOST = 500_000
"""Characters of HTML that are read; of more only the tags are taken out."""

_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = frozenset(("head", "style", "script", "template", "title"))
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_APART = frozenset(
    ["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"]
)


def words_of(html: str) -> str:
    """What a reader sees of it, in lines; cells with tabs between."""
    if len(html) > MOST:
        return unescape(_TAG.sub(" ", html)).strip()
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip("\n ")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("td", "th") and not self._is_at_start():
            self.parts.append("\t")
        elif tag in _BLOCKS:
            self._end_line(tag)
        if tag == "li":
            self.parts.append("- ")
        self._kept += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self._end_line(tag)
        self._kept = max(0, self._kept - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if not self._kept:
            data = re.sub(r"[ \t\r\n\f]+", " ", data)
            if self._is_at_start() or self.parts[-1][-1:] in " \t":
                data = data.lstrip(" ")
        if data:
            self.parts.append(data)

    def _end_line(self, tag: str) -> None:
        while self.parts and not self._kept and self.parts[-1] == " ":
            self.parts.pop()
        if not self._is_at_start():
            self.parts.append("\n")
        if tag in _APART and self.parts and not self.parts[-1].endswith("\n\n"):
            self.parts.append("\n")

    def _is_at_start(self) -> bool:
        return not self.parts or self.parts[-1].endswith("\n")
