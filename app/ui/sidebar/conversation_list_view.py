"""The list of conversations: keyboard, mouse and context menu."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from app.core.conversations.conversation import ConversationSummary
from app.ui.sidebar.conversation_delegate import ConversationDelegate
from app.ui.sidebar.conversation_list_model import ConversationListModel, SidebarRole
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class ConversationListView(QListView):
    """Shows the conversations. A click or Enter opens one; the menu asks for more.

    The highlight is always on the open conversation. The keyboard walks with a ring of its own,
    which goes back there when the keyboard leaves or the mouse was let go elsewhere.

    `opened(id)`, `pin_asked(id, wanted)`, `export_asked(id)`, `delete_asked(id)`.
    """

    opened = Signal(str)
    pin_asked = Signal(str, bool)
    export_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(
        self, theme: Theme, model: ConversationListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self._menu: QMenu | None = None
        self._open_id = ""
        self.setProperty("look", "bare")
        self.setAccessibleName("Conversations")
        self.setModel(model)
        self.setItemDelegate(ConversationDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._on_clicked)

    def select(self, conversation_id: str) -> None:
        """Marks a conversation as the open one, or none when it is not in the list."""
        self._open_id = conversation_id
        index = self._rows.index_of(conversation_id)
        if index.isValid():
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, choose)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def rename(self, conversation_id: str) -> None:
        """Opens the title for editing in its place."""
        index = self._rows.index_of(conversation_id)
        if index.isValid():
            self.scrollTo(index)
            self.edit(index)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Keys and clicks move the ring; only opening a conversation moves the highlight."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the left button only: a menu leaves the rows as they are."""
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            self._go_back()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        is_passing = event.reason() in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        )
        if not is_passing and self.state() is not QAbstractItemView.State.EditingState:
            self._go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() is QAbstractItemView.State.EditingState
        summary = None if is_editing else self._summary(self.currentIndex())
        if summary is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(summary.id)
        elif summary is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(summary.id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        summary = self._summary(index)
        if summary is None:
            return
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(16, 0))
        menu = self.menu_for(summary)
        self._rows.mark_asked(summary.id)
        menu.popup(below if by_key else event.globalPos())

    def menu_for(self, summary: ConversationSummary) -> QMenu:
        """What can be done with one conversation."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = QMenu(self)
        entries = (
            ("rename", "Rename", "pencil"),
            (
                "pin",
                "Unpin" if summary.is_pinned else "Pin",
                "pin-off" if summary.is_pinned else "pin",
            ),
            ("export", "Export…", "download"),
            ("delete", "Delete", "trash-2"),
        )
        for name, title, icon in entries:
            if name == "delete":
                menu.addSeparator()
            action = menu.addAction(self._theme.icon(icon, "muted", 16), title)
            action.setData((name, summary))
        menu.triggered.connect(self._on_menu_triggered)
        menu.aboutToHide.connect(self._on_menu_hidden)
        return menu

    def _go_back(self) -> None:
        """Puts the ring where the highlight is."""
        index = self._rows.index_of(self._open_id)
        if index.isValid() and index != self.currentIndex():
            self.select(self._open_id)

    def _on_menu_hidden(self) -> None:
        self._rows.mark_asked("")

    def _summary(self, index: QModelIndex) -> ConversationSummary | None:
        found = index.data(SidebarRole.SUMMARY) if index.isValid() else None
        return found if isinstance(found, ConversationSummary) else None

    def _on_clicked(self, index: QModelIndex) -> None:
        summary = self._summary(index)
        if summary is not None:
            self.opened.emit(summary.id)

    def _on_menu_triggered(self, action: object) -> None:
        name, summary = action.data()  # type: ignore[attr-defined]
        match name:
            case "rename":
                self.rename(summary.id)
            case "pin":
                self.pin_asked.emit(summary.id, not summary.is_pinned)
            case "export":
                self.export_asked.emit(summary.id)
            case "delete":
                self.delete_asked.emit(summary.id)
