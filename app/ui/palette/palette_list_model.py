"""What the palette offers: conversations, commands and messages that answer a few letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.commands.command import Command
from app.core.conversations.conversation import ConversationSummary
from app.core.text.fuzzy import folded, score
from app.ui.sidebar.result_list_model import Result

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RECENT = 6
CONVERSATIONS = 8
COMMANDS = 12
PLACES = 12
SCATTERED = 2.5
"""Below this a word was found as scattered letters only."""
BEGINNING = 4.0
"""Above this it begins a word."""
FEW = 4
"""So many letters may stand for a title that merely holds them in order."""
_WORD = re.compile(r"[^\W_]+")


class PaletteRole(IntEnum):
    """What an entry can be asked beside Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One offer.

    `command_id` runs a command, `target` names a setting, a dial or a heading of the manual;
    otherwise the conversation is opened, at the message if named, and at the word in it. `result`
    is the find of a search it stands for. `is_risky` ones are chosen by the user's own hand only.
    """

    title: str
    detail: str = ""
    key: str = ""
    icon: str = ""
    command_id: str = ""
    conversation_id: str = ""
    message_id: str = ""
    word: str = ""
    target: str = ""
    is_risky: bool = False
    result: Result | None = field(default=None, compare=False)


def offers(
    query: str,
    summaries: Sequence[ConversationSummary],
    commands: Iterable[tuple[Command, str]],
    places: Iterable[tuple[Entry, str]] = (),
) -> list[Entry]:
    """The conversations, commands and places that answer a query, best first; without one the
    recent and the common.

    `commands` come with the text of their key, `places` with the other words for them. What deletes
    or sends stands first only where the query names it.
    """
    if not query.strip():
        recent = [_conversation(summary) for summary in summaries[:RECENT]]
        return recent + [_command(c, key) for c, key in commands if key and c.menu][:COMMANDS]
    rated: list[tuple[float, Entry]] = []
    for summary in summaries:
        value = score(query, summary.title)
        if value is not None and value >= 2.5:
            rated.append((value, _conversation(summary)))
    rated = _best(rated, CONVERSATIONS)
    chosen: list[tuple[float, Entry]] = []
    for command, key in commands:
        value = _worth(query, command.title, f"{command.words} {command.help}", FEW)
        if value is not None:
            is_named = _is_named(query, command.title)
            chosen.append((value + 0.5, _command(command, key, is_named=is_named)))
    chosen = _best(chosen, COMMANDS)
    led = [
        (value, entry)
        for entry, words in places
        if (value := _worth(query, entry.title, words)) is not None
    ]
    everything = _best([*rated, *chosen, *_best(led, PLACES)], len(rated) + COMMANDS + PLACES)
    return [entry for _, entry in sorted(everything, key=lambda pair: pair[1].is_risky)]


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
            result=result,
        )
        for result in results
    ]


def _best(rated: Iterable[tuple[float, Entry]], count: int) -> list[tuple[float, Entry]]:
    return sorted(rated, key=lambda pair: -pair[0])[:count]


def _worth(query: str, title: str, words: str, most_scattered: int = 0) -> float | None:
    """How well a title answers, or the other words for it, which must hold whole beginnings.

    Letters scattered over a title count only for one word of a query, of `most_scattered` letters.
    """
    parts = folded(query).split()
    total = 0.0
    for part in parts:
        value = score(part, title)
        is_few = len(parts) == 1 and len(part) <= most_scattered
        if value is not None and value < SCATTERED and not is_few:
            value = None
        if (other := score(part, words)) is not None and other > BEGINNING:
            value = max(value or 0.0, BEGINNING)
        if value is None:
            return None
        total += value
    return total


def _is_named(query: str, title: str) -> bool:
    """Whether every word of a query begins a word of the title."""
    words = _WORD.findall(folded(title))
    return all(any(w.startswith(part) for w in words) for part in folded(query).split())


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


def _command(command: Command, key: str, *, is_named: bool = True) -> Entry:
    return Entry(
        title=command.title.removesuffix("…"),
        detail=command.section,
        key=key,
        icon=command.icon or "command",
        command_id=command.id,
        is_risky=command.is_risky and not is_named,
    )
