"""What a message is drawn from: block items, each with one document at most, the canvas they are
drawn on, and the regions in them that do something when clicked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Self

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QTextCursor

from app.render.runs import without_isolates
from app.render.splitting.chunk import Chunk, Kind
from app.render.tree import Block, Table
from app.ui.transcript.blocks.formula_object import FormulaDocument
from app.ui.transcript.blocks.leaf import GAP, Leaf
from app.ui.transcript.layout.block_state import BlockState
from app.ui.transcript.painting.highlights import Marks, document_marks
from app.ui.transcript.painting.lines import draw_bar
from app.ui.transcript.painting.style import Style
from app.ui.transcript.table.shared_header import SharedHeaders

BAR = 3
"""Px a bar beside quoted text is wide."""

Selection = tuple[int, int]
"""First and last position inside one document."""


class BlockPlace(NamedTuple):
    """Where a block stands in its message: its row, and its number in it."""

    row: int
    item: int


@dataclass(frozen=True, slots=True)
class HitRegion:
    """A place that does something when clicked: `rect` in the coordinates of what gave it."""

    rect: QRectF
    command: str
    argument: str = ""
    """The id or the address that the command is about; empty where it is the message."""
    title: str = ""
    is_action: bool = False
    """Whether the keyboard stops here."""
    long_title: str = ""
    """The title where its block is not seen; empty where that is the same."""
    place: BlockPlace | None = None
    """The block it stands in; None outside of the text."""

    @property
    def name(self) -> str:
        """What it is called where its block is not seen: in a menu, by a screen reader."""
        return self.long_title or self.title

    def moved(self, x: float, y: float, place: BlockPlace | None = None) -> HitRegion:
        """The same elsewhere, in a block when one is given."""
        return HitRegion(
            self.rect.translated(x, y),
            self.command,
            self.argument,
            self.title,
            self.is_action,
            self.long_title,
            place or self.place,
        )


@dataclass(slots=True)
class Canvas:
    """Where and how to draw: the painter, what of the viewport is visible, what is under the
    pointer."""

    painter: QPainter
    top: int
    bottom: int
    style: Style
    mouse: QPointF | None = None
    """Where the pointer rests in the viewport, or None outside."""
    is_last: bool = False
    """Whether the message drawn now ends the branch."""
    is_active: bool = False
    """Whether the message drawn now has the pointer or the focus ring: its buttons are shown."""
    marks: Marks | None = None
    """What a search found in the message drawn now; None while nothing is looked for."""
    ground: str = "background"
    """The colour below the message drawn now, by name: "bubble" for a question."""

    def line(self, name: str = "line") -> QColor:
        """The colour of a line or bar, seen on the ground it stands on."""
        return self.style.line_on(self.ground) if name == "line" else self.style.colour(name)

    def is_under(self, rect: QRectF) -> bool:
        """Whether the pointer rests on a rectangle of the viewport."""
        return self.mouse is not None and rect.contains(self.mouse)


@dataclass(slots=True)
class RowContext:
    """What the items of a row know of it when they are made."""

    style: Style
    colour: str = "text"
    """The colour of its words, by name: "bubble" in a question."""
    chunk: Chunk = field(default_factory=lambda: Chunk(Kind.TEXT, ""))
    head: Table | None = None
    """The first stretch of the table of which the row is a stretch."""
    headers: SharedHeaders = field(default_factory=SharedHeaders)
    """Those of the long tables of the message."""
    is_shut: Callable[[], bool] | None = None
    """Tells of the title of a foldable part whether nothing else of the part is shown."""


class BlockItem:
    """A block of a message that draws itself. `gap` stays free above it, px.

    A kind of block of its own names in `draws` what of the tree it shows, and stands in
    `blocks.kinds`; what no kind draws is running text.
    """

    draws: ClassVar[type[Block] | None] = None
    """The class of the blocks it draws."""
    above: ClassVar[int] = GAP
    """What stays free above it in the flow, px at 100 %."""
    inset: ClassVar[int] = 0
    """How much further in it stands than text would, px at 100 %."""
    icon: ClassVar[str] = ""
    """What stands beside it, by name."""
    is_framed: ClassVar[bool] = False
    """Whether it has a frame, from which what follows keeps its distance."""
    is_stretched: ClassVar[bool] = False
    """Whether it takes all the width there is."""
    is_cut_alike: ClassVar[bool] = False
    """Whether the part in view looks the same wherever the top of the view cuts it."""
    has_pinned: ClassVar[bool] = False
    """Whether something of it stays at the top of the view while it goes by."""
    comes_late: ClassVar[bool] = False
    """Whether a row may have it only the second time it is made; its state is behind the others'
    then."""
    leaf_count = 1
    """How many leaves it draws."""

    state: BlockState | None = None
    """What the reader did to it: folded, wrapped, moved sideways; None where nothing can be."""
    part = 0
    """Which row of its block it is, where the block is cut into several."""

    def __init__(self, style: Style, leaf: Leaf | None = None) -> None:
        self.style = style
        self.gap = style.px(leaf.gap) if leaf else 0
        self.indent = style.px(leaf.indent) if leaf else 0
        self.bars = leaf.bars if leaf else ()
        self.document: FormulaDocument | None = None
        self.height = 0
        self.natural_width = 0.0

    @classmethod
    def takes(cls, leaf: Leaf, style: Style) -> bool:
        """Whether a leaf with such a block is drawn by this kind; else it is part of the text."""
        return True

    @classmethod
    def of(cls, leaf: Leaf, row: RowContext) -> Self:
        """The item of a leaf in a row."""
        return cls(row.style, leaf)

    def goes_on(self, leaf: Leaf, *, is_growing: bool) -> bool:
        """Takes what its leaf has become; False where another item has to be made."""
        return False

    def take_state(self, state: BlockState, part: int) -> None:
        """Goes on with what the reader did to the block before; `part` tells its rows apart."""
        self.state, self.part = state, part

    @property
    def bar_width(self) -> float:
        """The length in which the thumb of its scroll bar moves, px."""
        return 0.0

    def layout(self, width: int) -> None:
        """Settles the height for a width."""

    def origin(self) -> QPointF:
        """Where the document begins inside the block."""
        return QPointF(self.indent, 0)

    def paint(self, canvas: Canvas, x: int, y: int, selection: Selection | None) -> None:
        """Draws it at a place of the viewport."""

    def regions(self) -> list[HitRegion]:
        """What can be clicked in it."""
        return []

    def paint_pinned(self, canvas: Canvas, x: int, y: int) -> None:
        """Draws what stays at the top of the view while the rest goes by."""

    def reveal(self, first: int, last: int) -> bool:
        """Brings a stretch of its document into view inside it; True when its height changed."""
        return False

    def text_between(self, first: int, last: int) -> str:
        """The plain text of a stretch of its document."""
        if self.document is None:
            return ""
        cursor = QTextCursor(self.document)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return without_isolates(cursor.selection().toPlainText())

    def cut(self, block: Block, first: int, last: int) -> Block | None:
        """What a stretch of its document leaves of the block it draws; None for nothing."""
        return block

    def last_position(self) -> int:
        """The position behind the last character."""
        return max(0, self.document.characterCount() - 1) if self.document else 0

    def paint_bars(self, canvas: Canvas, x: int, y: int, height: int) -> None:
        """The lines beside quoted text."""
        for place, name in self.bars:
            bar = QRectF(x + self.style.px(place), y, BAR, height)
            draw_bar(canvas.painter, bar, canvas.line(name))

    def draw_document(
        self, canvas: Canvas, x: float, y: float, clip: QRectF, selection: Selection | None
    ) -> None:
        """Draws the document's visible part; `clip` in the document's coordinates."""
        document = self.document
        assert document is not None
        clip = clip.intersected(
            QRectF(clip.x(), canvas.top - y, clip.width(), canvas.bottom - canvas.top)
        )
        if clip.isEmpty():
            return
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self.style.palette
        context.palette.setColor(QPalette.ColorRole.Text, self.style.colour("text"))
        context.clip = clip
        selections = []
        if canvas.marks and (marks := canvas.marks.get(self)):
            selections = document_marks(document, marks, self.style, clip)
        if selection:
            cursor = QTextCursor(document)
            cursor.setPosition(min(selection[0], self.last_position()))
            last = min(selection[1], self.last_position())
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            mark = QAbstractTextDocumentLayout.Selection()
            mark.cursor = cursor
            mark.format = self.style.selection_format
            selections.append(mark)
        if selections:
            context.selections = selections
        painter = canvas.painter
        painter.save()
        painter.translate(x, y)
        painter.setClipRect(clip)
        document.documentLayout().draw(painter, context)
        painter.restore()
