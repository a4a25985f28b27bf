from typing import Any

import pytest

from app.core.models.tool import Tool
from app.providers.dialects.tool_shapes import (
    described_tools,
    flat_tools,
    joined_tools,
    written_tools,
)

FUNCTION = {"name": "now", "parameters": {"type": "object"}}
CHAT = {"type": "function", "function": FUNCTION}


def test_functions_lose_their_wrapper_and_the_body_is_not_changed() -> None:
    body = {"tools": [CHAT, {"type": "web_search"}]}
    flat = [{"type": "function", **FUNCTION}, {"type": "web_search"}]
    assert flat_tools(body) == {"tools": flat}
    assert body["tools"][0] is CHAT
    assert flat_tools({"tools": flat}) == {"tools": flat}


def test_functions_get_an_input_schema() -> None:
    bare = {"type": "function", "function": {"name": "now"}}
    body = described_tools({"tools": [CHAT, bare, {"name": "own", "input_schema": {}}]})
    assert body["tools"] == [
        {"name": "now", "input_schema": {"type": "object"}},
        {"name": "now", "input_schema": {"type": "object"}},
        {"name": "own", "input_schema": {}},
    ]


@pytest.mark.parametrize(
    ("given", "flat", "described"),
    [
        ("auto", "auto", {"type": "auto"}),
        ("required", "required", {"type": "any"}),
        (CHAT, {"type": "function", **FUNCTION}, {"type": "tool", "name": "now"}),
        ({"type": "any"}, {"type": "any"}, {"type": "any"}),
    ],
)
def test_the_choice_of_a_tool_is_rewritten(given: Any, flat: Any, described: Any) -> None:
    assert flat_tools({"tool_choice": given}) == {"tool_choice": flat}
    assert described_tools({"tool_choice": given}) == {"tool_choice": described}


def test_tools_of_the_user_are_written_as_functions() -> None:
    tools = [Tool("now", "", {"type": "object"}), Tool("find", "Finds.", {})]
    assert written_tools(tools) == [
        CHAT,
        {
            "type": "function",
            "function": {"name": "find", "description": "Finds.", "parameters": {}},
        },
    ]


def test_raw_tools_go_beside_the_others_or_in_their_place() -> None:
    search = {"type": "openrouter:web_search"}
    narrowed = {"type": "openrouter:web_search", "parameters": {"max_results": 3}}
    other = {"type": "function", "function": {"name": "other"}}
    flat = {"type": "function", "name": "now", "parameters": {}}
    assert joined_tools([CHAT, search], [narrowed, other]) == [CHAT, narrowed, other]
    assert joined_tools([CHAT, search], [flat, "x"]) == [search, flat, "x"]
