"""Where somebody stopped reading a conversation."""

from __future__ import annotations

import apsw

_SCHEMA = """
CREATE TABLE bookmark (
    conversation_id TEXT PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    row INTEGER NOT NULL,
    distance INTEGER NOT NULL
) STRICT;
"""


def upgrade(connection: apsw.Connection) -> None:
    """Adds the bookmarks; there are none yet."""
    connection.execute(_SCHEMA)
