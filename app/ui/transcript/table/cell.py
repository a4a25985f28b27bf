"""The words of one cell of a table: broken into lines, and where in them a place is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextLine, QTextOption

_UNBROKEN = 1e6
"""A line as wide as it likes, px."""
_BASELINE = 0.755
"""Where in a usual line letters stand, as a share of its height."""
_LEANING = 3
"""Px that letters of other scripts may take of the lines beside theirs."""
_ALIGNMENTS = {
    0.0: Qt.AlignmentFlag.AlignLeft,
    0.5: Qt.AlignmentFlag.AlignHCenter,
    1.0: Qt.AlignmentFlag.AlignRight,
}


class Cell:
    """One cell: a block of the table's document. `share` is how much of the room beside its words
    stands at their left: 0 to 1; `usual` the height of a line, px."""

    __slots__ = (
        "_direction",
        "_has_objects",
        "_is_broken",
        "_usual",
        "layout",
        "length",
        "natural",
        "share",
        "start",
        "tall",
    )

    def __init__(
        self,
        block: QTextBlock,
        usual: int,
        share: float,
        direction: Qt.LayoutDirection,
        *,
        has_objects: bool,
    ) -> None:
        self.layout = block.layout()
        self.start = block.position()
        self.length = block.length() - 1
        self.share = share
        self.natural = 0.0
        self.tall = 0
        self._usual, self._direction = usual, direction
        self._has_objects = has_objects
        self._is_broken = False
        self.set_free()

    @property
    def end(self) -> int:
        """The position behind the last letter."""
        return self.start + self.length

    # --- lines

    def set_free(self) -> None:
        """Sets it as wide as it likes."""
        self.layout.setTextOption(_option(0.0, self._direction))
        self.natural, self.tall = self._lines(_UNBROKEN)
        self._is_broken = False

    def fit(self, room: int) -> tuple[int, int]:
        """(height, how far the words stand from the left) in so much room, px."""
        if self.natural <= room and not (self.share and self.tall > self._usual):
            if self._is_broken:
                self.set_free()
            return self.tall, round((room - self.natural) * self.share) if self.share else 0
        self.layout.setTextOption(_option(self.share, self._direction))
        self._is_broken = True
        return self._lines(room)[1], 0

    def _lines(self, width: float) -> tuple[float, int]:
        """Breaks the lines; how wide the widest is and how high they are, px."""
        layout, usual = self.layout, self._usual
        baseline, tall = float(round(_BASELINE * usual)), usual
        wide, top = 0.0, 0.0
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(width)
            below = baseline
            if self._has_objects:
                below, tall = _beyond(line, baseline, usual)
            line.setPosition(QPointF(0, top + below - line.ascent()))
            wide = max(wide, line.naturalTextWidth())
            top += tall
            line = layout.createLine()
        layout.endLayout()
        return wide, round(top + 0.49)

    # --- places

    def line_at(self, y: float) -> QTextLine | None:
        """The line nearest to a height, counted from the top of the words."""
        count = self.layout.lineCount()
        for at in range(count):
            line = self.layout.lineAt(at)
            if y < line.y() + line.height() or at == count - 1:
                return line
        return None

    def position_in(self, line: int, x: float) -> int:
        """The position in a line nearest to a place across, both counted in the table."""
        return self.start + self.layout.lineAt(line).xToCursor(x - self.layout.position().x())

    def letter_at(self, point: QPointF) -> int:
        """The position of the letter at a place in the table; -1 where none is."""
        inner = point - self.layout.position()
        line = self.line_at(inner.y())
        if line is None or not line.naturalTextRect().adjusted(0, -3, 0, 3).contains(inner):
            return -1
        return self.start + line.xToCursor(inner.x(), QTextLine.CursorPosition.CursorOnCharacter)

    def rect(self) -> QRectF:
        """What the words take; its corner is where the lines are counted from."""
        lines = [self.layout.lineAt(at) for at in range(self.layout.lineCount())]
        wide = max((line.naturalTextRect().right() for line in lines), default=0.0)
        tall = self.tall if not self._is_broken else len(lines) * self._usual
        corner = self.layout.position()
        return QRectF(corner.x(), corner.y(), wide, tall)


_OPTIONS: dict[tuple[float, Qt.LayoutDirection], QTextOption] = {}


def _option(share: float, direction: Qt.LayoutDirection) -> QTextOption:
    found = _OPTIONS.get((share, direction))
    if found is None:
        found = _OPTIONS[share, direction] = QTextOption(_ALIGNMENTS[share])
        found.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        found.setTextDirection(direction)
    return found


def _beyond(line: QTextLine, baseline: float, usual: int) -> tuple[float, int]:
    """(baseline, height) of a line that may hold a formula too tall for the usual ones."""
    above, below = line.ascent(), line.descent()
    if above <= baseline + _LEANING and below <= usual - baseline + _LEANING:
        return baseline, usual
    top = max(baseline, above)
    return top, round(top + max(usual - baseline, below) + 0.49)
