"""The words a chunk shows, without drawing it: what a search looks through before anything is on
the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from app.render.blocks.remark import Remark
from app.render.blocks.summary import FOLDED
from app.render.blocks.table import Table
from app.render.characters import LINE, PARAGRAPH, shown
from app.render.node import Node, children
from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.table_cells import count_cells

# What only reading the Markdown tells: escapes, formulas, marks inside words, code by indent.
_HARD = re.compile(
    r"[\\<\[\t$]|&[#\w]|https?:|www\.|\w[*~`]+\w|``"
    r"|\A {4}|\n[ >]*\n[ >]* {6}|^[-=*_ ]+$",
    re.MULTILINE,
)
_CODE = re.compile(r"`([^`\n]+)`")
_HOLE = "\ufdd2"
"""Stands for code while marks are taken out: a noncharacter, which no honest text holds."""
_LINK = re.compile(r"(?<!!)\[([^\[\]\n`]*)\]\([^()\s<>]*(?: \"[^\"\n]*\")?\)")
_TASK = re.compile(r"^( *[-*+] +)\[[ xX]\] ", re.MULTILINE)
_DIVIDER = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?")
_IN_TABLE = re.compile(r"^[ >]*\|?[ \t]*:?-+:?[ \t]*\|", re.MULTILINE)
_PREFIX = re.compile(r" *((?:> ?)*) *(#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?")
_MARKS = re.compile(r"(?<![\w*_~])(\*{1,3}|_{1,3}|~~)(?=\S)|(?<=\S)(\*{1,3}|_{1,3}|~~)(?!\w)")


def projected(chunk: Chunk) -> str:
    """The text of a chunk as it is shown; formulas as their source."""
    if chunk.kind is Kind.FOLD and not chunk.source:
        return FOLDED
    if chunk.kind not in (Kind.TEXT, Kind.FOLD):
        return shown(chunk.source, is_code=chunk.kind is Kind.CODE).replace("\n", PARAGRAPH)
    source = chunk.source
    if "[" in source:
        source = _LINK.sub(r"\1", _TASK.sub(r"\1", source))
    bare = _CODE.sub(_HOLE, source) if "`" in source else source
    if "\\" in source or _HARD.search(bare) or not _is_even(bare):
        return _read(chunk)
    return _cells(chunk, source) if "|" in source else _unmarked(_words(source))


def _is_even(text: str) -> bool:
    """Whether there are as many marks that open as marks that close."""
    found = _MARKS.findall(text)
    return 2 * sum(bool(opening) for opening, _ in found) == len(found)


def _cells(chunk: Chunk, source: str) -> str:
    """The words of a table cell by cell; a stretch that goes on has no header."""
    header, _, rest = source.partition("\n")
    divider, _, rows = rest.partition("\n")
    if not _DIVIDER.fullmatch(divider):
        return _read(chunk) if _IN_TABLE.search(source) else _unmarked(_words(source))
    lines = rows.split("\n") if chunk.head else [header, *rows.split("\n")]
    columns = count_cells(divider)
    if any(count_cells(line) > columns for line in (header, *rows.split("\n"))):
        return _read(chunk)
    cells = [cell for line in lines for cell in line.strip().strip("|").split("|")[:columns]]
    return PARAGRAPH.join(_unmarked(cell.strip()) for cell in cells)


def _unmarked(text: str) -> str:
    """A text without the marks of emphasis and code; in code they are text."""
    text = shown(text)
    if "`" not in text:
        return _MARKS.sub("", text)
    codes = _CODE.findall(text)
    parts = _MARKS.sub("", _CODE.sub(_HOLE, text)).split(_HOLE)
    return "".join(part + code for part, code in zip_longest(parts, codes, fillvalue=""))


def _words(source: str) -> str:
    """The lines of paragraphs, lists and quotes without what stands before their first word."""
    parts: list[str] = []
    separator, was_quoted = "", False
    for line in source.split("\n"):
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
    return "".join(parts)


def shown_text(node: Node) -> str:
    """What a node and all inside it show, each paragraph and cell ended."""
    parts = [f"{passage}{PARAGRAPH}" for passage in node.passages()]
    return "".join([*parts, *map(shown_text, children(node))])


def _read(chunk: Chunk) -> str:
    from app.render.markdown.parser import parse

    text = ""
    for block in parse(chunk.source):
        if chunk.head and isinstance(block, Table):
            block = replace(block, header=())
        if not (chunk.head and isinstance(block, Remark)):
            text += shown_text(block)
    return text
