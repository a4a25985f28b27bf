"""What a transcript shows, and what its reader did to it: all that the parts of the view know in
common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from app.core.conversations.conversation import Message
from app.core.conversations.message_tree import SiblingPlace
from app.ui.theme import Theme
from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.interaction.selection import END, Place, TextSelection
from app.ui.transcript.layout.block_state import RowStates
from app.ui.transcript.layout.column import Column
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.style import Style
from app.ui.transcript.sections.error_card import Extras
from app.ui.transcript.sections.thumbnails import Pictures

NOWHERE = -1
"""Stands for the index of a message or a button where there is none."""


class TranscriptState:
    """The state of one view. Messages are named by their index in `column`."""

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        self.theme = theme
        self.pictures = pictures
        self._opened: set[str] = set()
        self.style = Style(theme, pictures, self._opened)
        self.column = Column(self.style)
        self.selection = TextSelection()
        self.focused = NOWHERE
        """The message with the focus ring."""
        self.focused_region = NOWHERE
        """The button of that message which has the ring instead of it."""
        self.pointer: QPointF | None = None
        """Where the pointer rests in the viewport, or None outside."""
        self.hovered = NOWHERE
        """The message under the pointer."""
        self.commands: list[tuple[str, str]] = []
        """Further entries of a message's menu: (command id, title)."""
        self.extras: dict[str, Extras] = {}
        """Message id → what is known of a failed answer beside itself."""
        self.reads_questions = False
        """Whether questions are drawn as Markdown, and not as they were typed."""
        self._first_read = ""
        self._block_states: dict[str, dict[int, RowStates]] = {}

    # --- messages

    def layout_of(self, message_id: str) -> MessageLayout | None:
        """A message of the branch as it is shown, or None when it is not on it."""
        index = self.column.indexes.get(message_id)
        return None if index is None else self.column.layouts[index]

    def new_layout(self, message: Message, place: SiblingPlace) -> MessageLayout:
        """A message as it is shown here, not laid out yet."""
        layout = MessageLayout(message, place, self.style)
        layout.is_plain = layout.is_user and not self.reads_questions
        layout.states = self._block_states.get(message.id, {})
        layout.is_first_read = message.id == self._first_read
        layout.foot.has_more = self.has_more(message)
        layout.foot.extras = self.extras.get(message.id, Extras())
        return layout

    def note_touched(self, layout: MessageLayout) -> None:
        """The reader changed a block of a message, or saw it grow: its blocks are as they were when
        the conversation is left and shown again, so that the place in it is the same."""
        self._block_states[layout.message.id] = layout.states

    def set_extras(self, message_id: str, extras: Extras) -> bool:
        """What is known of a failed answer beside itself; True when it is shown."""
        self.extras[message_id] = extras
        layout = self.layout_of(message_id)
        if layout is None:
            return False
        layout.foot.extras = extras
        layout.invalidate()
        return True

    def set_commands(self, commands: Sequence[tuple[str, str]]) -> None:
        """Further entries of a message's menu."""
        self.commands = list(commands)
        for layout in self.column.layouts.made():
            layout.foot.has_more = self.has_more(layout.message)

    def has_more(self, message: Message) -> bool:
        """Whether a message's menu has anything in it that its row of buttons lacks."""
        return bool(self.commands) or message.provenance is not None

    def set_first_read(self, message_id: str) -> bool:
        """The first message the model can still read, empty where it reads them all; True when it
        was another."""
        before, self._first_read = self._first_read, message_id
        for each in {before, message_id} & self.column.indexes.keys():
            index = self.column.indexes[each]
            self.column.layouts[index].is_first_read = each == message_id
            self.column.refresh(index)
        return before != message_id

    def restyle(self) -> None:
        """The theme has changed."""
        self.style = Style(self.theme, self.pictures, self._opened)
        self.column.restyle(self.style)

    # --- the focus ring

    def focus(self, index: int, region: int = NOWHERE) -> None:
        """Puts the ring on a message, or on a button of it; NOWHERE takes it away."""
        self.focused, self.focused_region = index, region

    def focused_message(self) -> str:
        """The id of the message with the ring, or empty."""
        layout = self.focused_layout()
        return layout.message.id if layout is not None else ""

    def focused_layout(self) -> MessageLayout | None:
        """The message with the ring, or None."""
        if 0 <= self.focused < len(self.column.layouts):
            return self.column.layouts[self.focused]
        return None

    def focused_stop(self) -> HitRegion | None:
        """The button with the ring, in the coordinates of its message, or None."""
        layout = self.focused_layout()
        if layout is None or self.focused_region < 0:
            return None
        stops = layout.focus_stops()
        return stops[self.focused_region] if self.focused_region < len(stops) else None

    # --- the selection

    def select_all(self) -> None:
        """Selects the message with the ring, and with it selected already every message."""
        count = len(self.column.layouts)
        if not count:
            return
        first, last = Place(0), Place(count - 1, END, END, END)
        if 0 <= self.focused < count:
            one = Place(self.focused), Place(self.focused, END, END, END)
            if (self.selection.anchor, self.selection.end) != one:
                first, last = one
        self.selection.select(first, last)
