from typing import Any

import pytest

from app.providers.dialects.toolshapes import described_tools, flat_tools

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
