"""The Messages dialect: blocks that open, grow and close, or one message object."""

import json
from typing import Any

from tests.simulator.byte_modes import Frame
from tests.simulator.chat import Voice
from tests.simulator.faults import Scenario
from tests.simulator.scripts import Script

STOPS = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use", None: "end_turn"}


def _blocks(script: Script) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    if script.reasoning:
        blocks.append({"type": "thinking", "thinking": script.reasoning, "signature": "EqQB"})
    if script.sealed:
        blocks.append({"type": "redacted_thinking", "data": script.sealed})
    if script.text:
        block: dict[str, Any] = {"type": "text", "text": script.text}
        if script.cited:
            location = "web_search_result_location"
            block["citations"] = [{"type": location, **page} for page in script.cited]
        blocks.append(block)
    for number, (name, arguments) in enumerate(script.calls, 1):
        try:
            given = json.loads(arguments or "{}")
        except ValueError:
            given = {}
        blocks.append({"type": "tool_use", "id": f"toolu_{number}", "name": name, "input": given})
    return blocks


def _stop(script: Script) -> str:
    if script.calls:
        return "tool_use"
    return STOPS.get(script.finish, "refusal")


def whole(script: Script, scenario: Scenario, voice: Voice) -> dict[str, Any]:
    """The answer as one message object."""
    return {
        "id": voice.id,
        "type": "message",
        "role": "assistant",
        "model": voice.model,
        "content": _blocks(script),
        "stop_reason": _stop(script),
        "stop_sequence": None,
        "usage": _usage(voice),
    }


def _usage(voice: Voice) -> dict[str, Any]:
    """Two of the input's tokens come from the cache: they are counted beside the others."""
    asked = voice.usage.get("prompt_tokens", 0)
    usage = {
        "input_tokens": asked - 2,
        "cache_read_input_tokens": 2,
        "cache_creation_input_tokens": 0,
        "output_tokens": voice.usage.get("completion_tokens", 0),
    }
    return {**usage, "cost": voice.usage["cost"]} if "cost" in voice.usage else usage


def frames(script: Script, scenario: Scenario, voice: Voice) -> list[Frame]:
    """The events of a streamed message, a ping among them."""
    found: list[Frame] = []

    def add(kind: str, frame: str = "other", **data: Any) -> None:
        found.append(Frame({"type": kind, **data}, event=kind, kind=frame))

    final = whole(script, scenario, voice)
    usage = {**final["usage"], "output_tokens": 1}
    usage.pop("cost", None)
    opened = {**final, "content": [], "stop_reason": None, "usage": usage}
    add("message_start", "start", message=opened)
    add("ping")
    for index, block in enumerate(final["content"]):
        if block["type"] == "thinking":
            text, name = block["thinking"], "thinking"
            blank: dict[str, Any] = {"type": "thinking", "thinking": "", "signature": ""}
        elif block["type"] == "redacted_thinking":
            text, name, blank = "", "", block
        elif block["type"] == "text":
            text, name, blank = block["text"], "text", {"type": "text", "text": ""}
        else:
            number = int(block["id"].rpartition("_")[2])
            text, name = script.calls[number - 1][1], "partial_json"
            blank = {**block, "input": {}}
        kind = "input_json_delta" if name == "partial_json" else f"{name}_delta"
        add("content_block_start", index=index, content_block=blank)
        for begin in range(0, len(text), 6):
            delta = {"type": kind, name: text[begin : begin + 6]}
            add("content_block_delta", "content", index=index, delta=delta)
        for page in block.get("citations", ()):
            cited = {"type": "citations_delta", "citation": page}
            add("content_block_delta", index=index, delta=cited)
        if "signature" in block:
            signed = {"type": "signature_delta", "signature": block["signature"]}
            add("content_block_delta", index=index, delta=signed)
        add("content_block_stop", index=index)
    if scenario.midstream:
        message = scenario.message or "Overloaded"
        add("error", "error", error={"type": "overloaded_error", "message": message})
    elif scenario.end != "no_finish":
        stop = {"stop_reason": final["stop_reason"], "stop_sequence": None}
        count = {k: v for k, v in final["usage"].items() if k in ("output_tokens", "cost")}
        add("message_delta", "usage", delta=stop, usage=count)
        add("message_stop", "finish")
        if scenario.end == "leaked_done":
            found.append(Frame("[DONE]", kind="done"))
    return found


def error_body(status: int, message: str) -> dict[str, Any]:
    """An error in the envelope of the Messages dialect."""
    kinds = {400: "invalid_request_error", 401: "authentication_error", 402: "billing_error"}
    kinds |= {403: "permission_error", 404: "not_found_error", 413: "request_too_large"}
    kinds |= {429: "rate_limit_error", 504: "timeout_error", 529: "overloaded_error"}
    error = {"type": kinds.get(status, "api_error"), "message": message}
    return {"type": "error", "error": error, "request_id": None}
