from typing import Any

from app.core.models.tool import Tool
from app.storage.database.database import Database
from app.storage.models.tools import ToolRepository

SCHEMA: dict[str, Any] = {"type": "object", "properties": {"ort": {"type": "string"}}}


def test_a_tool_is_stored_changed_renamed_and_removed(database: Database) -> None:
    tools = ToolRepository(database)
    tools.save(Tool("one", "Erstens ☀", SCHEMA)).result()
    tools.save(Tool("two", "", {})).result()
    assert tools.tools() == [Tool("one", "Erstens ☀", SCHEMA), Tool("two", "", {})]
    tools.save(Tool("one", "changed", {})).result()
    tools.save(Tool("uno", "renamed", SCHEMA), "one").result()
    assert tools.tools() == [Tool("uno", "renamed", SCHEMA), Tool("two", "", {})]
    tools.save(Tool("two", "over", {}), "uno").result()
    assert tools.tools() == [Tool("two", "over", {})]
    tools.remove("two").result()
    assert tools.tools() == []
