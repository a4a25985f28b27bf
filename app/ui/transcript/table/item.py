"""A table: as wide as it needs, moved sideways when that is more than the column, with its
buttons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout

from app.render.output.cut import cut_runs
from app.render.tree import Block, Paragraph, Table
from app.ui.transcript.blocks.block_item import (
    BAR,
    BlockItem,
    Canvas,
    HitRegion,
    RowContext,
    Selection,
)
from app.ui.transcript.blocks.formula_object import FormulaDocument
from app.ui.transcript.blocks.leaf import Leaf
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.inline_scroll_bar import BAR_ROOM, bar_region, paint_bar
from app.ui.transcript.painting.lines import draw_bar
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.column_widths import fitted
from app.ui.transcript.table.document import is_mirrored, table_document
from app.ui.transcript.table.frame import Frame
from app.ui.transcript.table.layout import Cells, table_layout_of
from app.ui.transcript.table.shared_header import SharedHeader, SharedHeaders

STRIP = 18
"""Height of the strip below that holds the buttons, px."""
BUTTON = 20
FAR = 1 << 24
"""More than any table can be moved, px."""


class TableItem(BlockItem):
    """A table, or a stretch of a long one: `head` is its first stretch, with the header, `source`
    the Markdown of that; `is_continued` has no header, `is_cut` no end."""

    draws = Table
    above = 10
    is_framed = True
    has_pinned = True

    def __init__(
        self,
        style: Style,
        leaf: Leaf,
        *,
        is_continued: bool = False,
        is_cut: bool = False,
        head: Table | None = None,
        source: str = "",
        headers: SharedHeaders | None = None,
        colour: str = "text",
    ) -> None:
        super().__init__(style, leaf)
        table = leaf.block
        assert isinstance(table, Table)
        self.table = table
        self.is_continued = is_continued
        self.is_cut = is_cut
        self.state: BlockState = BlockState()
        if is_continued:
            self.gap = 0
        self._colour = colour
        self._ground = "bubble" if colour == "bubble" else "background"
        self._head, self._source = head or table, source
        self._headers = headers if headers is not None else SharedHeaders()
        self._is_long = head is not None
        self.is_mirrored = is_mirrored(self._head)
        self.document: FormulaDocument = table_document(
            table,
            style,
            is_continued=is_continued,
            is_mirrored=self.is_mirrored,
            colour=colour,
        )
        self.table_layout = table_layout_of(self.document)
        self._shared_header: SharedHeader | None = None
        self._widths: list[int] = []
        self._width = self._full_width = 0

    @classmethod
    def of(cls, leaf: Leaf, row: RowContext) -> TableItem:
        """The table of a leaf, or the stretch of it that its row is."""
        return cls(
            row.style,
            leaf,
            is_continued=bool(row.chunk.head),
            is_cut=row.chunk.is_cut,
            head=row.head,
            source=row.chunk.head,
            headers=row.headers,
            colour=row.colour,
        )

    def take_state(self, state: BlockState, part: int) -> None:
        """Goes on with what the reader did to the table before; `part` tells its rows apart."""
        if self.is_mirrored and not state.rooms:
            state.scroll = FAR
        super().take_state(state, part)

    # --- size

    def layout(self, width: int) -> None:
        """Fits the columns, or gives each what it needs and lets the table be moved."""
        self._full_width = width
        self._width = width - self.indent
        if self.document.outlines and self.document.textWidth() != self._width:
            self.document.setTextWidth(self._width)  # formulas shrink to it
            self.table_layout.set_free()
            self._shared_header = None
        if self._shared_header is None:
            self._shared_header = self._shared_header_now()
        needs = self._shared_header.needs
        around = self.table_layout.around * self.table_layout.columns + 1
        widths = fitted(needs, self._width - around, is_long=self._is_long)
        if widths != self._widths:
            self._widths = widths
            self.table_layout.place(widths, is_continued=self.is_continued)
        room = max(0, self.table_layout.width - self._width)
        self.state.set_room(self.part, room, width, self.style.zoom)
        self.height = self.table_layout.height + self._below
        cells = sum(need.natural for need in needs) + around
        buttons = 0.0 if self.is_cut else self._buttons()[-1].rect.right() - self.indent
        self.natural_width = max(cells, buttons) + self.indent

    def _shared_header_now(self) -> SharedHeader:
        """What all stretches of the table share."""
        if not self.is_continued:
            return SharedHeader(self._head, self.style, self.document, colour=self._colour)
        found = self._headers.header_of(self._source, self._head, self.style, colour=self._colour)
        if found.is_waiting:
            self.document.is_waiting = True  # its columns are not as wide as they will be
        return found

    @property
    def _below(self) -> int:
        if self.is_cut:
            return 0
        return self.style.px(STRIP) + (BAR_ROOM - 3 if self.state.room else 0)

    @property
    def scroll(self) -> int:
        """How far it is moved sideways, px."""
        return self.state.offset

    @property
    def _box(self) -> tuple[int, int]:
        """(left, width) of what is seen of the table, px."""
        wide = min(self.table_layout.width, self._width)
        return (self._width - wide if self.is_mirrored else self.indent), wide

    def origin(self) -> QPointF:
        """Moved by the sideways scroll; a table from the right stands at the right."""
        return QPointF(self._box[0] - self.scroll, 0)

    def reveal(self, first: int, last: int) -> bool:
        """Moves sideways until a stretch is in view; the height stays."""
        place = self.table_layout.blockBoundingRect(self.document.findBlock(first))
        if place.right() > self.scroll + self._width:
            self.state.scroll = round(min(place.left(), place.right() - self._width + 8))
        if place.left() < self.scroll:
            self.state.scroll = max(0, round(place.left()) - 8)
        return False

    # --- drawing

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """The cells, and what stands below them."""
        self._paint_bars(canvas, x, y)
        left, wide = self._box
        frame = Frame(x + left, y, wide, self.table_layout.height, ground=self._ground)
        frame.is_open_above, frame.is_open_below = self.is_continued, self.is_cut
        painter = canvas.painter
        if not self.is_continued:
            frame.fill(canvas, self.table_layout.tops[1])
        painter.save()
        painter.setClipRect(QRectF(x + left, y, wide, self.table_layout.height))
        painter.translate(x + left - self.scroll, y)
        top = max(0, canvas.top - y)
        bottom = min(self.table_layout.height, canvas.bottom - y)
        clip = QRectF(self.scroll, top, wide, bottom - top)
        looks, chosen = self._marks(canvas, clip), None
        if selection:
            chosen = self.cells_between(*selection)
            if chosen[:2] == chosen[2:] and not self._is_beyond(*selection):
                for cell, ranges in self.table_layout.ranges(
                    *selection, self.style.selection_format
                ).items():
                    looks.setdefault(cell, []).extend(ranges)
                chosen = None
        self.table_layout.paint(painter, clip, looks, chosen, self._ground)
        painter.restore()
        room = self.state.room
        frame.paint(canvas, fade_left=self.scroll > 0, fade_right=self.scroll < room)
        if self.is_cut:
            return
        paint_bar(canvas, bar_region(self._bar_place(), self.state), x, y)
        if canvas.is_active:
            self._paint_buttons(canvas, x, y)

    def _paint_bars(self, canvas: Canvas, x: int, y: int) -> None:
        if not self.is_mirrored:
            self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
            return
        for place, name in self.bars:
            left = x + self._full_width - self.style.px(place) - BAR
            rect = QRectF(left, y - self.gap, BAR, self.height + self.gap)
            draw_bar(canvas.painter, rect, canvas.line(name))

    def _marks(self, canvas: Canvas, clip: QRectF) -> dict[int, list[QTextLayout.FormatRange]]:
        """What a search found, by cell."""
        found: dict[int, list[QTextLayout.FormatRange]] = {}
        table_layout, style = self.table_layout, self.style
        marks = canvas.marks.get(self, ()) if canvas.marks else ()
        if not marks or not table_layout.rows:
            return found
        begin = table_layout.start(table_layout.row_at(clip.top()), 0)
        end = table_layout.end(table_layout.row_at(clip.bottom()), table_layout.columns - 1)
        for mark in marks:
            if mark.first <= end and mark.last >= begin:
                look = style.found_now_format if mark.is_current else style.found_format
                for cell, ranges in table_layout.ranges(mark.first, mark.last, look).items():
                    found.setdefault(cell, []).extend(ranges)
        return found

    def paint_pinned(self, canvas: Canvas, x: int, y: int) -> None:
        """The header stays at the top of the view while rows of the table are below it."""
        if y >= canvas.top and not self.is_continued:
            return
        assert self._shared_header is not None
        header = self._shared_header.header(self._widths)
        tall = header.height
        is_over = y + self.table_layout.height - canvas.top < tall + self.style.px(20)
        if y >= canvas.top + tall or (is_over and not self.is_cut):
            return
        left, wide = self._box
        frame = Frame(x + left, canvas.top, wide, tall, ground=self._ground)
        frame.is_open_above = frame.is_open_below = True
        painter = canvas.painter
        painter.fillRect(frame.rect, self.style.colour(self._ground))
        frame.fill(canvas, tall)
        painter.save()
        painter.setClipRect(frame.rect)
        painter.translate(x + left - self.scroll, canvas.top)
        header.paint(painter, QRectF(self.scroll, 0, wide, tall), {}, None, self._ground)
        painter.restore()
        frame.paint(canvas, fade_left=self.scroll > 0, fade_right=self.scroll < self.state.room)

    def _paint_buttons(self, canvas: Canvas, x: int, y: int) -> None:
        painter, style = canvas.painter, self.style
        painter.setFont(style.small_font)
        for region in self._buttons():
            rect = region.rect.translated(x, y)
            painter.setPen(style.colour("text" if canvas.is_under(rect) else "muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, region.title)

    # --- what can be clicked

    def regions(self) -> list[HitRegion]:
        """Copy and save below the table, and its scroll bar."""
        if self.is_cut:
            return []
        return [*self._buttons(), *bar_region(self._bar_place(), self.state)]

    def _buttons(self) -> list[HitRegion]:
        metrics = QFontMetricsF(self.style.small_font)
        top, height = self.height - self.style.px(STRIP) + 1, self.style.px(BUTTON)
        air, between = self.style.px(10), self.style.px(4)
        titles = {"table.copy": self.state.note or "Copy table", "table.save": "Save as CSV…"}
        widths = [metrics.horizontalAdvance(title) + air for title in titles.values()]
        left, wide = self._box
        at = left - air / 2
        if self.is_mirrored:
            at = max(-air / 2, left + wide + air / 2 - sum(widths) - between)
        found = []
        for (command, title), width in zip(titles.items(), widths, strict=True):
            rect = QRectF(at, top, width, height)
            found.append(HitRegion(rect, command, "", title, is_action=True))
            at += width + between
        return found

    @property
    def bar_width(self) -> float:
        """The length in which the thumb of the scroll bar moves, px."""
        return self._bar_place().width()

    def _bar_place(self) -> QRectF:
        return QRectF(self._box[0], self.table_layout.height - 2, self._box[1], BAR_ROOM)

    # --- what is selected

    def cells_between(self, first: int, last: int) -> Cells:
        """The cells in a stretch; whole rows where it goes beyond the table."""
        table_layout = self.table_layout
        start, stop = table_layout.cell_at(max(0, first)), table_layout.cell_at(max(0, last))
        if start is None or stop is None:
            top = start[0] if start else 0 if first <= 1 else table_layout.rows - 1
            bottom = stop[0] if stop else 0 if last <= 0 else table_layout.rows - 1
            return Cells(top, 0, bottom, table_layout.columns - 1)
        left, right = sorted((start[1], stop[1]))
        return Cells(start[0], left, stop[0], right)

    def _is_beyond(self, first: int, last: int) -> bool:
        """Whether a stretch goes on before or behind the table."""
        return (
            self.table_layout.cell_at(max(0, first)) is None
            or self.table_layout.cell_at(last) is None
        )

    def cut(self, block: Block, first: int, last: int) -> Table | Paragraph | None:
        """What a stretch leaves of the table: some cells, or the words of one."""
        top, left, bottom, right = self.cells_between(first, last)
        rows = self.table.rows if self.is_continued else (self.table.header, *self.table.rows)
        if not rows:
            return None
        if (top, left) == (bottom, right):
            at = self.table_layout.start(top, left)
            runs = rows[top][left] if left < len(rows[top]) else ()
            text = self.document.findBlock(at).text()
            runs = cut_runs(runs, max(0, first - at), last - at, text)
            return Paragraph(runs) if runs else None
        if (
            top == 0
            and left == 0
            and bottom == len(rows) - 1
            and right == self.table_layout.columns - 1
        ):
            return self.table
        picked = [row[left : right + 1] for row in rows[top : bottom + 1]]
        sides = self.table.alignments[left : right + 1]
        return Table(picked[0], sides, tuple(picked[1:]))
