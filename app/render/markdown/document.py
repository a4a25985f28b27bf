"""A whole answer as one tree, for those who do not draw it row by row: copies, exports, readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from app.render.characters import shown
from app.render.formulas.tex import LONGEST_FORMULA
from app.render.markdown.inline import whole
from app.render.markdown.parser import definitions, joined, parse
from app.render.node import N
from app.render.splitting.chunk import Chunk, Kind
from app.render.splitting.mended_markdown import mend
from app.render.splitting.splitter import split
from app.render.splitting.typed_splitter import typed_chunks
from app.render.tree import (
    Block,
    Code,
    Formula,
    Heading,
    Lines,
    Listing,
    Paragraph,
    Quote,
    Remark,
    Run,
    Summary,
    Table,
    Typed,
    mapped,
)

_BREAK = Run("\u2028")


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a finished answer; their `lines` count from its first line."""
    chunks = split(text)
    known: dict[str, Any] = {}
    for chunk in chunks:
        if chunk.kind is Kind.TEXT and "]:" in chunk.source:
            known = joined(known, definitions(chunk.source))
    found: list[Block] = []
    for chunk in chunks:
        add(found, [moved(block, chunk.line) for block in blocks_of(chunk, known)], chunk)
    return tuple(found)


def read_typed(text: str) -> tuple[Block, ...]:
    """The lines and the code of what a person typed."""
    found: list[Block] = []
    for chunk in typed_chunks(text):
        add(found, [moved(block, chunk.line) for block in blocks_of(chunk, {})], chunk)
    return tuple(found)


def add(found: list[Block], blocks: Sequence[Block], chunk: Chunk) -> None:
    """Adds what was read from a chunk; a block that goes on in it stays one block."""
    if chunk.is_continued and found and blocks:
        remarks: list[Block] = []
        while found and isinstance(found[-1], Remark):
            remarks.insert(0, found.pop())
        if found:
            found[-1:] = _merged(found[-1], blocks[0], chunk)
            blocks = blocks[1:]
        found.extend(remarks)
    found.extend(blocks)


@lru_cache(8)
def opening_of(source: str) -> Table | None:
    """The table that some Markdown has; kept, for each stretch of a long table asks for its
    first."""
    return next((block for block in parse(source) if isinstance(block, Table)), None)


def blocks_of(
    chunk: Chunk, references: Mapping[str, Any], *, is_open: bool = False
) -> tuple[Block, ...]:
    """The blocks of one chunk; one that is still growing is shown as it will be."""
    lines = (0, chunk.source.count("\n") + 1)
    if chunk.kind is Kind.CODE:
        return (Code(chunk.language, chunk.source, lines=lines),)
    if chunk.kind is Kind.PLAIN:
        return _typed(chunk.source)
    if chunk.kind is Kind.FOLD:
        return (_summary(chunk, references, lines, is_open=is_open),)
    if chunk.kind is Kind.FORMULA:
        tex = chunk.source.rstrip("\\$ ") if is_open else chunk.source
        if len(tex) <= LONGEST_FORMULA:
            return (Formula(shown(tex), is_open, lines=lines),)
        return parse(f"$$\n{chunk.source}\n$$")
    blocks = parse(mend(chunk.source) if is_open else chunk.source, references)
    if chunk.head:
        blocks = tuple(block for block in blocks if not isinstance(block, Remark))
    if chunk.number is not None and blocks and isinstance(first := blocks[0], Listing):
        blocks = (replace(first, start=chunk.number), *blocks[1:])
    if chunk.above and blocks:
        blocks = (_continued(blocks[0], chunk.above), *blocks[1:])
    if chunk.alert and blocks and isinstance(first := blocks[0], Quote):
        blocks = (replace(first, kind=chunk.alert), *blocks[1:])
    return blocks


def _typed(text: str) -> tuple[Block, ...]:
    found = []
    for at, line in enumerate(text.split("\n")):
        found.append(Typed((Run(shown(line)),) if line else (), lines=(at, at + 1)))
    return tuple(found)


def _summary(
    chunk: Chunk, references: Mapping[str, Any], lines: Lines, *, is_open: bool
) -> Summary:
    blocks = parse(mend(chunk.source) if is_open else chunk.source, references)
    first = blocks[0] if blocks else None
    if len(blocks) == 1 and isinstance(first, Paragraph | Heading):
        return Summary(first.runs, lines=lines)
    return Summary((Run(shown(chunk.source)),) if chunk.source else (), lines=lines)


def _continued(block: Block, depth: int) -> Block:
    """A list whose first entry goes on from before, so many lists deep."""
    if not isinstance(block, Listing) or not depth:
        return block
    first, *others = block.items
    inner = first.blocks
    if inner and isinstance(inner[0], Heading) and not inner[0].runs:
        inner = inner[1:]
    if inner:
        inner = (_continued(inner[0], depth - 1), *inner[1:])
    first = replace(first, blocks=inner, is_continued=True)
    return replace(block, items=(first, *others))


def _merged(last: Block, first: Block, chunk: Chunk) -> tuple[Block, ...]:
    lines = (last.lines[0], first.lines[1])
    match last, first:
        case Code(language, text), Code(_, more):
            joint = "" if chunk.is_joined else "\n"
            return (Code(language, f"{text}{joint}{more}", lines=lines),)
        case Table(header, alignments, rows), Table(_, _, more):
            return (Table(header, alignments, rows + more, lines=lines),)
        case Listing(items, start, is_tight), Listing(more, _, is_more_tight):
            if more[0].is_continued:
                inner = items[-1].blocks
                added = more[0].blocks
                if inner and added and _is_alike(inner[-1], added[0], chunk):
                    inner = (*inner[:-1], *_merged(inner[-1], added[0], chunk))
                    added = added[1:]
                whole_item = replace(items[-1], blocks=inner + added)
                items, more = (*items[:-1], whole_item), more[1:]
            return (Listing(items + more, start, is_tight and is_more_tight, lines=lines),)
        case Quote(blocks, kind), Quote(more):
            if blocks and more and chunk.is_joined:
                blocks = (*blocks[:-1], *_merged(blocks[-1], more[0], chunk))
                more = more[1:]
            return (Quote(blocks + more, kind, lines=lines),)
        case Typed(runs), Typed(more) if chunk.is_joined:
            return (Typed(whole((*runs, *more)), lines=lines),)
        case Paragraph(runs), Paragraph(more):
            space = Run(" " if _begins_with_space(chunk) else "")
            between = space if chunk.is_joined else _BREAK
            return (Paragraph(whole((*runs, between, *more)), lines=lines),)
    return (last, first)


def _begins_with_space(chunk: Chunk) -> bool:
    """Whether a space stands where a line goes on that was cut."""
    return chunk.original[:1] == " "


def _is_alike(last: Block, first: Block, chunk: Chunk) -> bool:
    """Whether two lists are one, or two paragraphs because a line was cut."""
    if isinstance(last, Paragraph) and isinstance(first, Paragraph):
        return chunk.is_joined
    if not isinstance(last, Listing) or not isinstance(first, Listing):
        return False
    return (last.start is None) is (first.start is None)


def moved(node: N, by: int) -> N:
    """A node so many lines further down in its source."""
    inside = mapped(node, lambda inner: moved(inner, by))
    return replace(inside, lines=(node.lines[0] + by, node.lines[1] + by))
