"""The rows of the conversation list: headings and conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.core.conversations.conversation import ConversationSummary
from app.ui.sidebar.groups import full_time_text, grouped, time_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class SidebarRole(IntEnum):
    """What a row can be asked beside Qt's own roles."""

    SUMMARY = Qt.ItemDataRole.UserRole + 1
    HEADING = Qt.ItemDataRole.UserRole + 2
    TIME = Qt.ItemDataRole.UserRole + 3
    MARK = Qt.ItemDataRole.UserRole + 4
    ASKED = Qt.ItemDataRole.UserRole + 5


class ConversationListModel(QAbstractListModel):
    """Headings and conversations in one flat list. `renamed` asks for a new title, by id."""

    renamed = Signal(str, str)

    def __init__(
        self, today: Callable[[], date] = date.today, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._rows: list[str | ConversationSummary] = []
        self._row_of: dict[str, int] = {}
        self._running: frozenset[str] = frozenset()
        self._unread: set[str] = set()
        self._asked = ""

    def set_summaries(self, summaries: Iterable[ConversationSummary]) -> None:
        """Takes over the list; where only contents changed, rows stay what they are."""
        rows: list[str | ConversationSummary] = []
        for heading, members in grouped(summaries, self._today()):
            rows.append(heading)
            rows.extend(members)
        if [_identity(row) for row in rows] == [_identity(row) for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._row_of = {
            row.id: number for number, row in enumerate(rows) if not isinstance(row, str)
        }
        self.endResetModel()

    def set_running(self, ids: Iterable[str]) -> None:
        """Marks the conversations that are being answered."""
        running = frozenset(ids)
        changed, self._running = running ^ self._running, running
        self._touch(changed)

    def mark_unread(self, conversation_id: str, *, is_unread: bool) -> None:
        """Marks a conversation with an answer nobody has seen yet, or takes the mark off."""
        before = len(self._unread)
        (self._unread.add if is_unread else self._unread.discard)(conversation_id)
        if len(self._unread) != before:
            self._touch((conversation_id,))

    def mark_asked(self, conversation_id: str) -> None:
        """Marks the conversation whose menu is open, or none."""
        before, self._asked = self._asked, conversation_id
        self._touch({before, conversation_id} - {""})

    def index_of(self, conversation_id: str) -> QModelIndex:
        """The row of a conversation; an invalid index when it is not in the list."""
        row = self._row_of.get(conversation_id)
        return QModelIndex() if row is None else self.index(row)

    def ids(self) -> list[str]:
        """The conversations from top to bottom."""
        return list(self._row_of)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            if role in (Qt.ItemDataRole.DisplayRole, SidebarRole.HEADING):
                return row
            return f"{row}, heading" if role == Qt.ItemDataRole.AccessibleTextRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{_plain(row.title)}<br>{full_time_text(row.updated_at)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case SidebarRole.SUMMARY:
                return row
            case SidebarRole.TIME:
                return "" if row.is_pinned else time_text(row.updated_at, self._today())
            case SidebarRole.MARK:
                return self._mark(row)
            case SidebarRole.ASKED:
                return row.id == self._asked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()] if index.isValid() else ""
        title = " ".join(str(value).split())
        if isinstance(row, str) or role != Qt.ItemDataRole.EditRole or not title:
            return False
        if title != row.title:
            self.renamed.emit(row.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.ItemNeverHasChildren
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def _mark(self, row: ConversationSummary) -> str:
        """`running`, `unread`, `cut_off` or nothing."""
        if row.id in self._running:
            return "running"
        if row.id in self._unread:
            return "unread"
        return "cut_off" if row.has_cut_off else ""

    def _spoken(self, row: ConversationSummary) -> str:
        says = {
            "running": "answer running",
            "unread": "new answer",
            "cut_off": "an answer was cut off",
        }
        parts = [row.title, "pinned" if row.is_pinned else "", says.get(self._mark(row), "")]
        return ", ".join(part for part in parts if part)

    def _touch(self, ids: Iterable[str]) -> None:
        for conversation_id in ids:
            index = self.index_of(conversation_id)
            if index.isValid():
                self.dataChanged.emit(index, index)


def _identity(row: str | ConversationSummary) -> tuple[bool, str]:
    return (True, row) if isinstance(row, str) else (False, row.id)


def _plain(text: str) -> str:
    """Foreign text inside a tooltip, which Qt would otherwise read as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
