"""A table: as wide as it needs, moved sideways when that is more than the column, with its
buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextDocument, QTextLength, QTextTable

from app.render.cut import cut_runs
from app.render.tree import Paragraph, Table, plain
from app.ui.transcript.block_state import BlockState
from app.ui.transcript.documents import column_shares, table_document
from app.ui.transcript.flow import Leaf
from app.ui.transcript.pieces import Canvas, Piece, Region, Selection
from app.ui.transcript.scroll_bar import BAR_ROOM, bar_region, paint_bar
from app.ui.transcript.style import Style

CELL_PADDING = 7
STRIP = 23
"""Height of the strip below that holds the buttons, px."""
NARROW, COMFORTABLE = 16, 30
"""Characters of a cell that stand side by side in a table that fits, and in one that does not."""
LONGEST_NAME = 30
"""Characters of a word in the header that are never broken."""
KEPT_NEEDS = 32
SAMPLE = 50
"""Rows that are looked at to find a column's width."""


class TablePiece(Piece):
    """A table, or a stretch of a long one: `head` is its first stretch, with the header."""

    def __init__(
        self,
        leaf: Leaf,
        table: Table,
        style: Style,
        *,
        is_continued: bool = False,
        head: Table | None = None,
    ) -> None:
        super().__init__(style, leaf)
        self.table = table
        self.is_continued = is_continued
        self.is_cut = False
        self.part = 0
        self.state = BlockState()
        if is_continued:
            self.gap = 0
        self._head = head or table
        is_fixed = head is not None or len(table.header) > 8
        needs = _needs(self._head, style)
        self._shares = needs.shares if is_fixed else None
        self._least, self._widths = needs.least, needs.widths
        self.document = table_document(table, style, is_continued=is_continued, shares=self._shares)
        self._header: QTextDocument | None = None
        self._is_wide = False
        self._width = 0
        self._wide = 0

    def take_state(self, state: BlockState, part: int) -> None:
        """Goes on with what the reader did to the table before; `part` tells its rows apart."""
        self.state, self.part = state, part

    # --- size

    def layout(self, width: int) -> None:
        """Fits the columns, or gives each what it needs and lets the table be moved."""
        assert self.document is not None
        self._width = width - self.indent
        is_wide = self._least > self._width
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._header = None
            _set_widths(_grid_of(self.document), self._widths if is_wide else None, self._shares)
        self._wide = max(self._width, sum(self._widths)) if is_wide else self._width
        self.document.setTextWidth(self._wide)
        self._wide = max(self._wide, round(self.document.size().width()))
        self.state.rooms[self.part] = max(0, self._wide - self._width)
        self.height = self._text_height() + self._below
        self.natural_width = self.document.idealWidth() + self.indent

    def _text_height(self) -> int:
        assert self.document is not None
        return round(self.document.size().height() + 0.49)

    @property
    def _below(self) -> int:
        if self.is_cut:
            return 0
        return self.style.px(STRIP) + (BAR_ROOM - 3 if self.state.room else 0)

    @property
    def scroll(self) -> int:
        """How far it is moved sideways, px."""
        return self.state.offset

    def origin(self) -> QPointF:
        """Moved by the sideways scroll."""
        return QPointF(self.indent - self.scroll, 0)

    def reveal(self, first: int, last: int) -> bool:
        """Moves sideways until a stretch is in view; the height stays."""
        assert self.document is not None
        place = self.document.documentLayout().blockBoundingRect(self.document.findBlock(first))
        if place.right() > self.scroll + self._width:
            self.state.scroll = round(min(place.left(), place.right() - self._width + 8))
        if place.left() < self.scroll:
            self.state.scroll = max(0, round(place.left()) - 8)
        return False

    # --- drawing

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """The cells, the header above them while they are in view, and what stands below."""
        assert self.document is not None
        self.paint_bars(canvas, x, y - self.gap, self.height + self.gap)
        clip = QRectF(self.scroll, 0, self._width + (2 if not self.scroll else 0), self.height)
        origin = self.origin()
        chosen = self.cells_between(*selection) if selection else None
        self.draw_document(canvas, x + origin.x(), y, clip, chosen)
        self._paint_header(canvas, x, y)
        if self.is_cut:
            return
        paint_bar(canvas, bar_region(self._bar_place(), self.state), x, y)
        if canvas.is_active:
            self._paint_buttons(canvas, x, y)

    def _paint_header(self, canvas: Canvas, x: int, y: int) -> None:
        """The header stays at the top of the view while rows of the table are below it."""
        if y >= canvas.top and not (self.is_continued and y < canvas.top + 1):
            return
        header = self._header_document()
        tall = header.size().height()
        bottom = y + self._text_height()
        if bottom - canvas.top < tall + self.style.px(20):
            return
        painter = canvas.painter
        painter.save()
        painter.setClipRect(QRectF(x + self.indent, canvas.top, self._width, tall))
        painter.fillRect(
            QRectF(x + self.indent, canvas.top, self._width, tall), self.style.colour("panel")
        )
        painter.translate(x + self.indent - self.scroll, canvas.top)
        header.drawContents(painter, QRectF(self.scroll, 0, self._width, tall))
        painter.restore()

    def _header_document(self) -> QTextDocument:
        if self._header is None:
            only = replace(self._head, rows=())
            self._header = table_document(only, self.style, is_continued=False, shares=self._shares)
            if self._is_wide:
                _set_widths(_grid_of(self._header), self._widths, None)
            elif self._shares is None and self.document is not None:
                _set_widths(_grid_of(self._header), self._given_widths(), None)
        if self._header.textWidth() != self._wide:
            self._header.setTextWidth(self._wide)
        return self._header

    def _given_widths(self) -> list[int]:
        """The widths the layout gave to the columns, px."""
        assert self.document is not None
        grid, layout = _grid_of(self.document), self.document.documentLayout()
        lefts = [
            layout.blockBoundingRect(grid.cellAt(0, column).firstCursorPosition().block()).left()
            for column in range(grid.columns())
        ]
        right = layout.frameBoundingRect(grid).right() + self.style.px(CELL_PADDING)
        edges = [*lefts, right]
        return [round(edges[at + 1] - edges[at]) for at in range(len(lefts))]

    def _paint_buttons(self, canvas: Canvas, x: int, y: int) -> None:
        painter, style = canvas.painter, self.style
        painter.setFont(style.small_font)
        for region in self._buttons():
            rect = region.rect.translated(x, y)
            painter.setPen(style.colour("text" if canvas.is_under(rect) else "muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, region.title)

    # --- what can be clicked

    def regions(self) -> list[Region]:
        """Copy and save below the table, and its scroll bar."""
        if self.is_cut:
            return []
        return [*self._buttons(), *bar_region(self._bar_place(), self.state)]

    def _buttons(self) -> list[Region]:
        metrics = QFontMetricsF(self.style.small_font)
        top, height = self.height - self.style.px(STRIP) + 3, self.style.px(STRIP) - 3
        left = float(self.indent - self.style.px(5))
        found = []
        for command, title in (
            ("table.copy", self.state.note or "Copy table"),
            ("table.save", "Save as CSV…"),
        ):
            width = metrics.horizontalAdvance(title) + self.style.px(10)
            found.append(
                Region(QRectF(left, top, width, height), command, "", title, is_action=True)
            )
            left += width + self.style.px(4)
        return found

    @property
    def bar_width(self) -> float:
        """The length in which the thumb of the scroll bar moves, px."""
        return self._bar_place().width()

    def _bar_place(self) -> QRectF:
        return QRectF(self.indent, self._text_height() - 2, self._width, BAR_ROOM)

    # --- what is selected

    def cells_between(self, first: int, last: int) -> Selection:
        """A stretch as it is shown: inside one cell as it is, else whole cells."""
        assert self.document is not None
        grid = _grid_of(self.document)
        top, left, bottom, right = self._rectangle(first, last)
        if (top, left) == (bottom, right) and grid.cellAt(first).isValid():
            return first, last
        start = grid.cellAt(top, left).firstCursorPosition().position()
        return start, grid.cellAt(bottom, right).lastCursorPosition().position()

    def cut(self, first: int, last: int) -> Table | Paragraph | None:
        """What a stretch leaves of the table: some cells, or the words of one."""
        assert self.document is not None
        top, left, bottom, right = self._rectangle(first, last)
        rows = self.table.rows if self.is_continued else (self.table.header, *self.table.rows)
        if not rows:
            return None
        if (top, left) == (bottom, right):
            cell = _grid_of(self.document).cellAt(top, left)
            start = cell.firstCursorPosition()
            at = start.position()
            runs = rows[top][left] if left < len(rows[top]) else ()
            runs = cut_runs(runs, max(0, first - at), last - at, start.block().text())
            return Paragraph(runs) if runs else None
        if top == 0 and left == 0 and bottom == len(rows) - 1 and right == self._columns - 1:
            return self.table
        picked = [row[left : right + 1] for row in rows[top : bottom + 1]]
        sides = self.table.alignments[left : right + 1]
        return Table(picked[0], sides, tuple(picked[1:]))

    @property
    def _columns(self) -> int:
        return max(1, len(self.table.header))

    def _rectangle(self, first: int, last: int) -> tuple[int, int, int, int]:
        """(top, left, bottom, right) of the cells in a stretch; whole rows where it goes beyond
        the table."""
        assert self.document is not None
        grid = _grid_of(self.document)
        start, stop = grid.cellAt(max(0, first)), grid.cellAt(max(0, last))
        top = start.row() if start.isValid() else 0 if first <= 1 else grid.rows() - 1
        bottom = stop.row() if stop.isValid() else grid.rows() - 1
        if not start.isValid() or not stop.isValid():
            return top, 0, bottom, grid.columns() - 1
        left, right = sorted((start.column(), stop.column()))
        return top, left, bottom, right


class _Needs(NamedTuple):
    """What the columns of a table take: percent, px at least together, and px each."""

    shares: list[float]
    least: int
    widths: list[int]


def _needs(table: Table, style: Style) -> _Needs:
    """Kept for a few tables: each stretch of a long one asks for its head's."""
    known = style.table_needs.get(id(table))
    if known is not None and known[0] is table:
        return cast(_Needs, known[1])
    least = sum(column_widths(table, style, NARROW))
    needs = _Needs(column_shares(table), least, column_widths(table, style, COMFORTABLE))
    if len(style.table_needs) >= KEPT_NEEDS:
        style.table_needs.clear()
    style.table_needs[id(table)] = table, needs
    return needs


def column_widths(table: Table, style: Style, most: int) -> list[int]:
    """What each column needs to be read, px: at most so many characters side by side, and no
    broken word in the header."""
    metrics = QFontMetricsF(style.strong_font)
    found = []
    for column, runs in enumerate(table.header):
        name = plain(runs)
        longest = max(_cells(table, column), key=len, default="")
        words = [word[:LONGEST_NAME] for word in name.split()]
        wide = max(
            metrics.horizontalAdvance(text) for text in (longest[:most], name[:most], *words)
        )
        found.append(round(wide) + 2 * style.px(CELL_PADDING) + 3)
    return found


def _cells(table: Table, column: int) -> Iterator[str]:
    for row in table.rows[:SAMPLE]:
        if column < len(row):
            yield from plain(row[column]).split("\n")


def _grid_of(document: QTextDocument) -> QTextTable:
    (grid,) = document.rootFrame().childFrames()
    assert isinstance(grid, QTextTable)
    return grid


def _set_widths(grid: QTextTable, fixed: list[int] | None, shares: list[float] | None) -> None:
    shape = grid.format().toTableFormat()
    if fixed is not None:
        kind = QTextLength.Type.FixedLength
        shape.setColumnWidthConstraints([QTextLength(kind, width) for width in fixed])
        shape.setWidth(QTextLength(QTextLength.Type.FixedLength, sum(fixed)))
    elif shares is not None:
        kind = QTextLength.Type.PercentageLength
        shape.setColumnWidthConstraints([QTextLength(kind, share) for share in shares])
        shape.setWidth(QTextLength(kind, 100))
    else:
        shape.clearColumnWidthConstraints()
        shape.setWidth(QTextLength())
    grid.setFormat(shape)
