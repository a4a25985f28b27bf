"""The transcript view: one scroll area, painted whole, laid out only where it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.core.conversations.bookmark import Bookmark
from app.core.conversations.conversation import Message, MessageState, Role
from app.core.conversations.message_tree import SiblingPlace
from app.ui.conversation.empty_state import EmptyState
from app.ui.theme import Theme
from app.ui.transcript.accessibility.events import AccessibilityEvents
from app.ui.transcript.accessibility.transcript import AccessibleTranscript
from app.ui.transcript.interaction.focus_ring import FocusRing
from app.ui.transcript.interaction.hit_testing import HitTest
from app.ui.transcript.interaction.interaction import Interaction
from app.ui.transcript.layout.column import Anchor
from app.ui.transcript.layout.lazy_layouts import ALONE, Places
from app.ui.transcript.painting.formula_updates import FormulaUpdates
from app.ui.transcript.painting.paint import paint
from app.ui.transcript.painting.row_cache import RowCache
from app.ui.transcript.scrolling.jump_button import JumpButton
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.scrolling.scroll_bar import ScrollBar
from app.ui.transcript.sections.error_card import Extras
from app.ui.transcript.sections.thumbnails import Pictures
from app.ui.transcript.state import NOWHERE, TranscriptState
from app.ui.transcript.streaming.preload import Preload
from app.ui.transcript.streaming.repaint_timer import RepaintTimer
from app.ui.transcript.streaming.text_buffer import REASONING, TEXT, TextBuffer
from app.ui.transcript.viewport import Viewport


class TranscriptView(QAbstractScrollArea):
    """Shows a branch of messages and lets the running answer grow at its end.

    What it shows is in `state`, what of it is in view in `visible_part`. Its parts know these two
    and each other, never the view.
    """

    link_opened = Signal(str)
    retry_requested = Signal(str)
    edit_requested = Signal(str)
    sibling_requested = Signal(str, int)
    continue_requested = Signal(str)
    keep_requested = Signal(str)
    copy_done = Signal(str)
    save_failed = Signal(object)
    command_requested = Signal(str, str)
    details_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.scroll_bar = ScrollBar(theme)
        self.setVerticalScrollBar(self.scroll_bar)
        self.pictures = Pictures(self)
        self.pictures.ready.connect(self.viewport().update)
        self.state = state = TranscriptState(theme, self.pictures)
        self.visible_part = viewport = Viewport(self, state.column)
        self._empty = EmptyState(theme, self.viewport())
        self._empty.chosen.connect(self.command_requested)
        self._empty.hide()
        self.jump = JumpButton(theme, self.viewport())
        self.position = position = ScrollPosition(state, viewport, self.jump)
        hit_test = HitTest(state, viewport)
        self._accessible = AccessibleTranscript(state, viewport, hit_test)
        self._accessibility_events = AccessibilityEvents(self._accessible)
        self._focus_ring = FocusRing(state, viewport, position, self._accessibility_events)
        self.interaction = Interaction(state, viewport, position, hit_test, self._focus_ring)
        self._mouse = self.interaction.mouse
        self._pass_signals_on()
        self.row_cache = RowCache()
        self._text_buffer = TextBuffer(self, self.take_arrived)
        self._repaint_timer = RepaintTimer(state, viewport)
        self._formula_updates = FormulaUpdates(state, viewport, position)
        self.preload = Preload(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Conversation")
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().installEventFilter(self)
        self.scroll_bar.valueChanged.connect(position.note_scrolled)
        self.scroll_bar.setSingleStep(40)
        self.jump.clicked.connect(self.jump_to_end)
        theme.changed.connect(self._on_theme_changed)

    def _pass_signals_on(self) -> None:
        interaction, actions = self.interaction, self.interaction.actions
        interaction.saving.saved.connect(self.copy_done)
        interaction.saving.failed.connect(self.save_failed)
        interaction.copies.copied.connect(self.copy_done)
        actions.link_opened.connect(self.link_opened)
        actions.retry_requested.connect(self.retry_requested)
        actions.edit_requested.connect(self.edit_requested)
        actions.sibling_requested.connect(self.sibling_requested)
        actions.continue_requested.connect(self.continue_requested)
        actions.keep_requested.connect(self.keep_requested)
        actions.command_requested.connect(self.command_requested)
        actions.details_requested.connect(self.details_requested)

    # --- what is shown

    def set_branch(
        self, messages: Sequence[Message], places: Places, bookmark: Bookmark | None = None
    ) -> None:
        """Shows another branch. Stays in place when it begins like the one before, else goes to
        the bookmark, or to the end."""
        state, column = self.state, self.state.column
        kept = self.position.kept_anchor()
        self._text_buffer.drop()
        state.selection.clear()
        state.focus(NOWHERE)
        anchor = None
        if column.show(messages, places, state.new_layout) and kept:
            message_id, row, distance = kept
            if message_id in column.indexes:
                anchor = Anchor(column.indexes[message_id], row, distance)
        self.position.note_shown(messages, bookmark, anchor)
        self.settle()
        self._repaint_timer.watch()
        self._accessibility_events.branch_shown()
        self._show_empty()
        if messages:
            self.preload.start()

    def append(self, message: Message, place: SiblingPlace = ALONE) -> None:
        """Adds a message below; the user's own brings the view to it."""
        column = self.state.column
        if message.id in column.indexes:
            self.replace(message)
            return
        column.append(self.state.new_layout(message, place))
        if message.role is not Role.ASSISTANT:
            self.position.note_asked(len(column.layouts) - 1)
        self.settle()
        self._repaint_timer.watch()
        self._accessibility_events.appended()
        self._show_empty()
        self.preload.start()

    def replace(self, message: Message, place: SiblingPlace | None = None) -> None:
        """A new state of a message that is shown; one that is not shown is ignored."""
        column = self.state.column
        index = column.indexes.get(message.id)
        if index is None:
            return
        self.take_arrived()
        layout = column.layouts[index]
        was_writing = layout.message.state is MessageState.WRITING
        if was_writing:
            self.position.note_answered()
        layout.set_message(message, place)
        column.refresh(index)
        self.settle()
        self._repaint_timer.watch()
        if was_writing:
            self.state.note_touched(layout)
            self._accessibility_events.ended(index)

    def set_place(self, message_id: str, place: SiblingPlace) -> None:
        """Where a message stands among its siblings."""
        layout = self.state.layout_of(message_id)
        if layout is not None and layout.foot.place != place:
            layout.foot.place = place
            self.viewport().update()

    def add_text(self, message_id: str, text: str) -> None:
        """More of the running answer; drawn with what else comes within a frame."""
        if message_id in self.state.column.indexes:
            self._text_buffer.add(message_id, TEXT, text)

    def add_reasoning(self, message_id: str, text: str) -> None:
        """More of what the model thinks."""
        if message_id in self.state.column.indexes:
            self._text_buffer.add(message_id, REASONING, text)

    def replace_text(self, message_id: str, text: str) -> None:
        """Another text for the running answer, instead of all that came so far."""
        column = self.state.column
        index = column.indexes.get(message_id)
        if index is None:
            return
        self.take_arrived()
        old = column.layouts[index]
        layout = self.state.new_layout(old.message, old.foot.place)
        layout.foot.waiting = old.foot.waiting
        column.layouts[index] = layout
        layout.think(old.reasoning.text)
        layout.rebuild_with(text)
        column.refresh(index)
        self.settle()

    def set_waiting(self, message_id: str, text: str) -> None:
        """What the line says while the first word has not come; empty hides it."""
        layout = self.state.layout_of(message_id)
        if layout is not None:
            layout.foot.waiting = text
            layout.invalidate()
            self.settle()
            self._repaint_timer.watch()

    def clear(self) -> None:
        """Shows nothing but the empty state."""
        self.set_branch([], {})

    def set_empty_state(self, cards: Sequence[tuple[str, str, str, str]]) -> None:
        """The cards of an empty conversation: (title, subtitle, icon, command id)."""
        self._empty.set_cards(cards)
        self._show_empty()

    def set_message_commands(self, commands: Sequence[tuple[str, str]]) -> None:
        """Further entries of a message's "more" menu: (command id, title), run with its id."""
        self.state.set_commands(commands)
        self.viewport().update()

    def set_extras(self, message_id: str, extras: Extras) -> None:
        """What is known of a failed answer beside itself: a wait, other ways to ask."""
        if self.state.set_extras(message_id, extras):
            self.settle()
        self._repaint_timer.watch()

    def set_first_read(self, message_id: str) -> None:
        """The first message the model can still read, empty where it reads them all."""
        if self.state.set_first_read(message_id):
            self.settle()

    def set_reads_questions(self, reads: bool) -> None:
        """Whether questions are drawn as Markdown, and not as they were typed."""
        if reads == self.state.reads_questions:
            return
        self.state.reads_questions = reads
        column = self.state.column
        for layout in list(column.layouts.made()):
            if layout.is_user:
                index = column.indexes[layout.message.id]
                self.interaction.actions.show_as_text(index, not reads)

    # --- going places

    def show_message(self, message_id: str) -> None:
        """Brings a message to the top of the view and gives it the focus ring."""
        index = self.state.column.indexes.get(message_id)
        if index is not None:
            self.focus_message(index, at_top=True)

    def walk(self, step: int) -> None:
        """Moves the focus ring by messages."""
        self._focus_ring.walk(step)

    def focused_message(self) -> str:
        """The id of the message with the focus ring, or empty."""
        return self.state.focused_message()

    def focus_message(self, index: int, *, at_top: bool = False) -> None:
        """Puts the focus ring on a message and brings it into view."""
        self._focus_ring.move_to(index, at_top=at_top)

    def jump_to_end(self) -> None:
        """Goes to the end and follows what comes."""
        self.position.jump_to_end()

    # --- growing

    def take_arrived(self) -> None:
        """Shows what has arrived since the last frame."""
        arrived = self._text_buffer.take()
        if not arrived:
            return
        column, position = self.state.column, self.position
        position.note_growing()
        is_seen = False
        for message_id, text, reasoning in arrived:
            index = column.indexes[message_id]
            layout = column.layouts[index]
            is_seen |= bool(reasoning) or position.sees_growth(index)
            if reasoning:
                layout.think(reasoning)
            if text:
                layout.feed(text)
            layout.settle(column.width or 700)
            column.refresh(index)
        if is_seen:
            position.settle()
        else:
            position.settle_below()
        self._repaint_timer.watch()

    def settle(self) -> None:
        """Makes what is in view true and sets the scroll bar; the reader's place is kept."""
        self.position.settle()

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the whole viewport."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.state.style.colour("background"))
            paint(painter, self.state, self.visible_part, self.row_cache)

    def _show_empty(self) -> None:
        is_empty = not self.state.column.layouts and self._empty.has_cards
        self._empty.setVisible(is_empty)
        if is_empty:
            self._empty.setGeometry(self.viewport().rect())

    # --- what happens

    def _on_theme_changed(self) -> None:
        self.state.restyle()
        self.jump.restyle()
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the row at the top where it is."""
        super().resizeEvent(event)
        self.settle()
        self._show_empty()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Everything is drawn anew: half-moved pictures were seen to leave traces."""
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways over wide code; upward stops following at once."""
        if self.interaction.horizontal_scroll.wheel(event):
            event.accept()
            return
        if event.angleDelta().y() > 0 or event.pixelDelta().y() > 0:
            self.position.stop_following()
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a selection or a click."""
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Selects, or shows what is under the pointer."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a selection or does what was clicked."""
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word."""
        self._mouse.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu of what can be done here."""
        self.interaction.open_menu(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices fingers on the viewport, the pointer leaving it, and tool tips."""
        return self._mouse.take(event) or self.interaction.touch.take(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scrolls, walks between messages, copies."""
        if not self.interaction.keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes through the buttons of the message with the focus ring first."""
        if self._focus_ring.step(1 if is_next else -1):
            return True
        return super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring appears."""
        super().focusInEvent(event)
        self._focus_ring.enter(event.reason())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()
