"""What is copied: whole messages by their source, parts of one by cutting its tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.core.conversations.conversation import Role
from app.render.blocks.typed import joined_lines, typed_text
from app.render.characters import copied
from app.render.output.clean import clean, clean_code, unlabelled
from app.render.output.cut import cut_runs, kept
from app.render.output.markdown_writer import markdown_of
from app.render.output.reading_text import text_of
from app.render.splitting.chunk import Chunk, Kind
from app.render.tree import (
    Block,
    Code,
    Heading,
    Node,
    Paragraph,
    Summary,
    Table,
    Typed,
    children,
)
from app.ui.transcript.blocks.block_item import BlockItem, Selection
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.blocks.text import TextItem
from app.ui.transcript.interaction.clipboard import Flavours, flavours_of
from app.ui.transcript.interaction.selection import Place, TextSelection, stretch_of
from app.ui.transcript.layout.flow import flow
from app.ui.transcript.layout.lazy_layouts import LazyLayouts
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.rows import ChunkRow
from app.ui.transcript.table.item import TableItem

MOST_READ = 150_000
"""Characters that are read for formatting; more are copied as the Markdown they are."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What was copied: in its flavours, and how many characters nobody sees were left out."""

    flavours: Flavours
    hidden: int = 0
    is_long: bool = False
    """Whether it was too long to be formatted."""


def message_copy(layout: MessageLayout) -> Copy:
    """A whole message."""
    return _copy([_Whole(message_source(layout), layout.is_typed)])


def selection_copy(
    selection: TextSelection, layouts: Sequence[MessageLayout], most: int = MOST_READ
) -> Copy | None:
    """What is selected, or None; over `most` characters of a message or several as Markdown."""
    if selection.is_empty:
        return None
    first, last = selection.span()
    if first.layout == last.layout and not _is_whole(first, last, first.layout, layouts):
        return _part_copy(first, last, layouts[first.layout], most)
    parts: list[_Whole | _Part] = []
    for index in range(first.layout, min(last.layout, len(layouts) - 1) + 1):
        if _is_whole(first, last, index, layouts):
            parts.append(_source_at(layouts, index))
        else:
            parts.append(_part(first, last, index, layouts[index]))
    return _copy(parts, most)


def code_copy(layout: MessageLayout, rows: Iterable[int], item: CodeItem) -> Copy:
    """A block of code: exact, but for characters that deceive."""
    text = code_source(layout, rows, item)
    code = clean_code((Code(item.language, text),))
    flavours = replace(flavours_of(code), plain=plain_code(code))
    return Copy(flavours, len(text) - len(flavours.plain))


def code_source(layout: MessageLayout, rows: Iterable[int], item: CodeItem) -> str:
    """The code of a block that may go on in further rows, as it came."""
    text = item.source
    for row in list(rows)[1:]:
        chunk = layout.rows[row].chunk
        text += ("" if chunk.is_joined else "\n") + chunk.source
    return text


def plain_code(blocks: Sequence[Block]) -> str:
    """The text of one block of code."""
    (code,) = blocks
    assert isinstance(code, Code)
    return code.text


def table_copy(table: Table) -> Copy:
    """A table."""
    return Copy(flavours_of((table,)))


def whole_table(layout: MessageLayout, rows: Iterable[int], item: TableItem) -> Table:
    """A table that may go on in further rows."""
    table = item.table
    for row in list(rows)[1:]:
        for block in _tree(layout, layout.rows[row]):
            if isinstance(block, Table):
                table = replace(table, rows=table.rows + block.rows)
    return table


def message_source(layout: MessageLayout) -> str:
    """The Markdown of a message, with what has come of a running answer."""
    return layout.text_so_far if layout.is_built else layout.message.text


# --- putting together

END_OF_PART = "</details>"


@dataclass(frozen=True, slots=True)
class _Whole:
    """A message, by its source; what was typed is copied letter for letter."""

    source: str
    is_typed: bool


@dataclass(frozen=True, slots=True)
class _Part:
    blocks: tuple[Block, ...]
    markdown: str
    hidden: int = 0
    is_typed: bool = False


def _copy(parts: Sequence[_Whole | _Part], most: int = MOST_READ) -> Copy:
    """Messages one after another, whole or cut already."""
    cleaned = [clean(p.source if isinstance(p, _Whole) else p.markdown) for p in parts]
    hidden = 0
    for part, text in zip(parts, cleaned, strict=True):
        source = part.source if isinstance(part, _Whole) else part.markdown
        hidden += len(source) - len(text) + (part.hidden if isinstance(part, _Part) else 0)
    if len(parts) == 1 and parts[0].is_typed:
        markdown = cleaned[0]
    else:
        written = [text for text in cleaned if text and not text.isspace()]
        markdown = "\n\n".join(text.strip("\n") for text in written)
    if len(markdown) > most:
        return Copy(Flavours(markdown), hidden, is_long=True)
    blocks: list[Block] = []
    plain: list[str] = []
    for part, text in zip(parts, cleaned, strict=True):
        mine = _blocks(part, text)
        blocks += mine
        plain.append(text if part.is_typed else text_of(mine))
    flavours = flavours_of(blocks, markdown)
    if any(part.is_typed for part in parts):
        flavours = replace(flavours, plain="\n\n".join(text for text in plain if text))
    return Copy(flavours, hidden)


def _blocks(part: _Whole | _Part, text: str) -> Sequence[Block]:
    from app.render.markdown.document import read, read_typed

    if isinstance(part, _Part):
        return part.blocks
    return joined_lines(clean_code(read_typed(text))) if part.is_typed else clean_code(read(text))


def _part_copy(first: Place, last: Place, layout: MessageLayout, most: int) -> Copy | None:
    if sum(len(row.chunk.source) for row in layout.rows[first.row : last.row + 1]) > most:
        part = _part(first, last, first.layout, layout, is_read=False)
        return Copy(Flavours(part.markdown), part.hidden, is_long=True)
    part = _part(first, last, first.layout, layout)
    blocks, markdown = part.blocks, part.markdown
    if _is_one_block(layout, first, last):
        while len(blocks) == 1 and (inner := _inside(blocks[0])):
            blocks, markdown = inner, ""
    if not blocks:
        return None
    flavours = flavours_of(blocks, markdown)
    if len(blocks) == 1 and isinstance(blocks[0], Code):
        flavours = replace(flavours, plain=blocks[0].text)
    elif part.is_typed:
        flavours = replace(flavours, plain=markdown)
    return Copy(flavours, part.hidden)


def _is_one_block(layout: MessageLayout, first: Place, last: Place) -> bool:
    """Whether both ends lie in one paragraph, entry or block of code."""
    items = layout.rows[first.row].items if first.row < len(layout.rows) else None
    if first[1:3] != last[1:3] or not items or first.item >= len(items):
        return False
    item = items[first.item]
    if not isinstance(item, TextItem):
        return True
    end = min(last.position, item.last_position())
    return item.document.findBlock(first.position) == item.document.findBlock(end)


def _inside(node: Node) -> tuple[Block, ...]:
    """What is in a list or quote that holds one thing."""
    inner = children(node)
    if len(inner) != 1:
        return ()
    return inner if isinstance(inner[0], Block) else _inside(inner[0])


def _part(
    first: Place, last: Place, index: int, layout: MessageLayout, *, is_read: bool = True
) -> _Part:
    """The selected part of one message; without reading it only its Markdown."""
    from app.render.markdown.document import add

    layout.build()
    start = first.row if index == first.layout else 0
    stop = min(last.row, len(layout.rows) - 1) if index == last.layout else len(layout.rows) - 1
    blocks: list[Block] = []
    sources: list[str] = []
    hidden = opened = 0
    for unit in _units(layout, start, stop):
        found: list[Block] = []
        is_whole = _is_unit(layout, unit)
        chunk = layout.rows[unit[0]].chunk
        is_here = is_read or first.row in unit or last.row in unit
        if chunk.is_end and opened:
            sources.append(chunk.original)
            opened -= 1
        for row_index in unit:
            row = layout.rows[row_index]
            stretches = None
            if row_index in (first.row, last.row):
                stretches = _stretches(layout, row, first, last, Place(index, row_index))
            if stretches is None:
                hidden += len(row.chunk.source) - len(_clean_chunk(row.chunk).source)
                if is_here:
                    add(found, _tree(layout, row), row.chunk)
            else:
                is_whole = False
                add(found, _cut(layout, row, stretches), row.chunk)
        blocks += found
        # A part of which nothing but the title is copied is not opened: it would have no end.
        is_opened = chunk.kind is Kind.FOLD and is_whole and unit[-1] < stop
        opened += is_opened
        if found or (not is_here and not chunk.is_end):
            is_source = is_opened or (is_whole and chunk.kind is not Kind.FOLD)
            if is_source:
                sources.append(_source(layout, unit))
            else:
                sources.append(typed_text(found) if layout.is_typed else markdown_of(found))
    if layout.is_typed:
        return _Part(tuple(joined_lines(blocks)), "\n".join(sources), hidden, is_typed=True)
    sources += [END_OF_PART] * opened
    return _Part(tuple(blocks), "\n\n".join(part.strip("\n") for part in sources), hidden)


def _units(layout: MessageLayout, start: int, stop: int) -> list[list[int]]:
    """Rows in groups that are one block each."""
    units: list[list[int]] = []
    for index in range(start, stop + 1):
        if units and layout.rows[index].chunk.is_continued:
            units[-1].append(index)
        else:
            units.append([index])
    return units


def _is_unit(layout: MessageLayout, unit: Sequence[int]) -> bool:
    """Whether a group has all rows of its block."""
    following = unit[-1] + 1
    is_cut = following < len(layout.rows) and layout.rows[following].chunk.is_continued
    return not is_cut and not layout.rows[unit[0]].chunk.is_continued


def _source(layout: MessageLayout, unit: Sequence[int]) -> str:
    text = ""
    for index in unit:
        chunk = layout.rows[index].chunk
        part = chunk.original or chunk.source
        if index != unit[0]:
            if chunk.head:
                part = part.split("\n", 2)[-1]
            text += "" if chunk.is_joined else "\n"
        text += part
    return clean(text)


# --- cutting


def _clean_chunk(chunk: Chunk) -> Chunk:
    safe = copied(chunk.source, is_code=True) if chunk.kind is Kind.CODE else clean(chunk.source)
    return chunk if safe == chunk.source else replace(chunk, source=safe)


def _tree(layout: MessageLayout, row: ChunkRow) -> tuple[Block, ...]:
    from app.render.markdown.document import blocks_of

    chunk = _clean_chunk(row.chunk)
    return clean_code(blocks_of(chunk, layout.references, is_open=row.is_open))


def _stretches(
    layout: MessageLayout, row: ChunkRow, first: Place, last: Place, here: Place
) -> dict[int, Selection] | None:
    """Piece → what is selected of it; None when that is all of the row."""
    if row.items is None:
        row.measure(layout.text_width or 600, layout.style, layout.references)
        row.invalidate()
    items = row.items or []
    found: dict[int, Selection] = {}
    is_whole = True
    for number, item in enumerate(items):
        stretch = stretch_of(first, last, here._replace(item=number))
        if stretch is None:
            is_whole = False
            continue
        end = item.last_position()
        found[number] = (min(stretch[0], end), min(stretch[1], end))
        is_whole = is_whole and stretch[0] <= 0 and stretch[1] >= end
    return None if is_whole else found


def _cut(
    layout: MessageLayout, row: ChunkRow, stretches: dict[int, Selection]
) -> tuple[Block, ...]:
    from app.render.markdown.document import blocks_of

    chunk = row.chunk
    tree = blocks_of(chunk, layout.references, is_open=row.is_open)
    leaves = flow(tree, is_continued=chunk.is_continued)
    left: dict[int, Block] = {}
    at = 0
    for number, item in enumerate(row.items or ()):
        mine = leaves[at : at + item.leaf_count]
        at += item.leaf_count
        if number in stretches:
            left |= _left(item, mine, *stretches[number], is_dirty=_is_dirty(chunk))
    return clean_code(kept(tree, left) or tuple(left.values()))


def _is_dirty(chunk: Chunk) -> bool:
    return chunk.kind is not Kind.CODE and _clean_chunk(chunk) is not chunk


def _left(
    item: BlockItem, leaves: Sequence[Leaf], first: int, last: int, *, is_dirty: bool
) -> dict[int, Block]:
    """What a stretch leaves of the leaves of a block, by their id."""
    if isinstance(item, TextItem):
        return _left_of_text(item, leaves, first, last, is_dirty=is_dirty)
    rest = item.cut(leaves[0].block, first, last) if leaves else None
    return {id(leaves[0].block): rest} if rest is not None else {}


def _left_of_text(
    item: TextItem, leaves: Sequence[Leaf], first: int, last: int, *, is_dirty: bool
) -> dict[int, Block]:
    found: dict[int, Block] = {}
    at = item.document.findBlock(first)
    while at.isValid() and at.position() <= last and at.blockNumber() < len(leaves):
        block = leaves[at.blockNumber()].block
        start, stop = first - at.position(), last - at.position()
        is_whole = start <= 0 and stop >= at.length() - 1
        if isinstance(block, Paragraph | Heading | Summary | Typed):
            runs = cut_runs(block.runs, max(0, start), stop, at.text())
            if is_dirty:
                runs = unlabelled(runs)
            if is_whole and not is_dirty:
                found[id(block)] = block
            elif runs or isinstance(block, Typed):
                is_kind = is_whole or isinstance(block, Typed)
                found[id(block)] = replace(block, runs=runs) if is_kind else Paragraph(runs)
        elif stop > start:
            found[id(block)] = block
        at = at.next()
    return found


def _source_at(layouts: Sequence[MessageLayout], index: int) -> _Whole:
    """A message, without laying out one that was never looked at."""
    if isinstance(layouts, LazyLayouts):
        message, layout = layouts.peek(index)
        if layout is None:
            return _Whole(message.text, message.role is Role.USER)
    layout = layouts[index]
    return _Whole(message_source(layout), layout.is_typed)


def _is_whole(first: Place, last: Place, index: int, layouts: Sequence[MessageLayout]) -> bool:
    """Whether all of a message is selected."""
    from_start = index > first.layout or first[1:] == (0, 0, 0)
    return from_start and (index < last.layout or _is_end(last, layouts[index]))


def _is_end(place: Place, layout: MessageLayout) -> bool:
    if not layout.is_built:
        return place.row > 0 and place.item > 0
    if place.row >= len(layout.rows):
        return True
    if place.row < len(layout.rows) - 1:
        return False
    items = layout.rows[-1].items
    if not items:
        return False
    return place.item >= len(items) - 1 and place.position >= items[-1].last_position()
