"""A conversation as it is opened: ids, roles and sizes of all its messages in one query, no words.

The rows are turned into columns a thousand at a time, so that a hundred thousand of them are never
held as rows.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import islice
from typing import Any

import apsw

from app.core.conversations.conversation import Message, MessageState, Role
from app.core.conversations.outline import Outline
from app.storage.conversations.lazy_messages import Load, lazy_message
from app.storage.database.reading import row_of
from app.storage.database.sqlite_errors import translated

COLUMNS = (
    f"id, parent_id, role, nullif(state, '{MessageState.DONE}'), length(text), octet_length(text),"
    # Most are one text: with no room for anything else, or seen to be so. Only the others are
    # looked through.
    " CASE WHEN octet_length(parts) < octet_length(text) + 45"
    """ OR (substr(parts, 1, 15) = '[{"kind":"text"' AND NOT instr(parts, '},{"kind":"'))"""
    """ THEN 0 ELSE (instr(parts, '"kind":"attachment"') > 0)"""
    """ + 2 * (instr(parts, '"kind":"tool_') > 0) END"""
)
AT_ONCE = 1000
_ROLES = {str(role): role for role in Role}
_STATES = {str(state): state for state in MessageState}


class LazyOutline(Outline):
    """The outline of a conversation in a database; its messages are read on first use."""

    def __init__(self, conversation_id: str, load: Load) -> None:
        self._conversation_id = conversation_id
        self._load = load
        self.ids: list[str] = []
        self.departures: dict[int, str | None] = {}
        self.roles: list[Role | None] = []
        self.letters: array[int] = array("I")
        self.octets: array[int] = array("I")
        self.holding: dict[int, int] = {}
        self.last_sequence = 0
        self._states: dict[int, str] = {}
        """The states of those that are not done."""

    def take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds rows of COLUMNS in order."""
        before = len(self.ids)
        ids, parents, roles, states, letters, octets, holding = zip(*rows, strict=True)
        previous = (self.ids[-1] if before else "", *ids)
        if before == 0 or parents != previous[:-1]:
            for place, (parent, above) in enumerate(zip(parents, previous, strict=False), before):
                if parent != above or place == 0:
                    self.departures[place] = parent
        self.ids += ids
        self.roles += map(_ROLES.get, roles)
        self.letters.extend(letters)
        self.octets.extend(octets)
        if any(holding):
            self.holding |= {at: what for at, what in enumerate(holding, before) if what}
        if any(states):
            self._states |= {at: state for at, state in enumerate(states, before) if state}

    def message(self, place: int) -> Message:
        """The message at a place; read at once where its outline is damaged."""
        role = self.roles[place]
        state = _STATES.get(self._states.get(place, MessageState.DONE))
        if role is None or state is None:
            return self._load(self.ids[place])
        parent = self.departures[place] if place in self.departures else self.ids[place - 1]
        return lazy_message(
            self.ids[place],
            self._conversation_id,
            parent,
            role,
            state,
            (self.letters[place], self.octets[place]),
            self.holding.get(place, 0),
            self._load,
        )


def read_outline(reader: apsw.Connection, conversation_id: str, load: Load) -> LazyOutline:
    """Reads the outline of a conversation. Raises DatabaseUnusableError, and UnicodeDecodeError
    or TypeError where a row is damaged so much that it has no outline."""
    outline = LazyOutline(conversation_id, load)
    with translated(reading=True):
        found = reader.execute(
            f"SELECT {COLUMNS} FROM message WHERE conversation_id = ? ORDER BY sequence, number",
            (conversation_id,),
        )
        while rows := list(islice(found, AT_ONCE)):
            outline.take(rows)
    last = row_of(
        reader, "SELECT max(sequence) FROM message WHERE conversation_id = ?", conversation_id
    )
    outline.last_sequence = last[0] or 0 if last else 0
    return outline
