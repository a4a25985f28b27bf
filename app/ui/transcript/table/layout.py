"""The cells of a table on the screen: a layout for a document in which every block is a cell.

Qt's own table costs several times as much to lay out and to draw, and has no columns from the
right. The first and the last block of the document are empty: before and behind the table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from weakref import ref

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextInlineObject,
    QTextLayout,
)

from app.ui.transcript.blocks.formula_object import FormulaDocument, is_deep
from app.ui.transcript.painting.pixels import Pixels
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.cell import Cell
from app.ui.transcript.table.column_widths import Need

PADDING = 7
"""Px between a rule and the text of a cell."""
RULE = 1
NARROW, COMFORTABLE = 12, 30
"""Letters of a cell that stand side by side in a table that fits, and in one that does not."""
LONGEST_NAME, LONGEST_WORD = 30, 18
"""Letters of a word that are not broken: in the header, and below it."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ORIGIN = QPointF(0, 0)
_SHARE = {"center": 0.5, "right": 1.0}


class Cells(NamedTuple):
    """A rectangle of cells; the last row and column belong to it."""

    top: int
    left: int
    bottom: int
    right: int


Ranges = Mapping[int, Sequence[QTextLayout.FormatRange]]
"""What of the text of some cells looks different, by the cell's number."""


class TableLayout(QAbstractTextDocumentLayout):
    """Places the cells and draws them. `sides` holds "", "left", "center" or "right" a column."""

    def __init__(
        self, document: FormulaDocument, sides: Sequence[str], style: Style, *, is_mirrored: bool
    ) -> None:
        super().__init__(document)
        self._written = ref(document)  # `document()` would keep both alive for ever
        self.columns = len(sides)
        self.is_mirrored = is_mirrored
        self._sides, self._style = sides, style
        self._padding = style.px(PADDING)
        self._cells: list[Cell] = []
        self._starts: list[int] = []
        self.edges: list[int] = [0]
        """Where the rules between the columns stand, from the left."""
        self.tops: list[int] = [0]
        """Where the rows begin; one more for the end of the last."""

    # --- what the cells would like

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self._cells) // max(1, self.columns)

    def read(self) -> None:
        """Takes the cells of the document, each as wide as it likes."""
        document, style, columns = self._written(), self._style, self.columns
        assert document is not None
        text = document.toPlainText()
        has_mirrored = not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))
        has_objects = bool(document.outlines)
        shares = [_SHARE.get(side, float(self.is_mirrored)) for side in self._sides]
        block = document.begin().next()
        for number in range((document.blockCount() - 2) // columns * columns):
            share, direction = shares[number % columns], Qt.LayoutDirection.LeftToRight
            if has_mirrored and _RIGHT_TO_LEFT.search(block.text()):
                # Some words from the right make a line of a mirrored table run from there.
                direction = _FROM_RIGHT if self.is_mirrored else block.textDirection()
                if direction is _FROM_RIGHT and self._sides[number % columns] not in _SHARE:
                    share = 1.0
            cell = Cell(block, style.line_height, share, direction, has_objects=has_objects)
            self._cells.append(cell)
            self._starts.append(cell.start)
            block = block.next()

    def set_free(self) -> None:
        """Sets each cell anew as wide as it likes."""
        for cell in self._cells:
            cell.set_free()

    def needs(self, *, has_head: bool) -> list[Need]:
        """What each column takes; words in the header, the first row, are not broken."""
        letter = QFontMetricsF(self._style.text_font).averageCharWidth()
        found = []
        for column in range(self.columns):
            cells = self._cells[column :: self.columns]
            natural = max((cell.natural for cell in cells), default=0.0)
            words = [cell.layout.minimumWidth() for cell in cells]
            name = min(words.pop(0), LONGEST_NAME * letter) if has_head and words else 0.0
            longest = max(words, default=0.0)
            least = max(name, min(natural, NARROW * letter), min(longest, LONGEST_WORD * letter))
            enough = max(least, min(natural, COMFORTABLE * letter))
            found.append(Need(_up(natural), _up(min(least, natural)), _up(min(enough, natural))))
        return found

    # --- where they stand

    @property
    def around(self) -> int:
        """What stands around the text of each column, and once more at the end, px."""
        return 2 * self._padding + RULE

    def place(self, widths: Sequence[int], *, is_continued: bool) -> None:
        """Gives the columns their widths for text, px, and places every cell."""
        columns, padding = self.columns, self._padding
        order = range(columns - 1, -1, -1) if self.is_mirrored else range(columns)
        lefts = [0] * columns
        edges = [0]
        for column in order:
            lefts[column] = edges[-1] + RULE + padding
            edges.append(edges[-1] + widths[column] + self.around)
        self.edges = edges
        y = 0 if is_continued else RULE
        tops = [y]
        for first in range(0, len(self._cells), columns):
            row = self._cells[first : first + columns]
            placed = [cell.fit(room) for cell, room in zip(row, widths, strict=True)]
            for cell, left, (_, offset) in zip(row, lefts, placed, strict=True):
                cell.layout.setPosition(QPointF(left + offset, y + padding))
            usual = self._style.line_height
            y += max(usual, *(tall for tall, _ in placed)) + 2 * padding + RULE
            tops.append(y)
        self.tops = tops

    @property
    def width(self) -> int:
        """Of the whole table with its outer rules, px."""
        return self.edges[-1] + RULE

    @property
    def height(self) -> int:
        """Of the rows with the rule under the last, px."""
        return self.tops[-1]

    def band(self, column: int) -> tuple[int, int]:
        """Where a column begins and ends between its rules, px."""
        at = self.columns - 1 - column if self.is_mirrored else column
        return self.edges[at] + RULE, self.edges[at + 1]

    # --- cells and positions

    def start(self, row: int, column: int) -> int:
        """The position of a cell's first letter."""
        return self._cells[row * self.columns + column].start

    def end(self, row: int, column: int) -> int:
        """The position behind a cell's last letter."""
        return self._cells[row * self.columns + column].end

    def cell_at(self, position: int) -> tuple[int, int] | None:
        """(row, column) of a position; None before and behind the table."""
        number = bisect_right(self._starts, position) - 1
        if number < 0 or position > self._cells[number].end:
            return None
        return divmod(number, self.columns)

    def row_at(self, y: float) -> int:
        """The row nearest to a height."""
        return max(0, min(bisect_right(self.tops, y) - 1, self.rows - 1))

    def column_at(self, x: float) -> int:
        """The column nearest to a place across."""
        at = max(0, min(bisect_right(self.edges, x) - 1, self.columns - 1))
        return self.columns - 1 - at if self.is_mirrored else at

    def beyond_line(self, position: int, x: float, *, is_down: bool) -> int | None:
        """The position in the next line below or above, nearest to a place across: of the same
        cell, else of the next in its column. None where the table ends."""
        step = 1 if is_down else -1
        cell = self.cell_at(position)
        if cell is None:
            if is_down is (position > 0) or not self._cells:
                return None
            row = 0 if is_down else self.rows - 1
            return self._across(row * self.columns + self.column_at(x), x, is_first=is_down)
        number = cell[0] * self.columns + cell[1]
        words = self._cells[number]
        line = words.layout.lineForTextPosition(position - words.start).lineNumber() + step
        if 0 <= line < words.layout.lineCount():
            return words.position_in(line, x)
        number += step * self.columns
        if not 0 <= number < len(self._cells):
            return None
        return self._across(number, x, is_first=is_down)

    def _across(self, number: int, x: float, *, is_first: bool) -> int:
        cell = self._cells[number]
        return cell.position_in(0 if is_first else cell.layout.lineCount() - 1, x)

    def ranges(self, first: int, last: int, look: QTextCharFormat) -> Ranges:
        """What makes a stretch look different, by cell."""
        found: dict[int, list[QTextLayout.FormatRange]] = {}
        number = max(0, bisect_right(self._starts, first) - 1)
        while number < len(self._cells) and (cell := self._cells[number]).start < last:
            stretch = _stretch(max(0, first - cell.start), min(last, cell.end) - cell.start, look)
            if stretch.length > 0:
                found[number] = [stretch]
            number += 1
        return found

    # --- drawing

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        ranges: Ranges,
        chosen: Cells | None = None,
        ground: str = "background",
    ) -> None:
        """Draws what of the cells is in `clip`: chosen grounds, the rules between, the words. The
        lines around all of it are not drawn."""
        if not self._cells:
            return
        first, last = self.row_at(clip.top()), self.row_at(clip.bottom())
        sides = sorted((self.column_at(clip.left()), self.column_at(clip.right())))
        style = self._style
        if chosen:
            bands = sorted((*self.band(chosen.left), *self.band(chosen.right)))
            top, bottom = self.tops[chosen.top], self.tops[chosen.bottom + 1] - RULE
            box = QRectF(bands[0], top, bands[-1] - bands[0], bottom - top)
            painter.fillRect(box, style.colour("selection"))
        line, pixels = style.line_on(ground), Pixels(painter)
        top, bottom = self.tops[first], self.tops[last + 1]
        for edge in self.edges[1:-1]:
            if clip.left() - RULE <= edge <= clip.right():
                painter.fillRect(QRectF(pixels.x(edge), top, pixels.line, bottom - top), line)
        wide = self.width
        for row in range(first, last + 1):
            if row < self.rows - 1:
                y = pixels.y(self.tops[row + 1] - RULE)
                painter.fillRect(QRectF(0, y, wide, pixels.line), line)
            start = row * self.columns
            is_chosen = chosen is not None and chosen.top <= row <= chosen.bottom
            for number in range(start + sides[0], start + sides[1] + 1):
                cell = self._cells[number]
                if not cell.length:
                    continue
                looks = ranges.get(number) if ranges else None
                if is_chosen and chosen and chosen.left <= number - start <= chosen.right:
                    whole = _stretch(0, cell.length, style.selection_format)
                    looks = [*(looks or ()), whole]
                if looks:
                    cell.layout.draw(painter, _ORIGIN, looks)
                else:
                    cell.layout.draw(painter, _ORIGIN)

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """All cells, for who draws the document as any other."""
        self.paint(painter, QRectF(0, 0, self.width, self.height), {})

    # --- what Qt asks a layout

    def hitTest(  # noqa: N802
        self, point: QPointF | QPoint | QPainterPath.Element, accuracy: Qt.HitTestAccuracy
    ) -> int:
        """The position nearest to a place; when exact -1 where no letter is."""
        point = QPointF(point)  # type: ignore[arg-type]
        is_exact = accuracy is Qt.HitTestAccuracy.ExactHit
        if is_exact and not QRectF(0, 0, self.width, self.height).contains(point):
            return -1
        if not self._cells or point.y() < 0:
            return 0
        if point.y() >= self.height:
            return self._starts[-1] + self._cells[-1].length + 1
        cell = self._cells[self.row_at(point.y()) * self.columns + self.column_at(point.x())]
        if is_exact:
            return cell.letter_at(point)
        line = cell.line_at(point.y() - cell.layout.position().y())
        return cell.position_in(line.lineNumber(), point.x()) if line else cell.start

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802
        """Where the lines of a cell are counted from, and how far they go."""
        number = block.blockNumber() - 1
        if not 0 <= number < len(self._cells):
            return QRectF(0, 0 if number < 0 else self.height, 0, 0)
        return self._cells[number].rect()

    def documentSize(self) -> QSizeF:  # noqa: N802
        """Of the whole table, px."""
        return QSizeF(self.width, self.height)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:  # noqa: N802
        """All of it."""
        return QRectF(QPointF(0, 0), self.documentSize())

    def pageCount(self) -> int:  # noqa: N802
        """One."""
        return 1

    def documentChanged(self, position: int, removed: int, added: int) -> None:  # noqa: N802
        """Nothing: `read` is asked when all is written."""

    def resizeInlineObject(  # noqa: N802
        self, item: QTextInlineObject, position: int, form: QTextFormat
    ) -> None:
        """A deep formula stands as far below its baseline as above, any other on it."""
        super().resizeInlineObject(item, position, form)
        if is_deep(form):
            half = (item.ascent() + item.descent()) / 2
            item.setAscent(half)
            item.setDescent(half)


_FROM_RIGHT = Qt.LayoutDirection.RightToLeft


def table_layout_of(document: QTextDocument | None) -> TableLayout:
    """The layout of a table's document."""
    assert document is not None
    table_layout = document.documentLayout()
    assert isinstance(table_layout, TableLayout)
    return table_layout


def _stretch(first: int, last: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = first, last - first, look
    return found


def _up(width: float) -> int:
    return int(width) + 1
