"""Draws what a search found: a soft ground behind every find, a strong one behind the current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFont, QFontMetricsF, QTextCursor

from app.ui.transcript.painting.lines import draw_box

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from app.ui.transcript.blocks.block_item import Canvas
    from app.ui.transcript.painting.style import Style

MANY = 40
"""More finds than this in one document: only those in view are handed to Qt."""


class Marked(NamedTuple):
    """A find in one of its owner's texts: first and last place, UTF-16 units."""

    number: int
    first: int
    last: int
    is_current: bool


Marks = Mapping[object, Sequence[Marked]]
"""What was found in each block, thought or section."""

DocumentSelection = QAbstractTextDocumentLayout.Selection


def document_marks(
    document: QTextDocument, marks: Sequence[Marked], style: Style, clip: QRectF
) -> list[DocumentSelection]:
    """What makes Qt draw finds in a document; `clip` is what of it is in view."""
    if len(marks) > MANY:
        layout, fuzzy = document.documentLayout(), Qt.HitTestAccuracy.FuzzyHit
        top = layout.hitTest(QPointF(0, clip.top()), fuzzy)
        bottom = layout.hitTest(QPointF(1e6, clip.bottom()), fuzzy)
        marks = [mark for mark in marks if mark.last >= top and mark.first <= bottom]
    most = max(0, document.characterCount() - 1)
    found = []
    for mark in marks:
        cursor = QTextCursor(document)
        cursor.setPosition(min(mark.first, most))
        cursor.setPosition(min(mark.last, most), QTextCursor.MoveMode.KeepAnchor)
        selection = DocumentSelection()
        selection.cursor = cursor
        selection.format = style.found_now_format if mark.is_current else style.found_format
        found.append(selection)
    return found


def mark_line(
    canvas: Canvas,
    owner: object,
    number: int,
    place: QRectF,
    text: str,
    font: QFont,
    *,
    start: int = 0,
    is_rest: bool = False,
) -> None:
    """The grounds behind one drawn line: `text` is what of the owner's text stands there from
    `start` on.

    A line cut short marks its end for what was cut; `is_rest` stands for all that follows.
    """
    if not canvas.marks or not (marks := canvas.marks.get(owner)):
        return
    metrics = QFontMetricsF(font)
    end = start + units(text)
    for mark in marks:
        if mark.number != number or mark.last <= start or (mark.first >= end and not is_rest):
            continue
        first, last = max(0, mark.first - start), min(end, mark.last) - start
        left = metrics.horizontalAdvance(cut(text, 0, first))
        right = metrics.horizontalAdvance(cut(text, 0, last))
        if is_rest and mark.last > end:
            left, right = 0, metrics.horizontalAdvance(text)
        ground = QRectF(place.x() + left, place.y(), max(4.0, right - left), metrics.height())
        ground.moveTop(place.center().y() - metrics.height() / 2)
        fill_mark(canvas, ground, is_current=mark.is_current)


def fill_mark(canvas: Canvas, ground: QRectF, *, is_current: bool) -> None:
    """The ground of one find; the current one has a frame: its words keep their colour."""
    canvas.painter.fillRect(ground, canvas.style.colour("found"))
    if is_current:
        around = ground.adjusted(-2, -2, 2, 2)
        draw_box(canvas.painter, around, 2, canvas.style.colour("found_now"), thick=2)


def position_in(document: QTextDocument, position: int) -> QRectF:
    """Where a character stands in a document that is laid out; 0 wide."""
    block = document.findBlock(position)
    corner = document.documentLayout().blockBoundingRect(block).topLeft()
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return QRectF(corner.x(), corner.y(), 0, 1)
    across = float(line.cursorToX(position - block.position())[0])  # type: ignore[index]
    return QRectF(corner.x() + across, corner.y() + line.y(), 0, line.height())


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + (0 if text.isascii() else sum(letter > "\uffff" for letter in text))


def cut(text: str, first: int, last: int) -> str:
    """A stretch of a text by UTF-16 places."""
    if text.isascii():
        return text[first:last]
    return text.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le", "replace")
