"""The transcript view: one scroll area, painted whole, laid out only where it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
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
from app.ui.conversation.empty_state import EmptyState
from app.ui.theme import Theme
from app.ui.transcript.accessibility.events import AccessibilityEvents
from app.ui.transcript.accessibility.interface import install
from app.ui.transcript.blocks.formula_updates import FormulaNews
from app.ui.transcript.interaction.actions import Actions
from app.ui.transcript.interaction.folding import Folding
from app.ui.transcript.interaction.keyboard import Keyboard
from app.ui.transcript.interaction.mouse import Mouse
from app.ui.transcript.interaction.selection import TextSelection
from app.ui.transcript.layout.column import Anchor, Column
from app.ui.transcript.layout.lazy_layouts import Places
from app.ui.transcript.layout.message import MessageLayout
from app.ui.transcript.painting.paint import paint
from app.ui.transcript.painting.row_cache import RowCache
from app.ui.transcript.painting.style import Style
from app.ui.transcript.scrolling.jump_button import JumpButton
from app.ui.transcript.scrolling.position import ScrollPosition
from app.ui.transcript.scrolling.scroll_bar import ScrollBar
from app.ui.transcript.sections.error_card import Extras
from app.ui.transcript.sections.thumbnails import Pictures
from app.ui.transcript.streaming.preload import Preload
from app.ui.transcript.streaming.repaint_timer import RepaintTimer
from app.ui.transcript.streaming.text_buffer import REASONING, TEXT, TextBuffer


class TranscriptView(QAbstractScrollArea):
    """Shows a branch of messages and lets the running answer grow at its end."""

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
        self.mouse = Mouse(self)
        install()
        self.theme = theme
        self.pictures = Pictures(self)
        self.pictures.ready.connect(self.viewport().update)
        self.opened: set[str] = set()
        self.style_now = Style(theme, self.pictures, self.opened)
        self.column = Column(self.style_now)
        self.selection = TextSelection()
        self.row_cache = RowCache()
        self.reading = ScrollPosition(self)
        self.focused = -1
        self.focused_region = -1
        self.extras: dict[str, Extras] = {}
        self._first_read = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.scroll_bar = ScrollBar(theme)
        self.setVerticalScrollBar(self.scroll_bar)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Conversation")
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.verticalScrollBar().valueChanged.connect(self.reading.note_scrolled)
        self.verticalScrollBar().setSingleStep(40)
        self.folding = Folding(self)
        self.actions_here = Actions(self)
        self._keyboard = Keyboard(self)
        self._empty = EmptyState(theme, self.viewport())
        self._empty.chosen.connect(self.command_requested)
        self._empty.hide()
        self.jump = JumpButton(theme, self.viewport())
        self.jump.clicked.connect(self.jump_to_end)
        self._text_buffer = TextBuffer(self, self.take_arrived)
        self.repaint_timer = RepaintTimer(self)
        self.accessibility_events = AccessibilityEvents(self)
        self._formula_news = FormulaNews(self)
        self.preload = Preload(self)
        theme.changed.connect(self._on_theme_changed)

    # --- what is shown

    def set_branch(
        self, messages: Sequence[Message], places: Places, bookmark: Bookmark | None = None
    ) -> None:
        """Shows another branch. Stays in place when it begins like the one before, else goes to
        the bookmark, or to the end."""
        kept = self.reading.kept_anchor()
        self._text_buffer.drop()
        self.selection.clear()
        self.focused, self.focused_region = -1, -1
        anchor = None
        if self.column.show(messages, places, self._layout) and kept:
            message_id, row, distance = kept
            if message_id in self.column.indexes:
                anchor = Anchor(self.column.indexes[message_id], row, distance)
        self.reading.note_shown(messages, bookmark, anchor)
        self.settle()
        self.repaint_timer.watch()
        self.accessibility_events.branch_shown()
        self._show_empty()
        if messages:
            self.preload.start()

    def append(self, message: Message, place: tuple[int, int] = (1, 1)) -> None:
        """Adds a message below; the user's own brings the view to it."""
        if message.id in self.column.indexes:
            self.replace(message)
            return
        self.column.append(self._layout(message, place))
        if message.role is not Role.ASSISTANT:
            self.reading.note_asked(len(self.column.layouts) - 1)
        self.settle()
        self.repaint_timer.watch()
        self.accessibility_events.appended()
        self._show_empty()
        self.preload.start()

    def replace(self, message: Message, place: tuple[int, int] | None = None) -> None:
        """A new state of a message that is shown; one that is not shown is ignored."""
        index = self.column.indexes.get(message.id)
        if index is None:
            return
        self.take_arrived()
        was_writing = self.column.layouts[index].message.state is MessageState.WRITING
        if was_writing:
            self.reading.note_answered()
        self.column.layouts[index].set_message(message, place)
        self.column.refresh(index)
        self.settle()
        self.repaint_timer.watch()
        if was_writing:
            self.folding.note_touched(self.column.layouts[index])
            self.accessibility_events.ended(index)

    def set_place(self, message_id: str, place: tuple[int, int]) -> None:
        """Where a message stands among its siblings."""
        index = self.column.indexes.get(message_id)
        if index is not None and self.column.layouts[index].foot.place != place:
            self.column.layouts[index].foot.place = place
            self.viewport().update()

    def add_text(self, message_id: str, text: str) -> None:
        """More of the running answer; drawn with what else comes within a frame."""
        if message_id in self.column.indexes:
            self._text_buffer.add(message_id, TEXT, text)

    def add_reasoning(self, message_id: str, text: str) -> None:
        """More of what the model thinks."""
        if message_id in self.column.indexes:
            self._text_buffer.add(message_id, REASONING, text)

    def replace_text(self, message_id: str, text: str) -> None:
        """Another text for the running answer, instead of all that came so far."""
        index = self.column.indexes.get(message_id)
        if index is None:
            return
        self.take_arrived()
        old = self.column.layouts[index]
        layout = self._layout(old.message, old.foot.place)
        layout.foot.waiting = old.foot.waiting
        self.column.layouts[index] = layout
        layout.think(old.reasoning.text)
        layout.rebuild_with(text)
        self.column.refresh(index)
        self.settle()

    def set_waiting(self, message_id: str, text: str) -> None:
        """What the line says while the first word has not come; empty hides it."""
        index = self.column.indexes.get(message_id)
        if index is not None:
            layout = self.column.layouts[index]
            layout.foot.waiting = text
            layout.invalidate()
            self.settle()
            self.repaint_timer.watch()

    def clear(self) -> None:
        """Shows nothing but the empty state."""
        self.set_branch([], {})

    def set_empty_state(self, cards: Sequence[tuple[str, str, str, str]]) -> None:
        """The cards of an empty conversation: (title, subtitle, icon, command id)."""
        self._empty.set_cards(cards)
        self._show_empty()

    def set_message_commands(self, commands: Sequence[tuple[str, str]]) -> None:
        """Further entries of a message's "more" menu: (command id, title), run with its id."""
        self.actions_here.set_more(commands)
        self.viewport().update()

    def set_extras(self, message_id: str, extras: Extras) -> None:
        """What is known of a failed answer beside itself: a wait, other ways to ask."""
        self.extras[message_id] = extras
        index = self.column.indexes.get(message_id)
        if index is not None:
            self.column.layouts[index].foot.extras = extras
            self.column.layouts[index].invalidate()
            self.settle()
        self.repaint_timer.watch()

    def set_first_read(self, message_id: str) -> None:
        """The first message the model can still read, empty where it reads them all."""
        before, self._first_read = self._first_read, message_id
        for each in {before, message_id} & self.column.indexes.keys():
            index = self.column.indexes[each]
            self.column.layouts[index].is_first_read = each == message_id
            self.column.refresh(index)
        if before != message_id:
            self.settle()

    # --- going places

    def show_message(self, message_id: str) -> None:
        """Brings a message to the top of the view and gives it the focus ring."""
        index = self.column.indexes.get(message_id)
        if index is not None:
            self.focus_message(index, at_top=True)

    def walk(self, step: int) -> None:
        """Moves the focus ring by messages."""
        if not self.column.layouts:
            return
        if self.focused < 0:
            value, height = self.verticalScrollBar().value(), self.viewport().height()
            index = self.column.at(value + (height - 1 if step < 0 else 0))
        else:
            index = self.focused + step
        self.focus_message(max(0, min(index, len(self.column.layouts) - 1)))

    def focused_message(self) -> str:
        """The id of the message with the focus ring, or empty."""
        return self.column.layouts[self.focused].message.id if self.focused >= 0 else ""

    def focus_message(self, index: int, *, at_top: bool = False) -> None:
        """Puts the focus ring on a message and brings it into view."""
        self.focused, self.focused_region = index, -1
        self.reading.bring(index, at_top=at_top)
        self.accessibility_events.ring_moved()
        self.viewport().update()

    def jump_to_end(self) -> None:
        """Goes to the end and follows what comes."""
        self.reading.jump_to_end()

    # --- growing

    def take_arrived(self) -> None:
        """Shows what has arrived since the last frame."""
        arrived = self._text_buffer.take()
        if not arrived:
            return
        self.reading.note_growing()
        is_seen = False
        for message_id, text, reasoning in arrived:
            index = self.column.indexes[message_id]
            layout = self.column.layouts[index]
            is_seen |= bool(reasoning) or self.reading.sees_growth(index)
            if reasoning:
                layout.think(reasoning)
            if text:
                layout.feed(text)
            layout.settle(self.column.width or 700)
            self.column.refresh(index)
        if is_seen:
            self.settle()
        else:
            self.reading.settle_below()
        self.repaint_timer.watch()

    def settle(self) -> None:
        """Makes what is in view true and sets the scroll bar; the reader's place is kept."""
        self.reading.settle()

    def _layout(self, message: Message, place: tuple[int, int]) -> MessageLayout:
        layout = MessageLayout(message, place, self.style_now)
        layout.states = self.folding.states_of(message.id)
        layout.is_first_read = message.id == self._first_read
        layout.foot.has_more = self.actions_here.has_more(message)
        layout.foot.extras = self.extras.get(message.id, Extras())
        return layout

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the whole viewport."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.style_now.colour("background"))
        paint(self, painter)

    def _show_empty(self) -> None:
        is_empty = not self.column.layouts and self._empty.has_cards
        self._empty.setVisible(is_empty)
        if is_empty:
            self._empty.setGeometry(self.viewport().rect())

    # --- what happens

    def _on_theme_changed(self) -> None:
        self.style_now = Style(self.theme, self.pictures, self.opened)
        self.column.restyle(self.style_now)
        self.jump.dress()
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
        if self.mouse.horizontal_scroll.wheel(event):
            event.accept()
            return
        if event.angleDelta().y() > 0 or event.pixelDelta().y() > 0:
            self.reading.stop_following()
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a selection or a click."""
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Selects, or shows what is under the pointer."""
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a selection or does what was clicked."""
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word."""
        self.mouse.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu of what can be done here."""
        self.actions_here.open_menu(*self._keyboard.menu_place(event), self.mouse.asked(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """Notices fingers, the pointer leaving, and tool tips."""
        return self.mouse.take(event) or super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scrolls, walks between messages, copies."""
        if not self._keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes through the buttons of the message with the focus ring first."""
        if self._keyboard.step(1 if is_next else -1):
            return True
        return super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring appears."""
        super().focusInEvent(event)
        self._keyboard.enter(event.reason())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()
