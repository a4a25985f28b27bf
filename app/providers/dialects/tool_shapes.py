"""Functions offered to a model, as Chat Completions writes them and in the form of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core.models.tool import Tool
from app.providers.transport.json_text import items, table


def written_tools(tools: Sequence[Tool]) -> list[dict[str, Any]]:
    """The functions of a Chat Completions body."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                **({"description": tool.description} if tool.description else {}),
                "parameters": dict(tool.schema),
            },
        }
        for tool in tools
    ]


def joined_tools(own: Sequence[Any], given: Sequence[Any]) -> list[Any]:
    """Tools and the user's raw ones; one of these replaces the tool that has its name or type."""
    taken = [_identity(tool) for tool in given]
    return [*(tool for tool in own if _identity(tool) not in taken), *given]


def _identity(tool: Any) -> str:
    found = table(tool)
    return str(_function_of(found).get("name") or found.get("name") or found.get("type"))


def flat_tools(body: dict[str, Any]) -> dict[str, Any]:
    """A Responses body whose functions have no `function` around them; others stay as they are."""
    for place, tool in enumerate(items(body.get("tools"))):
        inner = _function_of(tool)
        if inner:
            body = {**body, "tools": [*body["tools"]]}
            body["tools"][place] = {"type": "function", **inner}
    named = _function_of(body.get("tool_choice"))
    if named:
        body = {**body, "tool_choice": {"type": "function", **named}}
    return body


def described_tools(body: dict[str, Any]) -> dict[str, Any]:
    """A Messages body whose functions have an `input_schema`; others stay as they are."""
    for place, tool in enumerate(items(body.get("tools"))):
        inner = _function_of(tool)
        if inner:
            described = {"name": inner.get("name"), "description": inner.get("description")}
            described["input_schema"] = inner.get("parameters") or {"type": "object"}
            body = {**body, "tools": [*body["tools"]]}
            body["tools"][place] = {k: v for k, v in described.items() if v is not None}
    choice = body.get("tool_choice")
    named = _function_of(choice)
    plain = {"auto": "auto", "required": "any", "none": "none"}
    if named:
        body = {**body, "tool_choice": {"type": "tool", "name": named.get("name")}}
    elif isinstance(choice, str) and choice in plain:
        body = {**body, "tool_choice": {"type": plain[choice]}}
    return body


def _function_of(tool: Any) -> dict[str, Any]:
    found = table(tool)
    return table(found.get("function")) if found.get("type") == "function" else {}
