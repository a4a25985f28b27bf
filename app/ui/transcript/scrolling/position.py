"""Where the reader is in a transcript, and what stays in place while the text around it changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.core.conversations.bookmark import Bookmark
from app.core.conversations.conversation import Message, MessageState, Role
from app.ui.transcript.layout.column import Anchor
from app.ui.transcript.layout.message import FOOT, HEAD
from app.ui.transcript.scrolling.jump_button import JumpButton
from app.ui.transcript.state import TranscriptState
from app.ui.transcript.viewport import Viewport

READING, ALWAYS, NEVER = "reading", "always", "never"
"""What an answer does to the view: its question goes to the top and the text grows below; its end
stays in view; nothing."""

NEAR_END = 4
LONG_QUESTION = 0.6
"""Share of the view from which on a question is too long to be brought to the top whole."""
LONG_SHOWN = 0.4
"""Share of the view that the end of a long question takes."""
ABOVE_QUESTION = 8
"""Px between the top of the view and a question that was brought there."""


class ScrollPosition(QObject):
    """The reader's place in one view. `scrolled` says that the reader moved it.

    `is_following` keeps the end in view. Otherwise the row at the top stays where it is.
    """

    scrolled = Signal()

    def __init__(self, state: TranscriptState, viewport: Viewport, jump_button: JumpButton) -> None:
        super().__init__(viewport.area)
        self._column = state.column
        self._viewport = viewport
        self._jump_button = jump_button
        self.follow = READING
        self.is_following = True
        self._anchor: Anchor | None = None
        self._question: Anchor | None = None
        self._is_settling = False

    # --- what the reader does

    def stop_following(self) -> None:
        """The reader moved up, or changed what is in view: from here on the place is kept."""
        self.is_following = False

    def jump_to_end(self) -> None:
        """Goes to the end and follows what comes."""
        self.is_following = True
        self.settle()

    def bring(self, index: int, *, at_top: bool = False) -> None:
        """Brings a message into view as far as it fits, or to the top."""
        value, height = self._viewport.value, self._viewport.height
        top = self._column.top(index)
        bottom = top + self._column.layouts[index].height
        if at_top or top < value or bottom > value + height:
            is_above = at_top or bottom - top > height or top < value
            distance = ABOVE_QUESTION if is_above else height - (bottom - top)
            self.stay(Anchor(index, HEAD, distance))

    def stay(self, anchor: Anchor) -> None:
        """Puts a row at a distance from the top of the view, and keeps it there."""
        self.is_following = False
        self._anchor = anchor
        self.settle()

    def note_scrolled(self, value: int) -> None:
        """The scroll bar was moved: reaching the end follows again."""
        if self._is_settling:
            return
        self.is_following = self.is_at_end() and not self._column.spare
        self._anchor = self._column.anchor(value, self._viewport.height)
        self.settle()
        self.scrolled.emit()

    def is_at_end(self) -> bool:
        """Whether the end is in view."""
        bar = self._viewport.bar
        return bar.value() >= bar.maximum() - NEAR_END

    # --- what happens to the transcript

    def note_asked(self, index: int) -> None:
        """A question was asked, or asked again: the view goes where the mode says."""
        self.is_following = self.follow == ALWAYS
        self._question = None
        if self.follow == READING:
            self._anchor = self._question = self._beginning(index)
        elif self.follow == NEVER:
            self._anchor = None
            self.settle()
            self.bring(index)

    def note_growing(self) -> None:
        """Text arrives below."""
        if self.follow == NEVER:
            self.is_following = False

    def note_answered(self) -> None:
        """An answer ended: whatever stands below it now, the view does not move."""
        self._anchor = self._column.anchor(self._viewport.value, self._viewport.height)
        self.is_following = False

    def note_shown(
        self, messages: Sequence[Message], bookmark: Bookmark | None, anchor: Anchor | None
    ) -> None:
        """Another branch is shown: at `anchor` when it begins like the one before, else at the
        place it was left, else at its end, or at the question being answered."""
        indexes = self._column.indexes
        last = messages[-1] if messages else None
        self.is_following = False
        self._anchor = anchor
        if anchor is None:
            self._question = None
        if anchor is None and bookmark is not None and bookmark.message_id in indexes:
            index = indexes[bookmark.message_id]
            self._anchor = Anchor(index, bookmark.row, bookmark.distance)
        elif last and last.state is MessageState.WRITING and self.follow != NEVER:
            asked = (m.id for m in reversed(messages) if m.role is not Role.ASSISTANT)
            self.note_asked(indexes[next(asked, last.id)])
        elif anchor is None:
            self.is_following = True

    def kept_anchor(self) -> tuple[str, int, int] | None:
        """(message id, row, distance) of what stays in place, or None where the end does."""
        anchor, layouts = self._anchor, self._column.layouts
        if anchor is None or self.is_following or not layouts:
            return None
        return layouts[anchor.message].message.id, anchor.row, anchor.distance

    def bookmark(self) -> Bookmark | None:
        """The reader's place, to come back to; None at the end."""
        kept = None if self.is_at_end() else self.kept_anchor()
        return Bookmark(*kept) if kept else None

    # --- keeping the place

    def settle(self) -> None:
        """Makes what is in view true and sets the scroll bar; the place is kept."""
        if self._is_settling:
            return
        self._is_settling = True
        try:
            self._settle()
        finally:
            self._is_settling = False
        bar, column = self._viewport.bar, self._column
        away = bar.maximum() - bar.value() if column.layouts else 0
        self._jump_button.show_for(away, is_growing=column.is_growing)
        self._viewport.update()

    def _settle(self) -> None:
        column, bar, height = self._column, self._viewport.bar, self._viewport.height
        column.set_viewport_width(self._viewport.width)
        value = bar.value()
        if self._anchor and column.layouts:
            value = column.place_of(self._anchor)
        value = column.settle(
            value,
            height,
            is_following=self.is_following,
            anchor=self._anchor,
            question=self._question,
        )
        bar.setPageStep(height)
        bar.setRange(0, max(0, column.total - height))
        bar.setValue(value)
        self._anchor = column.anchor(value, height)
        column.forget_unseen()

    def sees_growth(self, index: int) -> bool:
        """Whether what still changes of a growing message is in view, or the view follows it."""
        bottom = self._viewport.value + self._viewport.height
        return self.is_following or self._column.open_top(index) < bottom

    def settle_below(self) -> None:
        """Only what is below the view has changed: what is seen stays as it was drawn, unless a
        link in it has got its address."""
        column, bar, height = self._column, self._viewport.bar, self._viewport.height
        if not column.is_settled(bar.value(), height):
            self.settle()
            return
        column.make_room(self._question, height)
        bar.setRange(0, max(0, column.total - height))
        self._jump_button.show_for(bar.maximum() - bar.value(), is_growing=column.is_growing)

    def _beginning(self, index: int) -> Anchor:
        """Where an answer's question goes: to the top, or so far up that the answer begins in
        view."""
        height = self._viewport.height
        if self._column.layouts[index].guess(self._column.width) > LONG_QUESTION * height:
            return Anchor(index, FOOT, int(LONG_SHOWN * height))
        return Anchor(index, HEAD, ABOVE_QUESTION)
