"""The user's tools in the database."""

from __future__ import annotations

import json
from concurrent.futures import Future

import apsw

from app.core.identity import new_id
from app.core.models.tool import Tool
from app.storage.conversations import rows
from app.storage.database.database import Database
from app.storage.database.reading import rows_of


class ToolRepository:
    """The tools of a database, each with a name of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tools(self) -> list[Tool]:
        """Every tool in the order they were made."""
        found = rows_of(
            self._database.reader, "SELECT name, description, schema FROM tool ORDER BY id"
        )
        return [Tool(name, description, json.loads(schema)) for name, description, schema in found]

    def save(self, tool: Tool, earlier_name: str = "") -> Future[None]:
        """Stores a tool in place of the one with its (or its earlier) name, or as a new one."""

        def work(writer: apsw.Connection) -> None:
            values = (tool.name, rows.plain(tool.description), rows.packed(tool.schema))
            if earlier_name and earlier_name != tool.name:
                writer.execute("DELETE FROM tool WHERE name = ?", (tool.name,))
                writer.execute("UPDATE tool SET name = ? WHERE name = ?", (tool.name, earlier_name))
            writer.execute(
                "INSERT INTO tool (id, name, description, schema) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE"
                " SET description = excluded.description, schema = excluded.schema",
                (new_id(), *values),
            )

        return self._database.write(work)

    def remove(self, name: str) -> Future[None]:
        """Forgets a tool."""

        def work(writer: apsw.Connection) -> None:
            writer.execute("DELETE FROM tool WHERE name = ?", (name,))

        return self._database.write(work)
