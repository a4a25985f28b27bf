"""What the mouse does in a transcript: hovering, selecting, clicking buttons and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.render.markdown.links import is_openable
from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.horizontal_scroll import HorizontalScroll
from app.ui.transcript.interaction.primary_selection import offer
from app.ui.transcript.interaction.selection import END, Place, Unit, unit_at
from app.ui.transcript.interaction.touch import Touch
from app.ui.transcript.layout.message import MessageLayout
from app.ui.widgets.plain_text import as_plain

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

AUTOSCROLL = 40
"""Milliseconds between steps while a selection is dragged past the edge."""


class Mouse:
    """The mouse over one view."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.position: QPointF | None = None
        self.hovered = -1
        self._region: HitRegion | None = None
        self._pressed: HitRegion | None = None
        self._pressed_link = ""
        self._pressed_at = QPoint()
        self._is_selecting = False
        self._click_count = 0
        self._unit = Unit.CHARACTER
        self._origin: tuple[Place, Place] | None = None
        self.horizontal_scroll = HorizontalScroll(view)
        self.touch = Touch(view)
        self._scroll = QTimer(view)
        self._scroll.setInterval(AUTOSCROLL)
        self._scroll.timeout.connect(self._on_scroll_due)

    # --- what is where

    def layout_under(self, point: QPoint) -> int:
        """The message at a place of the viewport, or -1."""
        view = self._view
        y = point.y() + view.verticalScrollBar().value()
        if not view.column.layouts or y >= view.column.total or y < view.column.top(0):
            return -1
        return view.column.at(y)

    def _inside(self, index: int, point: QPointF) -> QPointF:
        view = self._view
        left = view.column.left(view.viewport().width())
        top = view.column.top(index) - view.verticalScrollBar().value()
        return QPointF(point.x() - left, point.y() - top)

    def region_at(self, point: QPointF) -> tuple[int, HitRegion | None]:
        """(message, what can be clicked) at a place of the viewport."""
        index = self.layout_under(point.toPoint())
        if index < 0:
            return -1, None
        inner = self._inside(index, point)
        for region in self._view.column.layouts[index].regions(int(inner.y())):
            if region.rect.contains(inner):
                return index, region
        return index, None

    def link_at(self, point: QPointF) -> tuple[str, str]:
        """(address, tool tip) at a place of the viewport."""
        index = self.layout_under(point.toPoint())
        if index < 0:
            return "", ""
        layout, inner = self._view.column.layouts[index], self._inside(index, point)
        row = layout.row_at(int(inner.y()))
        if row < 0:
            return "", ""
        return layout.rows[row].link_at(
            inner.x() - layout.text_left, inner.y() - layout.row_top(row)
        )

    def place_at(self, point: QPointF) -> Place | None:
        """The place in the text nearest to a point of the viewport."""
        view = self._view
        if not view.column.layouts:
            return None
        y = point.y() + view.verticalScrollBar().value()
        if y < view.column.top(0):
            return Place(0)
        index = view.column.at(int(y))
        layout, inner = view.column.layouts[index], self._inside(index, point)
        row = layout.row_at(int(inner.y()))
        if row == -1 or not layout.rows:
            return Place(index)
        if row == -2:
            return Place(index, len(layout.rows) - 1, END, END)
        item, position = layout.rows[row].position_at(
            inner.x() - layout.text_left, inner.y() - layout.row_top(row)
        )
        return Place(index, row, item, position)

    # --- events

    def take(self, event: QEvent) -> bool:
        """What happens to the viewport beside clicks; False when it is to go on its way."""
        if event.type() == QEvent.Type.Leave:
            self.leave()
        elif event.type() == QEvent.Type.ToolTip:
            self.show_tip(event)
            return True
        return self.touch.take(event)

    @staticmethod
    def asked(event: QContextMenuEvent) -> QPointF | None:
        """The place of the viewport a menu was asked for at; None by a key."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            return None
        return QPointF(event.pos())

    def press(self, event: QMouseEvent) -> None:
        """A button goes down."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        view, point = self._view, event.position()
        is_triple = (
            self._click_count == 2
            and (event.position().toPoint() - self._pressed_at).manhattanLength() < 6
        )
        self._pressed_at = point.toPoint()
        index, region = self.region_at(point)
        self._pressed = region
        self._pressed_link = "" if region else self.link_at(point)[0]
        place = self.place_at(point)
        view.focused, view.focused_region = -1, -1
        if region is not None:
            self.horizontal_scroll.press(index, region, point)
        elif place is not None:
            if is_triple and index >= 0:
                self._select_unit(place, Unit.PARAGRAPH)
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and view.selection.anchor:
                self._extend_to(place)
            else:
                self.forget_unit()
                view.selection.select(place, place)
            self._is_selecting = True
        self._click_count = 0
        view.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves."""
        self.position = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton and self.horizontal_scroll.drag(
            event.position()
        ):
            return
        if self._is_selecting and event.buttons() & Qt.MouseButton.LeftButton:
            self.select_to(event.position())
            height = self._view.viewport().height()
            if not 0 <= event.position().y() < height:
                if not self._scroll.isActive():
                    self._scroll.start()
            else:
                self._scroll.stop()
            return
        self.refresh()

    def release(self, event: QMouseEvent) -> None:
        """A button comes up."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._scroll.stop()
        if self._is_selecting:
            offer(self._view)
        self._is_selecting = False
        self.horizontal_scroll.release()
        view = self._view
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        index, region = self.region_at(event.position())
        if self._pressed is not None:
            if region is not None and region.command == self._pressed.command:
                view.actions_here.run(index, region)
        elif self._pressed_link and moved < QApplication.startDragDistance():
            link = self.link_at(event.position())[0]
            if link == self._pressed_link and is_openable(link):
                view.link_opened.emit(link)
        self._pressed = None
        self._pressed_link = ""
        view.viewport().update()

    def double_click(self, event: QMouseEvent) -> None:
        """The word under the pointer is selected."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index, region = self.region_at(event.position())
        if region is not None:
            self.press(event)
            return
        place = self.place_at(event.position())
        if place is None or index < 0 or place.item == END:
            return
        self._pressed = None
        self._pressed_link = ""
        self._pressed_at = event.position().toPoint()
        self._click_count = 2
        self._select_unit(place, Unit.WORD)
        self._is_selecting = True
        self._view.viewport().update()

    def leave(self) -> None:
        """The pointer left the view."""
        self.position = None
        self.hovered = -1
        self._view.viewport().update()

    def refresh(self) -> None:
        """Looks again at what is under the pointer."""
        view = self._view
        if self.position is None:
            return
        index, region = self.region_at(self.position)
        is_new = index != self.hovered or (region is None) != (self._region is None)
        if region and self._region:
            is_new |= region.rect != self._region.rect
        self.hovered, self._region = index, region
        if region is not None or self.link_at(self.position)[0]:
            shape = Qt.CursorShape.PointingHandCursor
        elif index >= 0 and self._is_over_text(index):
            shape = Qt.CursorShape.IBeamCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if view.viewport().cursor().shape() is not shape:
            view.viewport().setCursor(shape)
        if is_new:
            view.viewport().update()

    def show_tip(self, event: QEvent) -> None:
        """A button's words, or a link's real address."""
        if not isinstance(event, QHelpEvent):
            return
        point = QPointF(event.pos())
        _, region = self.region_at(point)
        tip = region.title if region else self.link_at(point)[1]
        if region and region.command.startswith(("code.", "table.", "block.")):
            tip = ""
        if len(tip) > 300:
            tip = f"{tip[:300]}…"
        QToolTip.showText(event.globalPos(), as_plain(tip), self._view.viewport())

    def _is_over_text(self, index: int) -> bool:
        assert self.position is not None
        layout: MessageLayout = self._view.column.layouts[index]
        inner = self._inside(index, self.position)
        return layout.row_at(int(inner.y())) >= 0 and inner.x() >= layout.text_left - 4

    # --- selecting

    def select_word(self, point: QPointF) -> bool:
        """Selects the word at a place of the viewport, to go on by words; False without one."""
        index, region = self.region_at(point)
        place = self.place_at(point)
        if region is not None or place is None or index < 0 or place.item == END:
            return False
        self._select_unit(place, Unit.WORD)
        self._view.viewport().update()
        return not self._view.selection.is_empty

    def select_to(self, point: QPointF) -> None:
        """Goes on selecting to a place of the viewport, by what the selection began with."""
        place = self.place_at(point)
        if place is not None and self._view.selection.anchor is not None:
            self._extend_to(place)
            self._view.viewport().update()

    def forget_unit(self) -> None:
        """Goes on by characters."""
        self._unit, self._origin = Unit.CHARACTER, None

    def _select_unit(self, place: Place, unit: Unit) -> None:
        view = self._view
        self._unit = unit
        self._origin = unit_at(view.column.layouts[place.layout], place, unit)
        view.selection.select(*self._origin)

    def _extend_to(self, place: Place) -> None:
        """Words and paragraphs stay whole at both ends."""
        view = self._view
        assert view.selection.anchor is not None
        if self._origin is None:
            view.selection.select(view.selection.anchor, place)
            return
        first, last = unit_at(view.column.layouts[place.layout], place, self._unit)
        start, stop = self._origin
        if first < start:
            view.selection.select(stop, first)
        else:
            view.selection.select(start, max(stop, last))

    def _on_scroll_due(self) -> None:
        view = self._view
        if self.position is None:
            return
        y, height = self.position.y(), view.viewport().height()
        over = y if y < 0 else y - height
        if over < 0:
            view.reading.stop_following()
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + max(-80, min(80, int(over))))
        self.select_to(QPointF(self.position.x(), max(0.0, min(y, height - 1.0))))
