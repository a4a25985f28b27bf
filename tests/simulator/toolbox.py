"""What a simulated model does with tools: it reads the results that end a request, and searches
where the provider's own search was offered."""

from dataclasses import replace
from typing import Any

from tests.simulator.scripts import SCRIPTS, Script, says

PAGES = SCRIPTS["annotations"].deltas[1]
SEARCH = "openrouter:web_search"


def results_in(body: dict[str, Any]) -> list[tuple[str, str]]:
    """(call id, text) of the results that end a request, in any dialect; empty for none."""
    turns = [t for t in body.get("messages") or body.get("input") or () if isinstance(t, dict)]
    found: list[tuple[str, str]] = []
    for turn in reversed(turns):
        if turn.get("role") == "tool":
            found.append((str(turn.get("tool_call_id")), str(turn.get("content"))))
        elif turn.get("type") == "function_call_output":
            found.append((str(turn.get("call_id")), str(turn.get("output"))))
        else:
            content = turn.get("content")
            blocks = content if isinstance(content, list) else []
            found += [
                (str(block.get("tool_use_id")), str(block.get("content")))
                for block in reversed(blocks)
                if isinstance(block, dict) and block.get("type") == "tool_result"
            ]
            break
    return found[::-1]


def calls_in(body: dict[str, Any]) -> list[str]:
    """The ids of every call a request says its model made, in any dialect."""
    found: list[str] = []
    for turn in body.get("messages") or body.get("input") or ():
        if not isinstance(turn, dict):
            continue
        found += [str(call.get("id")) for call in turn.get("tool_calls") or ()]
        if turn.get("type") == "function_call":
            found.append(str(turn.get("call_id")))
        content = turn.get("content")
        found += [
            str(block.get("id"))
            for block in (content if isinstance(content, list) else [])
            if isinstance(block, dict) and block.get("type") == "tool_use"
        ]
    return found


def answered_in(body: dict[str, Any]) -> list[str]:
    """The ids of every result a request carries, in any dialect."""
    found: list[str] = []
    for turn in body.get("messages") or body.get("input") or ():
        if not isinstance(turn, dict):
            continue
        if turn.get("role") == "tool":
            found.append(str(turn.get("tool_call_id")))
        elif turn.get("type") == "function_call_output":
            found.append(str(turn.get("call_id")))
        content = turn.get("content")
        found += [
            str(block.get("tool_use_id"))
            for block in (content if isinstance(content, list) else [])
            if isinstance(block, dict) and block.get("type") == "tool_result"
        ]
    return found


def unpaired(body: dict[str, Any]) -> str:
    """What a provider says of a call without a result or a result without a call; "" if nothing."""
    called, told = calls_in(body), answered_in(body)
    if missing := [name for name in called if name not in told]:
        return (
            "An assistant message with 'tool_calls' must be followed by tool messages responding "
            f"to each 'tool_call_id'. Missing: {', '.join(missing)}"
        )
    if [name for name in told if name not in called]:
        return "Messages with role 'tool' must be a response to a preceding message with tool_calls"
    return ""


def second_round(script: Script, body: dict[str, Any]) -> Script:
    """A script that asks for tools, or the text that follows their results."""
    told = results_in(body)
    if not told or not script.calls or script.name == "tool_again":
        return script
    return says("tool_answer", f"The tools said: {'; '.join(text for _, text in told)}.")


def searched(script: Script, body: dict[str, Any]) -> Script:
    """A script with pages cited and a search counted, where the provider's search is offered."""
    kinds = [tool.get("type") for tool in body.get("tools") or () if isinstance(tool, dict)]
    if SEARCH not in kinds or script.calls:
        return script
    return replace(script, deltas=(*script.deltas, PAGES), searches=2)
