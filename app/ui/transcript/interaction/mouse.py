"""What the mouse does in a transcript: hovering, selecting, clicking buttons and links."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from app.render.markdown.links import is_openable
from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.actions import MessageActions
from app.ui.transcript.interaction.copy_actions import CopyActions
from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.interaction.horizontal_scroll import HorizontalScroll
from app.ui.transcript.interaction.selection import END, Place, Unit
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import NOWHERE, TranscriptState
from app.ui.transcript.viewport import Viewport
from app.ui.widgets.plain_text import as_plain

AUTOSCROLL = 40
"""Milliseconds between steps while a selection is dragged past the edge."""


class Mouse:
    """The mouse over one view."""

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        hit_test: HitTest,
        actions: MessageActions,
        copies: CopyActions,
        horizontal_scroll: HorizontalScroll,
    ) -> None:
        self._state = state
        self._viewport = viewport
        self._position = position
        self._hit_test = hit_test
        self._actions = actions
        self._copies = copies
        self._horizontal_scroll = horizontal_scroll
        self._region: HitRegion | None = None
        self._pressed: HitRegion | None = None
        self._pressed_link = ""
        self._pressed_at = QPoint()
        self._is_selecting = False
        self._click_count = 0
        self._scroll = QTimer(viewport.area)
        self._scroll.setInterval(AUTOSCROLL)
        self._scroll.timeout.connect(self._on_scroll_due)

    # --- events

    def take(self, event: QEvent) -> bool:
        """What happens to the viewport beside clicks; False when it is to go on its way."""
        if event.type() == QEvent.Type.Leave:
            self.leave()
        elif event.type() == QEvent.Type.ToolTip:
            self.show_tip(event)
            return True
        return False

    def press(self, event: QMouseEvent) -> None:
        """A button goes down."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        state, point = self._state, event.position()
        is_triple = (
            self._click_count == 2
            and (event.position().toPoint() - self._pressed_at).manhattanLength() < 6
        )
        self._pressed_at = point.toPoint()
        index, region = self._hit_test.region_at(point)
        self._pressed = region
        self._pressed_link = "" if region else self._hit_test.link_at(point)[0]
        place = self._hit_test.place_at(point)
        state.focus(NOWHERE)
        if region is not None:
            self._horizontal_scroll.press(index, region, point)
        elif place is not None:
            if is_triple and index >= 0:
                self._select_unit(place, Unit.PARAGRAPH)
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and state.selection.anchor:
                self._extend_to(place)
            else:
                state.selection.select(place, place)
            self._is_selecting = True
        self._click_count = 0
        self._viewport.update()

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves."""
        self._state.pointer = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton and self._horizontal_scroll.drag(
            event.position()
        ):
            return
        if self._is_selecting and event.buttons() & Qt.MouseButton.LeftButton:
            self.select_to(event.position())
            height = self._viewport.height
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
        was_selecting, self._is_selecting = self._is_selecting, False
        self._horizontal_scroll.release()
        if was_selecting:
            self._copies.offer_selection()
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        index, region = self._hit_test.region_at(event.position())
        if self._pressed is not None:
            if region is not None and region.command == self._pressed.command:
                self._actions.run(index, region)
        elif self._pressed_link and moved < QApplication.startDragDistance():
            link = self._hit_test.link_at(event.position())[0]
            if link == self._pressed_link and is_openable(link):
                self._actions.link_opened.emit(link)
        self._pressed = None
        self._pressed_link = ""
        self._viewport.update()

    def double_click(self, event: QMouseEvent) -> None:
        """The word under the pointer is selected."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        index, region = self._hit_test.region_at(event.position())
        if region is not None:
            self.press(event)
            return
        place = self._hit_test.place_at(event.position())
        if place is None or index < 0 or place.item == END:
            return
        self._pressed = None
        self._pressed_link = ""
        self._pressed_at = event.position().toPoint()
        self._click_count = 2
        self._select_unit(place, Unit.WORD)
        self._is_selecting = True
        self._viewport.update()

    def leave(self) -> None:
        """The pointer left the view."""
        self._state.pointer = None
        self._state.hovered = NOWHERE
        self._viewport.update()

    def refresh(self) -> None:
        """Looks again at what is under the pointer."""
        state = self._state
        if state.pointer is None:
            return
        index, region = self._hit_test.region_at(state.pointer)
        is_new = index != state.hovered or (region is None) != (self._region is None)
        if region and self._region:
            is_new |= region.rect != self._region.rect
        state.hovered, self._region = index, region
        if region is not None or self._hit_test.link_at(state.pointer)[0]:
            shape = Qt.CursorShape.PointingHandCursor
        elif index >= 0 and self._hit_test.is_text(index, state.pointer):
            shape = Qt.CursorShape.IBeamCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if self._viewport.widget.cursor().shape() is not shape:
            self._viewport.widget.setCursor(shape)
        if is_new:
            self._viewport.update()

    def show_tip(self, event: QEvent) -> None:
        """A button's words, or a link's real address."""
        if not isinstance(event, QHelpEvent):
            return
        point = QPointF(event.pos())
        _, region = self._hit_test.region_at(point)
        tip = region.title if region else self._hit_test.link_at(point)[1]
        if region and region.command.startswith(("code.", "table.", "block.")):
            tip = ""
        if len(tip) > 300:
            tip = f"{tip[:300]}…"
        QToolTip.showText(event.globalPos(), as_plain(tip), self._viewport.widget)

    # --- selecting

    def select_word(self, point: QPointF) -> bool:
        """Selects the word at a place of the viewport, to go on by words; False without one."""
        index, region = self._hit_test.region_at(point)
        place = self._hit_test.place_at(point)
        if region is not None or place is None or index < 0 or place.item == END:
            return False
        self._select_unit(place, Unit.WORD)
        self._viewport.update()
        return not self._state.selection.is_empty

    def select_to(self, point: QPointF) -> None:
        """Goes on selecting to a place of the viewport, by what the selection began with."""
        place = self._hit_test.place_at(point)
        if place is not None and self._state.selection.anchor is not None:
            self._extend_to(place)
            self._viewport.update()

    def _select_unit(self, place: Place, unit: Unit) -> None:
        self._state.selection.select_unit(self._state.column.layouts[place.layout], place, unit)

    def _extend_to(self, place: Place) -> None:
        self._state.selection.extend_to(self._state.column.layouts[place.layout], place)

    def _on_scroll_due(self) -> None:
        pointer, height = self._state.pointer, self._viewport.height
        if pointer is None:
            return
        y = pointer.y()
        over = y if y < 0 else y - height
        if over < 0:
            self._position.stop_following()
        self._viewport.scroll_by(max(-80, min(80, int(over))))
        self.select_to(QPointF(pointer.x(), max(0.0, min(y, height - 1.0))))
