"""Reads rows; what the surroundings do to a read becomes an error fit to show."""

from __future__ import annotations

from typing import Any

import apsw

from app.storage.database.sqlite_errors import translated

Row = tuple[Any, ...]


def rows_of(connection: apsw.Connection, statement: str, *values: object) -> list[Row]:
    """Every row of a statement; raises DatabaseUnusableError."""
    with translated(reading=True):
        return connection.execute(statement, values).fetchall()


def row_of(connection: apsw.Connection, statement: str, *values: object) -> Row | None:
    """The first row of a statement, or None; raises DatabaseUnusableError."""
    with translated(reading=True):
        return connection.execute(statement, values).fetchone()
