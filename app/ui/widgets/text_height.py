"""How high a plain text is."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QPlainTextEdit


def text_height(field: QPlainTextEdit, most: int) -> int:
    """The height of the laid-out text in px, measured only as far as `most`."""
    height = 0.0
    layout, block = field.document().documentLayout(), field.document().firstBlock()
    while block.isValid() and height < most:
        height += layout.blockBoundingRect(block).height()
        block = block.next()
    return min(most, math.ceil(height))
