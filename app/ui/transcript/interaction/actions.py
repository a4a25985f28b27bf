"""What the buttons of a message do; what the program must do for them leaves as a signal."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Signal

from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.block_actions import BlockActions
from app.ui.transcript.interaction.copy_actions import CopyActions
from app.ui.transcript.interaction.folding import Folding
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

READ = "message.read"
"""The command that opens a message in the reader."""


class MessageActions(QObject):
    """The buttons of one view. Signals carry the id of a message where they are about one."""

    link_opened = Signal(str)
    retry_requested = Signal(str)
    edit_requested = Signal(str)
    sibling_requested = Signal(str, int)
    continue_requested = Signal(str)
    keep_requested = Signal(str)
    command_requested = Signal(str, str)
    details_requested = Signal(str)
    menu_requested = Signal(int, QPoint)

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        position: ScrollPosition,
        copies: CopyActions,
        folding: Folding,
        blocks: BlockActions,
    ) -> None:
        super().__init__(viewport.area)
        self._state = state
        self._viewport = viewport
        self._position = position
        self._copies = copies
        self._folding = folding
        self._blocks = blocks

    def run(self, index: int, region: HitRegion) -> None:
        """Does what a button of a message says."""
        layout = self._state.column.layouts[index]
        message_id = layout.message.id
        match region.command:
            case "thought.toggle":
                layout.reasoning.is_open = not layout.reasoning.is_open
                self._resettle(layout)
            case "fold.toggle":
                assert region.place is not None
                self._folding.toggle_part(layout, region.place.row)
            case "message.as_text":
                self.show_as_text(index, not layout.is_plain)
            case "card.details":
                layout.foot.is_unfolded = not layout.foot.is_unfolded
                self._resettle(layout)
            case "message.copy":
                self._copies.copy_message(index)
            case "message.edit":
                self.edit_requested.emit(message_id)
            case "message.retry":
                self.retry_requested.emit(message_id)
            case "message.continue":
                self.continue_requested.emit(message_id)
            case "message.keep":
                self.keep_requested.emit(message_id)
            case "message.details":
                self.details_requested.emit(message_id)
            case "message.more":
                corner = region.rect.bottomLeft() + QPointF(self._viewport.corner(index))
                self.menu_requested.emit(index, self._viewport.to_global(corner.toPoint()))
            case "sibling.previous" | "sibling.next":
                step = -1 if region.command == "sibling.previous" else 1
                position, count, *_ = layout.foot.place
                if 1 <= position + step <= count:
                    self.sibling_requested.emit(message_id, step)
            case "fault.keys":
                self.command_requested.emit("application.providers", region.argument)
            case "link.open":
                self.link_opened.emit(region.argument)
            case _ if region.place is not None:
                self._blocks.run(layout, region.command, region.place)
            case _:
                self.command_requested.emit(region.command, region.argument or message_id)

    def read(self, message_id: str) -> None:
        """Opens a message in the reader."""
        self.command_requested.emit(READ, message_id)

    def show_as_text(self, index: int, is_plain: bool) -> None:
        """Shows a message as it was written, or as it is meant."""
        layout = self._state.column.layouts[index]
        self._state.selection.clear()
        layout.show_as_text(is_plain)
        self._resettle(layout)
        self._state.column.refresh(index)
        self._position.settle()

    def _resettle(self, layout: MessageLayout) -> None:
        self._position.stop_following()
        layout.invalidate()
        self._position.settle()
