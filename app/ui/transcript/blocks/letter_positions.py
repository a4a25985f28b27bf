"""Where letters stand in a document."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine


def corner_of(block: QTextBlock) -> QPointF:
    """Where the lines of a block are counted from, in its document; also inside a table."""
    return block.document().documentLayout().blockBoundingRect(block).topLeft()


def across(line: QTextLine, position: int) -> float:
    """How far from the left a place of a line stands, px."""
    x = line.cursorToX(position)
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]


def position_in(document: QTextDocument, position: int) -> QRectF:
    """Where a character stands in a document that is laid out; 0 wide."""
    block = document.findBlock(position)
    corner = corner_of(block)
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return QRectF(corner.x(), corner.y(), 0, 1)
    x = corner.x() + across(line, position - block.position())
    return QRectF(x, corner.y() + line.y(), 0, line.height())
