"""What a search found is drawn on grounds: a soft one behind every find, a strong one behind the
current."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QTextCursor, QTextDocument

from app.ui.transcript.painting.lines import draw_box
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
"""What was found in each block or section, or in the reasoning."""

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


def fill_mark(painter: QPainter, style: Style, ground: QRectF, *, is_current: bool) -> None:
    """The ground of one find; the current one has a frame: its words keep their colour."""
    painter.fillRect(ground, style.colour("found"))
    if is_current:
        around = ground.adjusted(-2, -2, 2, 2)
        draw_box(painter, around, 2, style.colour("found_now"), thick=2)
