"""A transcript as screen readers see it: a list of messages, each with its buttons.

Never give these a text interface or override `interface_cast`: both end the process when another
program reads the tree. Reading by word and letter is what the reader window is for.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.core.conversations.conversation import Message, MessageState
from app.ui.transcript.accessibility.text import description, name_of
from app.ui.transcript.blocks.block_item import HitRegion
from app.ui.transcript.layout.message import MessageLayout

if TYPE_CHECKING:
    from app.ui.transcript.view import TranscriptView

_lists: dict[int, MessageList] = {}
"""By the id of the view. Qt keeps pointers to them: they must live as long as it does."""
_installed: list[Any] = []
NOTHING = cast(QAccessibleInterface, None)
NO_OBJECT = cast(QObject, None)
NO_WINDOW = cast(QWindow, None)
"""What Qt takes for none, where its type stubs know of none."""


class _Face(QAccessibleInterface):
    """What list, message and button have in common."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__()
        self._view = weakref.ref(view)

    @property
    def view(self) -> TranscriptView | None:
        """The transcript, or None when it is gone."""
        view = self._view()
        return view if view is not None and isValid(view) else None

    def isValid(self) -> bool:
        return self.view is not None

    def object(self) -> QObject:
        return NO_OBJECT

    def window(self) -> QWindow:
        view = self.view
        return view.window().windowHandle() if view else NO_WINDOW

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
        view = self.view
        return view.style_now.colour("text") if view else QColor()

    def backgroundColor(self) -> QColor:
        view = self.view
        return view.style_now.colour("background") if view else QColor()

    def virtual_hook(self, number: int, data: Any) -> None:
        """Qt's own way to add to this class later."""


class MessageList(_Face):
    """The transcript: its messages, then what lies over them and its scroll bar."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._items: dict[str, MessageItem] = {}

    def object(self) -> QObject:
        return self.view or NO_OBJECT

    def parent(self) -> QAccessibleInterface:
        view = self.view
        above = view.parentWidget() if view else None
        owner = above or QApplication.instance()
        return QAccessible.queryAccessibleInterface(owner) if owner else NOTHING

    def childCount(self) -> int:
        view = self.view
        return len(view.column.layouts) + len(self._widgets()) if view else 0

    def child(self, index: int) -> QAccessibleInterface:
        view = self.view
        if view is None or index < 0:
            return NOTHING
        if index < len(view.column.layouts):
            return self.item(view.column.layouts.peek(index)[0].id)
        beyond = index - len(view.column.layouts)
        widgets = self._widgets()
        if beyond >= len(widgets):
            return NOTHING
        return QAccessible.queryAccessibleInterface(widgets[beyond])

    def item(self, message_id: str) -> MessageItem:
        """The face of a message, made when first asked for."""
        view = self.view
        assert view is not None
        found = self._items.get(message_id)
        if found is None:
            found = self._items[message_id] = MessageItem(view, self, message_id)
            QAccessible.registerAccessibleInterface(found)
        return found

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        view = self.view
        if view is None:
            return -1
        if isinstance(child, MessageItem):
            return view.column.indexes.get(child.message_id, -1)
        for index, widget in enumerate(self._widgets()):
            if child.object() is widget:
                return len(view.column.layouts) + index
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        view = self.view
        if view is None:
            return NOTHING
        index = view.mouse.layout_under(view.viewport().mapFromGlobal(QPoint(x, y)))
        return self.child(index) if index >= 0 else NOTHING

    def focusChild(self) -> QAccessibleInterface:
        view = self.view
        if view is None or not view.hasFocus() or view.focused < 0:
            return NOTHING
        item = self.item(view.focused_message())
        return item.focusChild() or item

    def text(self, kind: QAccessible.Text) -> str:
        view = self.view
        return view.accessibleName() if view and kind == QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        view = self.view
        return QRect(view.mapToGlobal(QPoint(0, 0)), view.size()) if view else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        view = self.view
        if view is None:
            state.invalid = True
            return state
        state.focusable = True
        state.focused = view.hasFocus() and view.focused < 0
        state.multiSelectable = True
        state.invisible = not view.isVisible()
        return state

    def forget_gone(self) -> None:
        """Lets the faces of messages go that are not shown any more."""
        view = self.view
        shown = view.column.indexes if view else {}
        for message_id in [known for known in self._items if known not in shown]:
            self._items.pop(message_id).forget()

    def forget_all(self) -> None:
        """Lets the faces of all messages go: the view is gone."""
        for item in self._items.values():
            item.forget()
        self._items.clear()

    def _widgets(self) -> list[QWidget]:
        view = self.view
        if view is None:
            return []
        return [view.viewport(), view.verticalScrollBar()]


class MessageItem(_Face):
    """One message of the list; its buttons are there while it is laid out."""

    def __init__(self, view: TranscriptView, above: MessageList, message_id: str) -> None:
        super().__init__(view)
        self._above = above
        self.message_id = message_id
        self._buttons: list[ButtonItem] = []

    @property
    def index(self) -> int:
        """Its place in the branch, or -1."""
        view = self.view
        return view.column.indexes.get(self.message_id, -1) if view else -1

    @property
    def layout(self) -> MessageLayout | None:
        """What draws it; None while nobody has seen it, or when it is not shown any more."""
        view, index = self.view, self.index
        return view.column.layouts.peek(index)[1] if view and index >= 0 else None

    @property
    def message(self) -> Message | None:
        """The message itself, or None when it is not shown any more."""
        view, index = self.view, self.index
        return view.column.layouts.peek(index)[0] if view and index >= 0 else None

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
        view = self.view
        if view is None or not 0 <= index < len(self.stops()):
            return NOTHING
        while len(self._buttons) <= index:
            made = ButtonItem(view, self, len(self._buttons))
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
        view = self.view
        if view is None or view.focused != self.index or view.focused_region < 0:
            return NOTHING
        return self.child(view.focused_region)

    def text(self, kind: QAccessible.Text) -> str:
        message = self.message
        if message is None:
            return ""
        if kind == QAccessible.Text.Name:
            return name_of(message, self.layout)
        return description(message, self.layout) if kind == QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        """Where it is drawn; empty before it was laid out, for a guess would mislead."""
        view, layout = self.view, self.layout
        if view is None or layout is None or not layout.width:
            return QRect()
        top = view.column.top(self.index) - view.verticalScrollBar().value()
        left = view.column.left(view.viewport().width())
        place = view.viewport().mapToGlobal(QPoint(left, top))
        return QRect(place.x(), place.y(), layout.width, layout.height)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        view, message = self.view, self.message
        if view is None or message is None:
            state.invalid = True
            return state
        index = self.index
        state.readOnly = state.focusable = state.selectable = True
        has_ring = view.hasFocus() and view.focused == index
        state.focused = has_ring and view.focused_region < 0
        if not view.selection.is_empty:
            first, last = view.selection.span()
            state.selected = first.layout <= index <= last.layout
        state.busy = message.state is MessageState.WRITING
        shown = view.viewport().rect()
        shown.moveTopLeft(view.viewport().mapToGlobal(QPoint(0, 0)))
        state.offscreen = not self.rect().intersects(shown)
        return state

    def forget(self) -> None:
        """Lets this face and those of its buttons go."""
        for button in self._buttons:
            _unregister(button)
        self._buttons.clear()
        _unregister(self)


class ButtonItem(_Face):
    """One button of a message."""

    def __init__(self, view: TranscriptView, above: MessageItem, place: int) -> None:
        super().__init__(view)
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
        view = self.view
        has_ring = view is not None and view.hasFocus() and view.focused == self._above.index
        state.focused = has_ring and view is not None and view.focused_region == self.place
        state.selectable = state.selected = state.busy = state.readOnly = False
        state.invalid = self.region is None
        return state


def install() -> None:
    """Lets Qt know how a transcript presents itself; further calls do nothing."""
    if not _installed:
        _installed.append(_face_of)
        QAccessible.installFactory(_face_of)


def _face_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from app.ui.transcript.view import TranscriptView

    if not isinstance(thing, TranscriptView):
        return None
    for gone in [known for known, face in _lists.items() if not isValid(face)]:
        del _lists[gone]
    made = MessageList(thing)
    _lists[id(thing)] = made
    thing.destroyed.connect(made.forget_all)
    return made


def face_of(view: TranscriptView) -> MessageList | None:
    """The list Qt was given for a view; None while no screen reader has asked."""
    found = _lists.get(id(view))
    return found if found is not None and isValid(found) and found.view is view else None


def _unregister(face: QAccessibleInterface) -> None:
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(face))
