"""The words a chunk shows, without drawing it: what a search looks through before anything is on
the screen."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

from app.render.characters import shown
from app.render.chunk import Chunk, Kind
from app.render.tree import Code, Formula, Remark, Run

PARAGRAPH = "\u2029"
"""Between paragraphs, lines of code and cells, as QTextDocument has it."""
LINE = "\u2028"
"""A line break inside a paragraph."""

# What only reading the Markdown tells: links, escapes, tables, formulas, marks inside words.
_HARD = re.compile(
    r"[\\<\[|$]|&[#\w]|https?:|www\.|\w[*_~`]+\w|`[^`\n]*[*_~][^`\n]*`|``|^ {4}|^\t|^[-=*_ ]+$",
    re.MULTILINE,
)
_PREFIX = re.compile(r" *((?:> ?)*) *(#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?")
_MARKS = re.compile(
    r"(?<![\w*_~])(?:\*{1,3}|_{1,3}|~~|`)(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|~~|`)(?!\w)"
)


def projected(chunk: Chunk) -> str:
    """The text of a chunk as it is shown; formulas as their source."""
    if chunk.kind is not Kind.TEXT:
        return shown(chunk.source, is_code=chunk.kind is Kind.CODE).replace("\n", PARAGRAPH)
    if _HARD.search(chunk.source):
        return _read(chunk)
    parts: list[str] = []
    separator, was_quoted = "", False
    for line in chunk.source.split("\n"):
        prefix = _PREFIX.match(line)
        assert prefix is not None
        words = line[prefix.end() :].rstrip()
        if not words:
            separator = PARAGRAPH
            continue
        is_quoted = bool(prefix[1])
        is_first = bool(prefix[2]) or (is_quoted and not was_quoted)
        parts.append(PARAGRAPH if is_first else separator)
        parts.append(words)
        separator = PARAGRAPH if "#" in prefix[0] else LINE
        was_quoted = is_quoted
    return _MARKS.sub("", shown("".join(parts)))


def _read(chunk: Chunk) -> str:
    from app.render.markdown import parse

    parts: list[str] = []
    for block in parse(chunk.source):
        if not (chunk.head and isinstance(block, Remark)):
            _gather(block, parts)
    return "".join(parts)


def _gather(node: object, parts: list[str]) -> None:
    """Whatever a block is made of: its runs in order, each paragraph and cell ended."""
    if isinstance(node, Run):
        parts.append(node.text)
    elif isinstance(node, Code | Formula | Remark):
        parts += [shown(node.text, is_code=isinstance(node, Code)).replace("\n", PARAGRAPH)]
        parts.append(PARAGRAPH)
    elif isinstance(node, tuple):
        for inner in node:
            _gather(inner, parts)
        if node and isinstance(node[0], Run):
            parts.append(PARAGRAPH)
    elif is_dataclass(node):
        for field in fields(node):
            _gather(getattr(node, field.name), parts)
