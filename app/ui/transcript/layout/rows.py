"""Rows of a message: one for each chunk, made into blocks when it is first seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from app.render.splitting.chunk import Chunk, Kind
from app.render.tree import Code
from app.ui.transcript.blocks.block_item import (
    BlockItem,
    BlockPlace,
    Canvas,
    HitRegion,
    RowContext,
    Selection,
)
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.blocks.leaf import GAP, Leaf
from app.ui.transcript.layout.block_factory import items_of
from app.ui.transcript.layout.block_state import FOLDED_LINES, RowStates
from app.ui.transcript.layout.flow import flow, indent_inside
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.shared_header import SharedHeaders


class ChunkRow:
    """One chunk of a message. `width` is that for which it was laid out, 0 before it was and when
    it has to be again. `headers` are those of the message's tables."""

    def __init__(
        self,
        chunk: Chunk,
        *,
        is_open: bool = False,
        colour: str = "text",
        headers: SharedHeaders | None = None,
    ) -> None:
        self.chunk = chunk
        self._headers = headers if headers is not None else SharedHeaders()
        self.is_open = is_open
        self.colour = colour
        self.items: list[BlockItem] | None = None
        self._old: list[BlockItem] = []
        self.width = 0
        self.is_first = False
        self.states = RowStates()
        self.part = 0
        self.owner: ChunkRow | None = None
        """The title of the foldable part it stands in."""
        self.is_ended = False
        """Whether the part ends of which it is the title."""

    def guess(self, width: int, style: Style) -> int:
        """A likely height, without looking closely, px."""
        source = self.chunk.source
        lines = source.count("\n") + 1
        if self.is_hidden:
            return 0
        if self.chunk.kind is Kind.CODE:
            if self.states.at(0).is_folded:
                lines = min(lines, FOLDED_LINES) + 1
            return lines * style.code_line_height + (0 if self.chunk.is_continued else 60)
        across = max(20, width // max(1, style.px(7)))
        if source.startswith("|"):
            return lines * style.px(36)
        return max(lines, len(source) // across + 1) * style.line_height + GAP

    @property
    def is_hidden(self) -> bool:
        """Whether it goes on with code that is folded, or stands in a part that is."""
        if self.owner is not None and (self.owner.is_shut or self.owner.is_hidden):
            return True
        chunk = self.chunk
        return chunk.kind is Kind.CODE and chunk.is_continued and self.states.at(0).is_folded

    @property
    def is_shut(self) -> bool:
        """Whether it is the title of a part that is folded. What was seen growing stays open."""
        if self.states.is_shut is not None:
            return self.states.is_shut
        is_closed = self.is_ended and not self.chunk.is_unfolded
        return self.chunk.kind is Kind.FOLD and is_closed and not self.states.is_live

    def take_states(self, states: RowStates, part: int, *, is_live: bool) -> None:
        """Goes on with what the reader did to its blocks; `part` counts the rows of one block."""
        self.states, self.part = states, part
        states.is_live = states.is_live or is_live
        if self.chunk.kind is Kind.CODE:
            lines = states.at(0).lines
            for later in [known for known in lines if known > part]:
                del lines[later]
            lines[part] = self.chunk.source.count("\n") + 1 - int(self.chunk.is_joined)

    def change(self, chunk: Chunk, *, is_open: bool) -> None:
        """The open chunk has grown or is complete."""
        old, self.chunk = self.chunk, chunk
        was_open, self.is_open = self.is_open, is_open
        if self.items is None or (old == chunk and was_open == is_open):
            return
        if old == chunk and chunk.kind is Kind.CODE and not is_open and was_open:
            pass
        elif old == chunk and chunk.kind is not Kind.TEXT:
            return
        self.invalidate()
        item = self.items[0] if self.items else None
        if (
            chunk.kind is Kind.CODE
            and old.kind is Kind.CODE
            and old.language == chunk.language
            and isinstance(item, CodeItem)
            and item.grow(chunk.source, is_cut=chunk.is_cut, is_complete=not is_open)
        ):
            return
        self._old, self.items = self.items, None

    def invalidate(self) -> None:
        """It is laid out anew when it is seen next."""
        self.width = 0

    def release(self) -> None:
        """Lets go of the documents; the height stays as a guess."""
        self.items, self._old = None, []
        self.invalidate()

    @property
    def is_waiting(self) -> bool:
        """Whether some of its formulas are not drawn yet."""
        documents = (item.document for item in self.items or ())
        return any(document is not None and document.is_waiting for document in documents)

    def measure(self, width: int, style: Style, references: Mapping[str, Any]) -> int:
        """Makes the blocks if need be and settles them for a width; gives the height, px."""
        if self.is_hidden:
            self.items, self.width = None, width
            return 0
        if self.items is None:
            self.items = self._made(style, references)
            self._give_states()
            if self.is_first and self.items:
                self.items[0].gap = 0
        height = 0
        for item in self.items:
            item.layout(width)
            height += item.gap + item.height
        self.width = width
        return height

    def _made(self, style: Style, references: Mapping[str, Any]) -> list[BlockItem]:
        chunk = self.chunk
        if chunk.kind is Kind.CODE:
            code = Code(chunk.language, chunk.source)
            leaf = Leaf(code, indent_inside(chunk.inside), CodeItem.above)
            is_continued, is_cut = chunk.is_continued, chunk.is_cut
            return [CodeItem(style, leaf, is_continued=is_continued, is_cut=is_cut)]
        from app.render.markdown.document import blocks_of, opening_of

        blocks = blocks_of(chunk, references, is_open=self.is_open)
        leaves = flow(blocks, is_continued=chunk.is_continued, inside=chunk.inside)
        head = None
        if chunk.head or (chunk.is_cut and chunk.source.lstrip().startswith("|")):
            head = opening_of(chunk.head or chunk.source)
        row = RowContext(style, self.colour, chunk, head, self._headers, lambda: self.is_shut)
        items = items_of(leaves, row, old=self._old, is_open=self.is_open)
        self._old = []
        if chunk.is_continued and items:
            items[0].gap = 0
        return items

    def _give_states(self) -> None:
        movable = [item for item in self.items or () if item.state is not None]
        movable.sort(key=lambda item: item.comes_late)
        for ordinal, item in enumerate(movable):
            item.take_state(self.states.at(ordinal), self.part)

    def natural_width(self) -> float:
        """What the widest block would like to have, px."""
        return max((item.natural_width for item in self.items or ()), default=0)

    @property
    def is_stretched(self) -> bool:
        """Whether something in it takes all the width there is."""
        return any(item.is_stretched for item in self.items or ())

    def paint(
        self, canvas: Canvas, x: int, y: int, selections: Mapping[int, Selection] | None
    ) -> None:
        """Draws the visible blocks."""
        for index, item in enumerate(self.items or ()):
            y += item.gap
            if y < canvas.bottom and y + item.height > canvas.top:
                # Lines under links come out otherwise with it: not one way in a picture of the row
                # and another way below what left it on.
                canvas.painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                item.paint(canvas, x, y, selections.get(index) if selections else None)
            y += item.height

    def paint_pinned(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws what stays at the top of the view while the rest of the row goes by."""
        for item in self.items or ():
            y += item.gap
            if item.has_pinned and y + item.height > canvas.top:
                item.paint_pinned(canvas, x, y)
            y += item.height

    def item_at(self, y: float) -> tuple[int, float]:
        """The block nearest to a height, and that height inside it."""
        items = self.items or []
        for index, item in enumerate(items):
            if y < item.gap + item.height or index == len(items) - 1:
                return index, y - item.gap
            y -= item.gap + item.height
        return 0, 0.0

    def item_top(self, index: int) -> int:
        """Where a block begins, px."""
        items = self.items or []
        return sum(item.gap + item.height for item in items[:index]) + items[index].gap

    def position_at(self, x: float, y: float, *, is_exact: bool = False) -> tuple[int, int]:
        """(block, position in its document) nearest to a place; -1 when exact and nothing is
        there."""
        index, inner = self.item_at(y)
        if not self.items or self.items[index].document is None:
            return index, -1 if is_exact else 0
        item = self.items[index]
        document = item.document
        assert document is not None
        point = QPointF(x, inner) - item.origin()
        accuracy = Qt.HitTestAccuracy.ExactHit if is_exact else Qt.HitTestAccuracy.FuzzyHit
        position = document.documentLayout().hitTest(point, accuracy)
        return index, position if is_exact else max(0, position)

    def link_at(self, x: float, y: float) -> tuple[str, str]:
        """(address, tool tip) under a place; both may be empty."""
        index, inner = self.item_at(y)
        if not self.items or (document := self.items[index].document) is None:
            return "", ""
        point = QPointF(x, inner) - self.items[index].origin()
        layout = document.documentLayout()
        return layout.anchorAt(point), layout.formatAt(point).toCharFormat().toolTip()

    def regions(self, x: float, y: float, row: int) -> list[HitRegion]:
        """What can be clicked, where the row begins at a place and is one of several."""
        found: list[HitRegion] = []
        for number, item in enumerate(self.items or ()):
            y += item.gap
            place = BlockPlace(row, number)
            found += [region.moved(x, y, place) for region in item.regions()]
            y += item.height
        return found
