"""Selecting by keys: the end of the selection walks through the text of all messages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor, QTextDocument

from app.ui.transcript.blocks.block_item import BlockItem
from app.ui.transcript.blocks.letter_positions import across, corner_of
from app.ui.transcript.interaction.copy_actions import CopyActions
from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.interaction.horizontal_scroll import HorizontalScroll
from app.ui.transcript.interaction.selection import END, Place
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.table.layout import TableLayout
from app.ui.transcript.viewport import Viewport

_Move = QTextCursor.MoveOperation
_STEPS = {
    QKeySequence.StandardKey.SelectNextChar: _Move.Right,
    QKeySequence.StandardKey.SelectPreviousChar: _Move.Left,
    QKeySequence.StandardKey.SelectNextWord: _Move.NextWord,
    QKeySequence.StandardKey.SelectPreviousWord: _Move.PreviousWord,
    QKeySequence.StandardKey.SelectNextLine: _Move.Down,
    QKeySequence.StandardKey.SelectPreviousLine: _Move.Up,
    QKeySequence.StandardKey.SelectStartOfLine: _Move.StartOfLine,
    QKeySequence.StandardKey.SelectEndOfLine: _Move.EndOfLine,
}
_PARAGRAPHS = {Qt.Key.Key_Up: _Move.PreviousBlock, Qt.Key.Key_Down: _Move.NextBlock}
_BACKWARD = (_Move.Left, _Move.PreviousWord, _Move.Up, _Move.PreviousBlock)
_INSIDE = (_Move.StartOfLine, _Move.EndOfLine)
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class KeyboardSelection:
    """The keyboard's selection in one view."""

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        hit_test: HitTest,
        copies: CopyActions,
        horizontal_scroll: HorizontalScroll,
    ) -> None:
        self._state = state
        self._column = state.column
        self._viewport = viewport
        self._position = position
        self._hit_test = hit_test
        self._copies = copies
        self._horizontal_scroll = horizontal_scroll
        self._across: float | None = None
        """Where up and down go through, px from the left of the viewport; None before they do."""

    def press(self, event: QKeyEvent) -> bool:
        """Selects or copies; False when a key means neither."""
        keys = QKeySequence.StandardKey
        if event.matches(keys.Copy):
            self._copies.copy_selection()
        elif event.matches(keys.SelectAll):
            self._state.select_all()
            self._viewport.update()
        elif self._horizontal_scroll.key(event):
            pass
        elif not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not self._column.layouts:
            return False
        elif event.matches(keys.SelectStartOfDocument):
            self._extend(lambda _place: Place(0))
        elif event.matches(keys.SelectEndOfDocument):
            self._extend(lambda _place: self._last(len(self._column.layouts) - 1))
        elif event.matches(keys.SelectNextPage):
            self._extend(lambda place: self._page(place, 1))
        elif event.matches(keys.SelectPreviousPage):
            self._extend(lambda place: self._page(place, -1))
        elif (step := _step_of(event)) is not None:
            self._extend(lambda place: self._stepped(place, step))
        else:
            return False
        return True

    # --- the end of the selection

    def _extend(self, move: Callable[[Place], Place]) -> None:
        selection = self._state.selection
        if selection.anchor is None or selection.end is None:
            start = self._start()
            selection.select(start, start)
        assert selection.anchor is not None
        assert selection.end is not None
        end = move(self._settled(selection.end))
        selection.select(self._settled(selection.anchor), end)
        self.show(end)
        self._viewport.update()

    def _start(self) -> Place:
        """Where a selection begins that has none yet: the message with the ring, or the first
        one in view."""
        state = self._state
        if 0 <= state.focused < len(self._column.layouts):
            return Place(state.focused)
        return Place(self._column.at(self._viewport.value))

    def _settled(self, place: Place) -> Place:
        """The same place with numbers instead of "the end"."""
        layout = self._layout(place.layout)
        if place.row >= len(layout.rows):
            return self._last(place.layout)
        items = self._made(layout, place.row)
        if not items:
            return place._replace(item=0, position=0)
        if place.item >= len(items):
            last = len(items) - 1
            return place._replace(item=last, position=items[last].last_position())
        position = min(place.position, items[place.item].last_position())
        return place._replace(position=position)

    def _stepped(self, place: Place, step: _Move) -> Place:
        document = self._document(place)
        if step not in (_Move.Up, _Move.Down):
            self._across = None
        elif self._across is None:
            self._across = self._point(place).x()
        if document is not None and (position := self._inner(document, place, step)) is not None:
            return place._replace(position=position)
        if step in _BACKWARD:
            return self._before(place, step)
        return self._behind(place, step)

    def _inner(self, document: QTextDocument, place: Place, step: _Move) -> int | None:
        """Where a step leads inside a document; None where it leads out of it."""
        cursor = QTextCursor(document)
        cursor.setPosition(place.position)
        if self._across is not None:
            x = self._across - self._left(place)
            if isinstance(table_layout := document.documentLayout(), TableLayout):
                return table_layout.beyond_line(place.position, x, is_down=step is _Move.Down)
            cursor.setVerticalMovementX(round(x))
        moved = cursor.movePosition(step)
        is_stuck = not moved or cursor.position() == place.position
        return None if is_stuck and step not in _INSIDE else cursor.position()

    def _behind(self, place: Place, step: _Move) -> Place:
        """The next block with text; its beginning, or below the same column."""
        index, row, item = place[:3]
        while index < len(self._column.layouts):
            layout = self._layout(index)
            while row < len(layout.rows):
                items = self._made(layout, row)
                while item + 1 < len(items):
                    item += 1
                    if items[item].document is not None:
                        found = Place(index, row, item)
                        return (
                            self._in_column(found, is_last=False) if step == _Move.Down else found
                        )
                row, item = row + 1, -1
            index, row, item = index + 1, 0, -1
        document = self._document(place)
        end = max(0, document.characterCount() - 1) if document else 0
        return place._replace(position=end)

    def _before(self, place: Place, step: _Move) -> Place:
        """The block with text before this one; its end, or above the same column."""
        index, row, item = place[:3]
        while index >= 0:
            layout = self._layout(index)
            while row >= 0:
                items = self._made(layout, row)
                item = min(item, len(items))
                while item > 0:
                    item -= 1
                    document = items[item].document
                    if document is not None:
                        end = items[item].last_position()
                        found = Place(index, row, item, end)
                        if step == _Move.Up:
                            return self._in_column(found, is_last=True)
                        if step == _Move.PreviousBlock:
                            return found._replace(position=document.lastBlock().position())
                        return found
                row, item = row - 1, END
            index -= 1
            row = len(self._layout(index).rows) - 1 if index >= 0 else -1
            item = END
        return place._replace(position=0)

    def _in_column(self, found: Place, *, is_last: bool) -> Place:
        """The place in the first or last line of another block that stands in the column of
        letters which up and down go through."""
        document = self._document(found)
        assert document is not None
        height = document.size().height()
        inside = min(self._state.style.line_height * 0.7, height / 2)
        point = QPointF((self._across or 0.0) - self._left(found), inside)
        if is_last:
            point.setY(height - inside)
        position = document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        return found._replace(position=max(0, position))

    def _left(self, place: Place) -> float:
        """Where the document at a place begins, in the viewport."""
        layout = self._layout(place.layout)
        item = self._made(layout, place.row)[place.item]
        left = self._viewport.corner(place.layout).x()
        return left + layout.text_left + item.origin().x()

    def _page(self, place: Place, direction: int) -> Place:
        viewport = self._viewport
        point = self._point(place)
        if direction < 0:
            self._position.stop_following()
        viewport.scroll_by(direction * viewport.bar.pageStep())
        inside = QPointF(point.x(), max(2.0, min(point.y(), viewport.height - 2.0)))
        found = self._hit_test.place_at(inside)
        return self._settled(found) if found else place

    # --- where things are

    def show(self, place: Place) -> None:
        """Scrolls as far as needed to see a place."""
        viewport, y = self._viewport, self._point(place).y()
        if y < 8:
            self._position.stop_following()
            viewport.scroll_by(int(y) - 24)
        elif y > viewport.height - 24:
            viewport.scroll_by(int(y) - viewport.height + 40)

    def _point(self, place: Place) -> QPointF:
        """Where a place is drawn, in the viewport."""
        layout, corner = self._layout(place.layout), self._viewport.corner(place.layout)
        left, top = corner.x() + layout.text_left, corner.y()
        if place.row >= len(layout.rows) or not (items := layout.rows[place.row].items):
            return QPointF(left, top + layout.row_top(min(place.row, len(layout.rows))))
        item = items[min(place.item, len(items) - 1)]
        y = top + layout.row_top(place.row) + layout.rows[place.row].item_top(place.item)
        if item.document is None:
            return QPointF(left, y)
        block = item.document.findBlock(place.position)
        line = block.layout().lineForTextPosition(place.position - block.position())
        origin, block_corner = item.origin(), corner_of(block)
        down = line.y() + line.height() / 2 if line.isValid() else 0.0
        x = left + origin.x() + _x_of(item.document, place.position)
        return QPointF(x, y + origin.y() + block_corner.y() + down)

    def _layout(self, index: int) -> MessageLayout:
        layout = self._column.layouts[index]
        if not layout.width:
            layout.settle(self._column.width or 700)
        return layout

    @staticmethod
    def _made(layout: MessageLayout, row: int) -> list[BlockItem]:
        found = layout.rows[row]
        if found.items is None:
            layout.heights.set(
                row, found.measure(layout.text_width, layout.style, layout.references)
            )
        return found.items or []

    def _document(self, place: Place) -> QTextDocument | None:
        layout = self._layout(place.layout)
        if place.row >= len(layout.rows):
            return None
        items = self._made(layout, place.row)
        return items[place.item].document if place.item < len(items) else None

    def _last(self, index: int) -> Place:
        layout = self._layout(index)
        for row in range(len(layout.rows) - 1, -1, -1):
            if items := self._made(layout, row):
                return Place(index, row, len(items) - 1, items[-1].last_position())
        return Place(index)


def _step_of(event: QKeyEvent) -> _Move | None:
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _MODIFIERS:
        paragraph = _PARAGRAPHS.get(Qt.Key(event.key()))
        if paragraph is not None:
            return paragraph
    return next((step for key, step in _STEPS.items() if event.matches(key)), None)


def _x_of(document: QTextDocument, position: int) -> float:
    block = document.findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return 0.0
    return corner_of(block).x() + across(line, position - block.position())
