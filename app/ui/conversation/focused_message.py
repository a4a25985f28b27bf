"""What commands do to the focused message: the one with the focus ring, or else the last answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from app.core.conversations.conversation import Message, MessageState, Role
from app.core.conversations.sources import host_of
from app.services.notices import Notice
from app.ui.conversation.view import ConversationView
from app.ui.transcript.accessibility.text import whole_text

WIDEST = 60
"""Characters of a link's words in the list."""


class FocusedMessage(QObject):
    """The commands of one conversation view that need a message or a link of it."""

    def __init__(self, view: ConversationView) -> None:
        super().__init__(view)
        self._view = view
        self._transcript = view.transcript

    def index(self) -> int | None:
        """The number of the focused message, None when there is none."""
        if self._transcript.state.focused >= 0:
            return self._transcript.state.focused
        answer = self._view.last_message(Role.ASSISTANT)
        if answer is None:
            return None
        # A message that was just stored may be asked for before it is shown.
        return self._transcript.state.column.indexes.get(answer.id)

    def is_there(self) -> bool:
        """Whether there is such a message."""
        return self.index() is not None

    def copy_markdown(self) -> None:
        """Puts the Markdown of what is selected, or else of the message, on the clipboard."""
        copies, index = self._transcript.interaction.copies, self.index()
        if not self._transcript.state.selection.is_empty:
            copies.copy_selection_source()
        elif index is not None:
            copies.copy_source(index)

    def is_as_text(self) -> bool:
        """Whether it is shown as it was written."""
        index = self.index()
        if index is None:
            return False
        _, layout = self._transcript.state.column.layouts.peek(index)
        return layout is not None and layout.is_plain

    def turn_as_text(self) -> None:
        """Shows it as it was written, or as it is meant."""
        index = self.index()
        if index is not None:
            self._transcript.interaction.actions.show_as_text(index, not self.is_as_text())

    def has_details(self) -> bool:
        """Whether it is known where it came from."""
        message = self._answer()
        return message is not None and message.state is not MessageState.WRITING

    def show_details(self) -> None:
        """Shows where it came from."""
        message = self._answer()
        if message is not None:
            self._transcript.details_requested.emit(message.id)

    def _answer(self) -> Message | None:
        """The answer with the ring, or the one below the question with the ring."""
        index, column = self.index(), self._transcript.state.column
        for place in () if index is None else (index, index + 1):
            if place < len(column.layouts):
                message, _ = column.layouts.peek(place)
                if message.role is Role.ASSISTANT:
                    return message
                if message.role is not Role.USER:
                    return None
        return None

    # --- links

    def open_link(self) -> None:
        """Shows where a link leads, before it is opened."""
        self._with_link(self._transcript.link_opened.emit)

    def copy_address(self) -> None:
        """Puts the address of a link on the clipboard."""
        self._with_link(self._transcript.interaction.copies.copy_address)

    def _with_link(self, act: Callable[[str], object]) -> None:
        """Does something with the link with the ring, the only one, or one the user chooses."""
        from app.ui.transcript.interaction.message_links import links_of

        index = self.index()
        if index is None:
            return
        layout = self._transcript.state.column.layouts[index]
        stops = layout.focus_stops() if index == self._transcript.state.focused else []
        number = self._transcript.state.focused_region
        if 0 <= number < len(stops) and stops[number].command == "link.open":
            act(stops[number].argument)
            return
        links = links_of(layout.message, whole_text(layout.message, layout))
        if not links:
            self._view.notices.show_notice(Notice("There is no link in this message."))
        elif len(links) == 1:
            act(links[0].url)
        else:
            menu = QMenu(self._transcript)
            menu.setAccessibleName("Links of the message")
            menu.aboutToHide.connect(menu.deleteLater)
            for link in links:
                words = link.words if len(link.words) <= WIDEST else f"{link.words[:WIDEST]}…"
                title = f"{words} – {host_of(link.url)}" if words else host_of(link.url)
                run = partial(act, link.url)
                menu.addAction(title.replace("&", "&&")).triggered.connect(
                    lambda _checked=False, run=run: run()
                )
            menu.popup(self._place(index))
            menu.setActiveAction(menu.actions()[0])

    def _place(self, index: int) -> QPoint:
        """Where the list opens: at the top of the message, as far as that is in view."""
        corner = self._transcript.visible_part.corner(index)
        return self._transcript.visible_part.to_global(QPoint(corner.x(), max(0, corner.y())))
