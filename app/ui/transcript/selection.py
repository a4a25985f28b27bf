"""What is selected: from one place to another, across pieces, rows and messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QTextCursor

from app.render.characters import copied
from app.ui.transcript.code_piece import CodePiece
from app.ui.transcript.pieces import Selection
from app.ui.transcript.sheet import Sheet

END = 1 << 60


class Place(NamedTuple):
    """A position in the text of the transcript; places compare in reading order."""

    sheet: int
    row: int = 0
    piece: int = 0
    position: int = 0


class TextSelection:
    """The selected stretch, or nothing. `anchor` is where it began."""

    def __init__(self) -> None:
        self.anchor: Place | None = None
        self.end: Place | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor is None or self.end is None or self.anchor == self.end

    def clear(self) -> None:
        """Selects nothing."""
        self.anchor = self.end = None

    def select(self, first: Place, last: Place) -> None:
        """Selects from one place to another."""
        self.anchor, self.end = first, last

    def span(self) -> tuple[Place, Place]:
        """First and last place in reading order; only when not empty."""
        assert self.anchor is not None
        assert self.end is not None
        first, last = sorted((self.anchor, self.end))
        return first, last

    def in_sheet(self, index: int, sheet: Sheet) -> dict[int, dict[int, Selection]] | None:
        """Row → piece → stretch, for the rows of a message that are made."""
        if self.is_empty:
            return None
        first, last = self.span()
        if index < first.sheet or index > last.sheet:
            return None
        found: dict[int, dict[int, Selection]] = {}
        start = first.row if index == first.sheet else 0
        stop = min(last.row, len(sheet.rows) - 1) if index == last.sheet else len(sheet.rows) - 1
        for row in range(start, stop + 1):
            pieces = sheet.rows[row].pieces
            if pieces is None:
                continue
            for number in range(len(pieces)):
                stretch = _stretch(first, last, Place(index, row, number))
                if stretch:
                    found.setdefault(row, {})[number] = stretch
        return found

    def text(self, sheets: Sequence[Sheet]) -> str:
        """What goes to the clipboard: Markdown of messages wholly covered, plain text of the
        others."""
        if self.is_empty:
            return ""
        first, last = self.span()
        parts = []
        for index in range(first.sheet, min(last.sheet, len(sheets) - 1) + 1):
            sheet = sheets[index]
            from_start = index > first.sheet or first[1:] == (0, 0, 0)
            to_end = index < last.sheet or _is_end(last, sheet)
            if from_start and to_end and first.sheet != last.sheet:
                parts.append(copied(sheet.message.text))
            else:
                parts.append(self._part(index, sheet, first, last))
        return "\n\n".join(part.strip("\n") for part in parts if part)

    def _part(self, index: int, sheet: Sheet, first: Place, last: Place) -> str:
        sheet.build()
        start = first.row if index == first.sheet else 0
        stop = min(last.row, len(sheet.rows) - 1) if index == last.sheet else len(sheet.rows) - 1
        text = ""
        for row_index in range(start, stop + 1):
            row = sheet.rows[row_index]
            if row.pieces is None:
                row.measure(sheet.text_width or 600, sheet.style, sheet.references)
                row.width = 0
            for number, piece in enumerate(row.pieces or ()):
                stretch = _stretch(first, last, Place(index, row_index, number))
                if not stretch or piece.document is None:
                    continue
                part = piece.text_between(
                    min(stretch[0], piece.last_position()), min(stretch[1], piece.last_position())
                )
                is_code = isinstance(piece, CodePiece)
                part = copied(part, is_code=is_code)
                joint = "\n\n"
                if row.chunk.is_continued and number == 0:
                    joint = "" if row.chunk.is_joined else "\n"
                text += (joint if text else "") + part
        return text


def _stretch(first: Place, last: Place, here: Place) -> Selection | None:
    key = here[:3]
    if key < first[:3] or key > last[:3]:
        return None
    start = first.position if key == first[:3] else 0
    stop = last.position if key == last[:3] else END
    return (start, min(stop, 2**31 - 1)) if stop > start else None


def _is_end(place: Place, sheet: Sheet) -> bool:
    if place.row >= len(sheet.rows):
        return True
    if place.row < len(sheet.rows) - 1:
        return False
    pieces = sheet.rows[-1].pieces
    if not pieces:
        return False
    return place.piece >= len(pieces) - 1 and place.position >= pieces[-1].last_position()


def word_at(sheet: Sheet, place: Place) -> tuple[Place, Place]:
    """The word around a place."""
    return _unit(sheet, place, QTextCursor.SelectionType.WordUnderCursor)


def paragraph_at(sheet: Sheet, place: Place) -> tuple[Place, Place]:
    """The paragraph, or line of code, around a place."""
    return _unit(sheet, place, QTextCursor.SelectionType.BlockUnderCursor)


def _unit(sheet: Sheet, place: Place, kind: QTextCursor.SelectionType) -> tuple[Place, Place]:
    pieces = sheet.rows[place.row].pieces if place.row < len(sheet.rows) else None
    document = pieces[place.piece].document if pieces else None
    if document is None:
        return place, place
    cursor = QTextCursor(document)
    cursor.setPosition(min(place.position, max(0, document.characterCount() - 1)))
    if kind is QTextCursor.SelectionType.BlockUnderCursor:
        block = cursor.block()
        start, stop = block.position(), block.position() + block.length() - 1
    else:
        cursor.select(kind)
        start, stop = cursor.selectionStart(), cursor.selectionEnd()
    return place._replace(position=start), place._replace(position=stop)
