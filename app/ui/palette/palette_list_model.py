"""What the palette offers: conversations, commands and messages that answer a few letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.commands.command import Command
from app.core.conversations.conversation import ConversationSummary
from app.core.text.fuzzy import score
from app.ui.sidebar.result_list_model import Result

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RECENT = 6
CONVERSATIONS = 8
COMMANDS = 12


class PaletteRole(IntEnum):
    """What an entry can be asked beside Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One offer.

    `command_id` runs a command; otherwise the conversation is opened, at the message if named,
    and at the word in it.
    """

    title: str
    detail: str = ""
    key: str = ""
    icon: str = ""
    command_id: str = ""
    conversation_id: str = ""
    message_id: str = ""
    word: str = ""


def offers(
    query: str, summaries: Sequence[ConversationSummary], commands: Iterable[tuple[Command, str]]
) -> list[Entry]:
    """The conversations and commands that answer a query, best first; without one the recent and
    the common.

    `commands` come with the text of their key.
    """
    if not query.strip():
        recent = [_conversation(summary) for summary in summaries[:RECENT]]
        return recent + [_command(c, key) for c, key in commands if key and c.menu][:COMMANDS]
    rated: list[tuple[float, Entry]] = []
    for summary in summaries:
        value = score(query, summary.title)
        if value is not None and value >= 2.5:
            rated.append((value, _conversation(summary)))
    rated = sorted(rated, key=lambda pair: -pair[0])[:CONVERSATIONS]
    chosen: list[tuple[float, Entry]] = []
    for command, key in commands:
        value = score(query, command.title)
        if value is None:
            value = score(query, f"{command.title} {command.help}")
            value = None if value is None or value < 2.5 else value - 4
        if value is not None:
            chosen.append((value + 0.5, _command(command, key)))
    chosen = sorted(chosen, key=lambda pair: -pair[0])[:COMMANDS]
    return [entry for _, entry in sorted([*rated, *chosen], key=lambda pair: -pair[0])]


def found(results: Iterable[Result]) -> list[Entry]:
    """The messages a search found, as offers."""
    return [
        Entry(
            title=" ".join(result.snippet.split()) or result.title,
            detail=result.title,
            icon="quote",
            conversation_id=result.conversation_id,
            message_id=result.message_id,
            word=result.word,
        )
        for result in results
    ]


class PaletteListModel(QAbstractListModel):
    """The offers for what has been typed so far."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Takes over other offers."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Adds offers below those that are there."""
        if entries:
            first = len(self._entries)
            self.beginInsertRows(NOWHERE, first, first + len(entries) - 1)
            self._entries.extend(entries)
            self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (entry.title, entry.detail, entry.key) if part)
            case PaletteRole.ENTRY:
                return entry
        return None


def _conversation(summary: ConversationSummary) -> Entry:
    return Entry(
        title=summary.title,
        detail="Conversation",
        icon="pin" if summary.is_pinned else "message-square",
        conversation_id=summary.id,
    )


def _command(command: Command, key: str) -> Entry:
    return Entry(
        title=command.title.removesuffix("…"),
        detail=command.section,
        key=key,
        icon=command.icon or "command",
        command_id=command.id,
    )
