"""Puts together what mouse, keys, finger and menus do in one transcript."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QContextMenuEvent

from app.ui.transcript.interaction.actions import MessageActions
from app.ui.transcript.interaction.block_actions import BlockActions
from app.ui.transcript.interaction.context_menu import TranscriptMenu
from app.ui.transcript.interaction.copy_actions import CopyActions
from app.ui.transcript.interaction.focus_ring import FocusRing
from app.ui.transcript.interaction.folding import Folding
from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.interaction.horizontal_scroll import HorizontalScroll
from app.ui.transcript.interaction.keyboard import Keyboard
from app.ui.transcript.interaction.keyboard_selection import KeyboardSelection
from app.ui.transcript.interaction.mouse import Mouse
from app.ui.transcript.interaction.saving import Saving
from app.ui.transcript.interaction.touch import Touch
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport


class Interaction:
    """The parts that answer to what a reader does."""

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        hit_test: HitTest,
        focus_ring: FocusRing,
    ) -> None:
        self._hit_test = hit_test
        self._focus_ring = focus_ring
        self.folding = Folding(state, viewport, position)
        self.saving = Saving(viewport.area)
        self.copies = CopyActions(state, viewport)
        blocks = BlockActions(self.copies, self.folding, self.saving)
        self.actions = MessageActions(state, viewport, position, self.copies, self.folding, blocks)
        self.menu = TranscriptMenu(state, viewport, hit_test, self.actions, self.copies)
        self.actions.menu_requested.connect(self.menu.open)
        self.horizontal_scroll = HorizontalScroll(state, viewport, hit_test)
        selection = KeyboardSelection(
            state, viewport, position, hit_test, self.copies, self.horizontal_scroll
        )
        self.keyboard = Keyboard(state, viewport, position, focus_ring, self.actions, selection)
        self.mouse = Mouse(
            state, viewport, position, hit_test, self.actions, self.copies, self.horizontal_scroll
        )
        self.touch = Touch(viewport, position, self.mouse, self.horizontal_scroll)
        position.scrolled.connect(self.mouse.refresh)

    def open_menu(self, event: QContextMenuEvent) -> None:
        """Opens the menu of the place that was clicked, or of the ring when a key asked for it."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu.open(*self._focus_ring.menu_place())
        else:
            index = self._hit_test.message_at(event.pos())
            self.menu.open(index, event.globalPos(), QPointF(event.pos()))
