"""What is selected: from one place to another, across blocks, rows and messages."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtGui import QTextCursor

from app.ui.transcript.blocks.block_item import Selection
from app.ui.transcript.layout.message import MessageLayout

END = 1 << 60


class Place(NamedTuple):
    """A position in the text of the transcript; places compare in reading order."""

    layout: int
    row: int = 0
    item: int = 0
    position: int = 0


class Unit(Enum):
    """What a selection takes whole."""

    CHARACTER = 0
    WORD = 1
    PARAGRAPH = 2


class TextSelection:
    """The selected stretch, or nothing. `anchor` is where it began."""

    def __init__(self) -> None:
        self.anchor: Place | None = None
        self.end: Place | None = None
        self._unit = Unit.CHARACTER
        self._origin: tuple[Place, Place] | None = None
        """The word or paragraph it began with, which stays selected whole."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor is None or self.end is None or self.anchor == self.end

    def clear(self) -> None:
        """Selects nothing."""
        self.anchor = self.end = self._origin = None

    def select(self, first: Place, last: Place) -> None:
        """Selects from one place to another."""
        self.anchor, self.end, self._origin = first, last, None

    def select_unit(self, layout: MessageLayout, place: Place, unit: Unit) -> None:
        """Selects the word or paragraph around a place of a message, to go on by such."""
        self._unit = unit
        self._origin = self.anchor, self.end = unit_at(layout, place, unit)

    def extend_to(self, layout: MessageLayout, place: Place) -> None:
        """Goes on to a place of a message; words and paragraphs stay whole at both ends."""
        assert self.anchor is not None
        if self._origin is None:
            self.end = place
            return
        first, last = unit_at(layout, place, self._unit)
        start, stop = self._origin
        if first < start:
            self.anchor, self.end = stop, first
        else:
            self.anchor, self.end = start, max(stop, last)

    def span(self) -> tuple[Place, Place]:
        """First and last place in reading order; only when not empty."""
        assert self.anchor is not None
        assert self.end is not None
        first, last = sorted((self.anchor, self.end))
        return first, last

    def in_layout(
        self, index: int, layout: MessageLayout
    ) -> dict[int, dict[int, Selection]] | None:
        """Row → block → stretch, for the rows of a message that are made."""
        if self.is_empty:
            return None
        first, last = self.span()
        if index < first.layout or index > last.layout:
            return None
        found: dict[int, dict[int, Selection]] = {}
        start = first.row if index == first.layout else 0
        stop = min(last.row, len(layout.rows) - 1) if index == last.layout else len(layout.rows) - 1
        for row in range(start, stop + 1):
            items = layout.rows[row].items
            if items is None:
                continue
            for number in range(len(items)):
                stretch = stretch_of(first, last, Place(index, row, number))
                if stretch:
                    found.setdefault(row, {})[number] = stretch
        return found


def stretch_of(first: Place, last: Place, here: Place) -> Selection | None:
    """What a selection covers of the block at a place, or None."""
    key = here[:3]
    if key < first[:3] or key > last[:3]:
        return None
    start = first.position if key == first[:3] else 0
    stop = last.position if key == last[:3] else END
    return (start, min(stop, 2**31 - 1)) if stop > start else None


def unit_at(layout: MessageLayout, place: Place, unit: Unit) -> tuple[Place, Place]:
    """The word, or the paragraph or line of code, around a place."""
    items = layout.rows[place.row].items if place.row < len(layout.rows) else None
    document = items[place.item].document if items and place.item < len(items) else None
    if document is None or unit is Unit.CHARACTER:
        return place, place
    cursor = QTextCursor(document)
    cursor.setPosition(min(place.position, max(0, document.characterCount() - 1)))
    if unit is Unit.PARAGRAPH:
        block = cursor.block()
        start, stop = block.position(), block.position() + block.length() - 1
    else:
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        start, stop = cursor.selectionStart(), cursor.selectionEnd()
    return place._replace(position=start), place._replace(position=stop)
