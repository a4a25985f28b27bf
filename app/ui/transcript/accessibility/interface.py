"""A transcript as screen readers see it: a list of messages, each with its buttons.

Never give these a text interface or override `interface_cast`: both end the process when another
program reads the tree. Reading by word and letter is what the reader window is for.
"""

from __future__ import annotations

import weakref
from typing import Any, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from app.core.conversations.conversation import Message, MessageState
from app.ui.transcript.accessibility.text import description, name_of
from app.ui.transcript.accessibility.transcript import AccessibleTranscript
from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.layout.message import MessageLayout

NOTHING = cast(QAccessibleInterface, None)
NO_OBJECT = cast(QObject, None)
NO_WINDOW = cast(QWindow, None)
"""What Qt takes for none, where its type stubs know of none."""

_lists: list[MessageList] = []
"""Qt keeps pointers to them: each must live as long as its scroll area does."""
_installed: list[Any] = []


class _Node(QAccessibleInterface):
    """What list, message and button have in common."""

    def __init__(self, shown: AccessibleTranscript) -> None:
        super().__init__()
        self._shown = weakref.ref(shown)

    @property
    def shown(self) -> AccessibleTranscript | None:
        """The transcript, or None when it is gone."""
        shown = self._shown()
        return shown if shown is not None and shown.is_there else None

    def isValid(self) -> bool:
        return self.shown is not None

    def object(self) -> QObject:
        return NO_OBJECT

    def window(self) -> QWindow:
        shown = self.shown
        return shown.viewport.area.window().windowHandle() if shown else NO_WINDOW

    def relations(self, match: Any = None) -> list[Any]:
        return []

    def focusChild(self) -> QAccessibleInterface:
        return NOTHING

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return NOTHING

    def child(self, index: int) -> QAccessibleInterface:
        return NOTHING

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing can be written here."""

    def foregroundColor(self) -> QColor:
        shown = self.shown
        return shown.state.style.colour("text") if shown else QColor()

    def backgroundColor(self) -> QColor:
        shown = self.shown
        return shown.state.style.colour("background") if shown else QColor()

    def virtual_hook(self, number: int, data: Any) -> None:
        """Qt's own way to add to this class later."""


class MessageList(_Node):
    """The transcript: its messages, then what lies over them and its scroll bar."""

    def __init__(self, shown: AccessibleTranscript) -> None:
        super().__init__(shown)
        self._items: dict[str, MessageItem] = {}

    def object(self) -> QObject:
        shown = self.shown
        return shown.viewport.area if shown else NO_OBJECT

    def parent(self) -> QAccessibleInterface:
        shown = self.shown
        above = shown.viewport.area.parentWidget() if shown else None
        owner = above or QApplication.instance()
        return QAccessible.queryAccessibleInterface(owner) if owner else NOTHING

    def childCount(self) -> int:
        shown = self.shown
        return len(shown.state.column.layouts) + len(self._widgets()) if shown else 0

    def child(self, index: int) -> QAccessibleInterface:
        shown = self.shown
        if shown is None or index < 0:
            return NOTHING
        layouts = shown.state.column.layouts
        if index < len(layouts):
            return self.item(layouts.peek(index)[0].id)
        beyond = index - len(layouts)
        widgets = self._widgets()
        if beyond >= len(widgets):
            return NOTHING
        return QAccessible.queryAccessibleInterface(widgets[beyond])

    def item(self, message_id: str) -> MessageItem:
        """A message as a child of the list, made when first asked for."""
        shown = self.shown
        assert shown is not None
        found = self._items.get(message_id)
        if found is None:
            found = self._items[message_id] = MessageItem(shown, self, message_id)
            QAccessible.registerAccessibleInterface(found)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        shown = self.shown
        if shown is None:
            return -1
        column = shown.state.column
        if isinstance(child, MessageItem):
            return column.indexes.get(child.message_id, -1)
        for index, widget in enumerate(self._widgets()):
            if child.object() is widget:
                return len(column.layouts) + index
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        shown = self.shown
        if shown is None:
            return NOTHING
        index = shown.hit_test.message_at(shown.viewport.widget.mapFromGlobal(QPoint(x, y)))
        return self.child(index) if index >= 0 else NOTHING

    def focusChild(self) -> QAccessibleInterface:
        shown = self.shown
        if shown is None or not shown.has_ring:
            return NOTHING
        item = self.item(shown.state.focused_message())
        return item.focusChild() or item

    def text(self, kind: QAccessible.Text) -> str:
        shown, is_name = self.shown, kind == QAccessible.Text.Name
        return shown.viewport.area.accessibleName() if shown and is_name else ""

    def rect(self) -> QRect:
        shown = self.shown
        if shown is None:
            return QRect()
        area = shown.viewport.area
        return QRect(area.mapToGlobal(QPoint(0, 0)), area.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        shown = self.shown
        if shown is None:
            state.invalid = True
            return state
        state.focusable = True
        state.focused = shown.viewport.has_focus and not shown.has_ring
        state.multiSelectable = True
        state.invisible = not shown.viewport.area.isVisible()
        return state

    def forget_gone(self) -> None:
        """Lets the messages go that are not shown any more."""
        shown = self.shown
        indexes = shown.state.column.indexes if shown else {}
        for message_id in [known for known in self._items if known not in indexes]:
            self._items.pop(message_id).forget()

    def forget_all(self) -> None:
        """Lets all messages go: the scroll area is gone."""
        for item in self._items.values():
            item.forget()
        self._items.clear()

    def _widgets(self) -> list[QWidget]:
        shown = self.shown
        return [shown.viewport.widget, shown.viewport.bar] if shown else []


class MessageItem(_Node):
    """One message of the list; its buttons are there while it is laid out."""

    def __init__(self, shown: AccessibleTranscript, above: MessageList, message_id: str) -> None:
        super().__init__(shown)
        self._above = above
        self.message_id = message_id
        self._buttons: list[ButtonItem] = []

    @property
    def index(self) -> int:
        """Its place in the branch, or -1."""
        shown = self.shown
        return shown.state.column.indexes.get(self.message_id, -1) if shown else -1

    @property
    def layout(self) -> MessageLayout | None:
        """What draws it; None while nobody has seen it, or when it is not shown any more."""
        found = self._found
        return found[1] if found else None

    @property
    def message(self) -> Message | None:
        """The message itself, or None when it is not shown any more."""
        found = self._found
        return found[0] if found else None

    @property
    def _found(self) -> tuple[Message, MessageLayout | None] | None:
        shown, index = self.shown, self.index
        return shown.state.column.layouts.peek(index) if shown and index >= 0 else None

    def isValid(self) -> bool:
        return self.message is not None

    def parent(self) -> QAccessibleInterface:
        return self._above

    def stops(self) -> list[HitRegion]:
        """Its buttons in the order of the Tab key; none before it was laid out."""
        layout = self.layout
        return layout.focus_stops() if layout is not None and layout.width else []

    def childCount(self) -> int:
        return len(self.stops())

    def child(self, index: int) -> QAccessibleInterface:
        shown = self.shown
        if shown is None or not 0 <= index < len(self.stops()):
            return NOTHING
        while len(self._buttons) <= index:
            made = ButtonItem(shown, self, len(self._buttons))
            self._buttons.append(made)
            QAccessible.registerAccessibleInterface(made)
        return self._buttons[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.place if isinstance(child, ButtonItem) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        for index in range(self.childCount()):
            child = self.child(index)
            if child is not None and child.rect().contains(x, y):
                return child
        return NOTHING

    def focusChild(self) -> QAccessibleInterface:
        shown = self.shown
        if shown is None or shown.state.focused != self.index or shown.state.focused_region < 0:
            return NOTHING
        return self.child(shown.state.focused_region)

    def text(self, kind: QAccessible.Text) -> str:
        message = self.message
        if message is None:
            return ""
        if kind == QAccessible.Text.Name:
            return name_of(message, self.layout)
        return description(message, self.layout) if kind == QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        """Where it is drawn; empty before it was laid out, for a guess would mislead."""
        shown, layout = self.shown, self.layout
        if shown is None or layout is None or not layout.width:
            return QRect()
        place = shown.viewport.to_global(shown.viewport.corner(self.index))
        return QRect(place.x(), place.y(), layout.width, layout.height)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        shown, message = self.shown, self.message
        if shown is None or message is None:
            state.invalid = True
            return state
        index = self.index
        state.readOnly = state.focusable = state.selectable = True
        has_ring = shown.has_ring and shown.state.focused == index
        state.focused = has_ring and shown.state.focused_region < 0
        if not shown.state.selection.is_empty:
            first, last = shown.state.selection.span()
            state.selected = first.layout <= index <= last.layout
        state.busy = message.state is MessageState.WRITING
        in_view = shown.viewport.widget.rect()
        in_view.moveTopLeft(shown.viewport.to_global(QPoint(0, 0)))
        state.offscreen = not self.rect().intersects(in_view)
        return state

    def forget(self) -> None:
        """Lets it and its buttons go."""
        for button in self._buttons:
            _unregister(button)
        self._buttons.clear()
        _unregister(self)


class ButtonItem(_Node):
    """One button of a message."""

    def __init__(self, shown: AccessibleTranscript, above: MessageItem, place: int) -> None:
        super().__init__(shown)
        self._above = above
        self.place = place

    @property
    def region(self) -> HitRegion | None:
        """Where and what it is, or None when the message has so many no longer."""
        stops = self._above.stops()
        return stops[self.place] if self.place < len(stops) else None

    def isValid(self) -> bool:
        return self._above.isValid() and self.region is not None

    def parent(self) -> QAccessibleInterface:
        return self._above

    def text(self, kind: QAccessible.Text) -> str:
        region = self.region
        if region is None or kind != QAccessible.Text.Name:
            return ""
        return region.name

    def rect(self) -> QRect:
        region = self.region
        if region is None:
            return QRect()
        place = region.rect.toAlignedRect()
        place.translate(self._above.rect().topLeft())
        return place

    def role(self) -> QAccessible.Role:
        region = self.region
        is_link = region is not None and region.command == "link.open"
        return QAccessible.Role.Link if is_link else QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        state = self._above.state()
        shown = self.shown
        has_ring = shown is not None and shown.has_ring
        focused = (shown.state.focused, shown.state.focused_region) if shown else None
        state.focused = has_ring and focused == (self._above.index, self.place)
        state.selectable = state.selected = state.busy = state.readOnly = False
        state.invalid = self.region is None
        return state


def install() -> None:
    """Lets Qt know how a transcript presents itself; further calls do nothing."""
    if not _installed:
        _installed.append(_list_for)
        QAccessible.installFactory(_list_for)


def list_of(transcript: AccessibleTranscript) -> MessageList | None:
    """The list Qt was given for a transcript; None while no screen reader has asked."""
    return next((known for known in _lists if isValid(known) and known.shown is transcript), None)


def _list_for(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """What Qt calls to learn how an object presents itself; None for all but transcripts."""
    shown = AccessibleTranscript.of(thing) if isinstance(thing, QAbstractScrollArea) else None
    if shown is None:
        return None
    _lists[:] = filter(isValid, _lists)
    made = MessageList(shown)
    _lists.append(made)
    thing.destroyed.connect(made.forget_all)
    return made


def _unregister(node: QAccessibleInterface) -> None:
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(node))
