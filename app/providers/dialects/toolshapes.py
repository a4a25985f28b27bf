"""Functions offered in raw JSON, written as Chat Completions does, in the form of the others."""

from __future__ import annotations

from typing import Any

from app.providers.json_text import items, table


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
