"""Where letters stand in a document."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextLine


def corner_of(block: QTextBlock) -> QPointF:
    """Where the lines of a block are counted from, in its document; also inside a table."""
    return block.document().documentLayout().blockBoundingRect(block).topLeft()


def across(line: QTextLine, position: int) -> float:
    """How far from the left a place of a line stands, px."""
    x = line.cursorToX(position)
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]
