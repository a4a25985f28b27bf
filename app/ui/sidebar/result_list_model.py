"""What a search found: conversations by title, then messages with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui.sidebar.groups import full_time_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ResultRole(IntEnum):
    """What a result can be asked beside Qt's own roles."""

    RESULT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Result:
    """One place that answers a search; an empty `message_id` means the conversation as a whole.

    `marks` are (start, end) of the words in `snippet`.
    """

    conversation_id: str
    title: str
    moment: datetime
    message_id: str = ""
    snippet: str = ""
    marks: Sequence[tuple[int, int]] = ()

    @property
    def word(self) -> str:
        """The first word that was found, as it stands in the message; empty for a conversation."""
        return self.snippet[slice(*self.marks[0])] if self.marks else ""


class ResultListModel(QAbstractListModel):
    """The results of one search."""

    def __init__(self) -> None:
        super().__init__()
        self._results: list[Result] = []

    def set_results(self, results: Sequence[Result]) -> None:
        """Takes over what was found."""
        self.beginResetModel()
        self._results = list(results)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._results)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        result = self._results[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return result.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{result.title}: {result.snippet}" if result.snippet else result.title
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return full_time_text(result.moment)
            case ResultRole.RESULT:
                return result
        return None
