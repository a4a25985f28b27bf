"""The context menu of a transcript: entries for the link and the block that were clicked, for their
message, and for all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QMenu

from app.commands.rooms import message as commands
from app.core.conversations.conversation import MessageState
from app.render.markdown.links import is_openable
from app.ui.transcript.blocks.block_item import BlockPlace, HitRegion
from app.ui.transcript.blocks.code import CodeItem
from app.ui.transcript.interaction.actions import MessageActions
from app.ui.transcript.interaction.block_actions import block_item_at
from app.ui.transcript.interaction.copy_actions import CopyActions
from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.layout.row_groups import block_rows
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.table.item import TableItem
from app.ui.transcript.viewport import Viewport

FILE_COMMANDS = ("message.open_picture", "message.open_file")


class TranscriptMenu:
    """Makes the menus of one view. Entries are called as the buttons that do the same."""

    def __init__(
        self,
        state: TranscriptState,
        viewport: Viewport,
        hit_test: HitTest,
        actions: MessageActions,
        copies: CopyActions,
    ) -> None:
        self._state = state
        self._viewport = viewport
        self._hit_test = hit_test
        self._actions = actions
        self._copies = copies

    def open(self, index: int, at: QPoint, under: QPointF | None = None) -> None:
        """The menu of a message (NOWHERE: beside all); `under` is the place in the viewport it was
        asked for at."""
        menu = QMenu(self._viewport.area)
        menu.aboutToHide.connect(menu.deleteLater)
        if under is not None:
            self._add_link(menu, under)
        if not self._state.selection.is_empty:
            self._add(menu, "Copy selection", self._copies.copy_selection)
            self._add(menu, "Copy selection as Markdown", self._copies.copy_selection_source)
            menu.addSeparator()
        if index >= 0:
            self._add_block(menu, index, under)
            self._add_message(menu, index)
        self._add(menu, "Select all", self._select_all)
        menu.popup(at)

    def _select_all(self) -> None:
        self._state.select_all()
        self._viewport.update()

    def _add_link(self, menu: QMenu, under: QPointF) -> None:
        actions = self._actions
        _, region = self._hit_test.region_at(under)
        link = self._hit_test.link_at(under)[0]
        if region is not None and region.command == "link.open":
            link = region.argument
        if link and is_openable(link):
            self._add(menu, commands.OPEN_LINK.title, partial(actions.link_opened.emit, link))
            copy = partial(self._copies.copy_address, link)
            self._add(menu, commands.COPY_ADDRESS.title, copy)
            menu.addSeparator()
        elif region is not None and region.command in FILE_COMMANDS:
            run = partial(actions.command_requested.emit, region.command, region.argument)
            self._add(menu, region.title, run)
            menu.addSeparator()

    def _add_block(self, menu: QMenu, index: int, under: QPointF | None) -> None:
        layout = self._state.column.layouts[index]
        if under is None:
            place = self._focused()
        else:
            found = self._hit_test.place_at(under)
            place = (found.row, found.item) if found else None
        if place is None:
            return
        row, number = place
        for region in self._buttons(layout, row, number):
            self._add(menu, region.name, partial(self._actions.run, index, region))
        if self._buttons(layout, row, number):
            menu.addSeparator()

    @staticmethod
    def _buttons(layout: MessageLayout, row: int, number: int) -> list[HitRegion]:
        """The buttons of the block at a place: code has them above, tables below."""
        item = block_item_at(layout, row, number)
        if not isinstance(item, CodeItem | TableItem):
            return []
        rows = block_rows(layout.rows, row)
        at = rows[0] if isinstance(item, CodeItem) else rows[-1]
        ending = layout.rows[at]
        if ending.items is None:
            layout.heights.set(
                at, ending.measure(layout.text_width, layout.style, layout.references)
            )
        for place, other in enumerate(ending.items or ()):
            if isinstance(other, CodeItem | TableItem) and other.state is item.state:
                where = BlockPlace(at, place)
                return [found.moved(0, 0, where) for found in other.regions() if found.is_action]
        return []

    def _focused(self) -> tuple[int, int] | None:
        """(row, block) of the block whose button has the keyboard."""
        region = self._state.focused_stop()
        return region.place if region is not None else None

    def _add_message(self, menu: QMenu, index: int) -> None:
        layout, actions = self._state.column.layouts[index], self._actions
        message = layout.message
        title = "Copy question" if layout.is_user else "Copy answer"
        self._add(menu, title, partial(self._copies.copy_message, index))
        self._add(menu, commands.COPY_MARKDOWN.title, partial(self._copies.copy_source, index))
        other = "Show formatted" if layout.is_plain else commands.AS_TEXT.title
        self._add(menu, other, partial(actions.show_as_text, index, not layout.is_plain))
        is_done = message.state is not MessageState.WRITING
        if message.provenance is not None and is_done:
            run = partial(actions.details_requested.emit, message.id)
            self._add(menu, commands.DETAILS.title, run)
        for command_id, words in self._state.commands:
            self._add(menu, words, partial(actions.command_requested.emit, command_id, message.id))
        menu.addSeparator()

    @staticmethod
    def _add(menu: QMenu, title: str, run: Callable[[], object]) -> None:
        menu.addAction(title.replace("&", "&&")).triggered.connect(lambda _checked=False: run())
