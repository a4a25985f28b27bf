"""All of some changes to the database, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import apsw


@contextmanager
def transaction(writer: apsw.Connection) -> Iterator[None]:
    """Commits what is done inside; whatever is raised there undoes it."""

    def roll_back() -> None:
        if writer.in_transaction:  # SQLite has rolled back by itself after some errors
            writer.execute("ROLLBACK")

    writer.execute("BEGIN IMMEDIATE")
    with ExitStack() as undo:
        undo.callback(roll_back)
        yield
        writer.execute("COMMIT")
        undo.pop_all()
