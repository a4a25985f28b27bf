"""The steps that make and change the schema: the only way to one, for new files too.

A step is a module `m00NN_<what>.py` with `upgrade(connection)`, plain SQL. It runs in one
transaction together with its `user_version`. A released step is never edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import apsw

from app.storage.database.migrations import m0001_conversations, m0002_accounts, m0003_bookmarks
from app.storage.database.transaction import transaction

Step = Callable[[apsw.Connection], None]

STEPS: tuple[Step, ...] = (
    m0001_conversations.upgrade,
    m0002_accounts.upgrade,
    m0003_bookmarks.upgrade,
)
"""In order; step n makes `user_version` n, from 1."""

NEWEST = len(STEPS)


def migrate(connection: apsw.Connection, steps: Sequence[Step] | None = None) -> int:
    """Runs the pending steps and returns how many; killed at any moment, the file is old or new."""
    steps = STEPS if steps is None else steps
    version: int = connection.pragma("user_version")
    for number, step in enumerate(steps[version:], start=version + 1):
        with transaction(connection):
            step(connection)
            connection.pragma("user_version", number)
    return max(0, len(steps) - version)
