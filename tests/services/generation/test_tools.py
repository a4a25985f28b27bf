from typing import Any

import pytest

from app.core.errors import SettingError
from app.services.generation.tools import names_in

CITY = {"type": "object", "properties": {"city": {"type": "string"}}}


def names(tools: Any) -> list[str]:
    return [tool.name for tool in tools.tools()]


async def test_tools_are_kept_in_order_and_survive(stage: Any, reopen: Any) -> None:
    tools = stage.services.tools
    tools.save("get_weather", " Tells the weather. ", CITY)
    tools.save("find", "", {"type": "object"})
    again = (await reopen(stage)).services.tools
    assert names(again) == ["get_weather", "find"]
    kept = again.tool("get_weather")
    assert (kept.description, kept.schema) == ("Tells the weather.", CITY)


async def test_a_changed_tool_keeps_its_place_under_a_new_name(stage: Any, reopen: Any) -> None:
    tools = stage.services.tools
    tools.save("one", "1", CITY)
    tools.save("two", "2", CITY)
    tools.save("first", "1st", {"type": "object"}, "one")
    assert names(tools) == ["first", "two"]
    again = (await reopen(stage)).services.tools
    assert names(again) == ["first", "two"]
    assert again.tool("first").description == "1st"


async def test_a_name_that_is_taken_or_malformed_is_refused(stage: Any) -> None:
    tools = stage.services.tools
    tools.save("one", "", CITY)
    tools.save("two", "", CITY)
    for name, earlier in (("one", ""), ("one", "two"), ("no spaces", "")):
        with pytest.raises(SettingError):
            tools.save(name, "", CITY, earlier)
    assert names(tools) == ["one", "two"]


async def test_a_removed_tool_comes_back_in_its_place(stage: Any, reopen: Any) -> None:
    tools = stage.services.tools
    for name in ("one", "two", "three"):
        tools.save(name, "", CITY)
    gone: list[str] = []
    tools.removed.connect(gone.append)
    assert not tools.can_restore
    tools.remove("two")
    assert (names(tools), gone, tools.can_restore) == (["one", "three"], ["two"], True)
    tools.restore()
    assert names(tools) == ["one", "two", "three"]
    assert not tools.can_restore
    tools.remove("one")
    tools.remove("nobody")
    assert names((await reopen(stage)).services.tools) == ["three", "two"]


async def test_chosen_are_the_tools_that_are_on_and_exist(stage: Any) -> None:
    tools = stage.services.tools
    tools.save("one", "", CITY)
    tools.save("two", "", CITY)
    assert [t.name for t in tools.chosen({"tools": ["two", "gone"]})] == ["two"]
    assert tools.chosen({"tools": "one"}) == []
    assert tools.chosen({}) == []
    assert names_in({"tools": ("a", "b")}) == ["a", "b"]
