"""The Responses dialect: a stream of events, or one response object."""

from typing import Any

from tests.simulator.byte_modes import Frame
from tests.simulator.chat import CREATED, Voice
from tests.simulator.faults import Scenario
from tests.simulator.scripts import Script


def _usage(voice: Voice) -> dict[str, Any]:
    known = voice.usage
    details = known.get("completion_tokens_details") or {}
    usage: dict[str, Any] = {
        "input_tokens": known.get("prompt_tokens", 0),
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": known.get("completion_tokens", 0),
        "output_tokens_details": {"reasoning_tokens": details.get("reasoning_tokens", 0)},
        "total_tokens": known.get("total_tokens", 0),
    }
    if "cost" in known:
        usage["cost"] = known["cost"]
    if "server_tool_use" in known:
        usage["server_tool_use_details"] = known["server_tool_use"]
    return usage


def _items(script: Script) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if script.reasoning or script.sealed:
        summary = [{"type": "summary_text", "text": script.reasoning}] if script.reasoning else []
        item: dict[str, Any] = {"type": "reasoning", "id": "rs_1", "summary": summary}
        items.append({**item, "encrypted_content": script.sealed} if script.sealed else item)
    if script.text:
        part: dict[str, Any] = {"type": "refusal", "refusal": script.text}
        if not script.is_refusal:
            cited = [{"type": "url_citation", **page} for page in script.cited]
            part = {"type": "output_text", "text": script.text, "annotations": cited}
        items.append(
            {
                "type": "message",
                "id": "msg_1",
                "role": "assistant",
                "status": "completed",
                "content": [part],
            }
        )
    for number, url in enumerate(script.pictures, 1):
        items.append(
            {
                "type": "image_generation_call",
                "id": f"ig_{number}",
                "status": "completed",
                "result": url.partition(",")[2],
            }
        )
    for number, (name, arguments) in enumerate(script.calls, 1):
        items.append(
            {
                "type": "function_call",
                "id": f"fc_{number}",
                "call_id": f"call_{number}",
                "name": name,
                "arguments": arguments,
                "status": "completed",
            }
        )
    return items


def whole(script: Script, scenario: Scenario, voice: Voice) -> dict[str, Any]:
    """The answer as one response object."""
    short = {"length": "max_output_tokens"}.get(script.finish or "")
    if script.finish == "content_filter" and not script.is_refusal:
        short = "content_filter"
    return {
        "id": voice.id,
        "object": "response",
        "created_at": CREATED,
        "status": "incomplete" if short else "completed",
        "error": None,
        "incomplete_details": {"reason": short} if short else None,
        "model": voice.model,
        "output": _items(script),
        "usage": _usage(voice),
    }


def frames(script: Script, scenario: Scenario, voice: Voice) -> list[Frame]:
    """The core sequence of events, each with its type, name and number."""
    found: list[Frame] = []

    def add(kind: str, frame: str = "other", **data: Any) -> None:
        body = {"type": kind, "sequence_number": len(found), **data}
        found.append(Frame(body, event=kind, kind=frame))

    final = whole(script, scenario, voice)
    opened = {**final, "status": "in_progress", "output": [], "usage": None}
    add("response.created", "start", response=opened)
    add("response.in_progress", response=opened)
    for place, item in enumerate(final["output"]):
        at = {"item_id": item["id"], "output_index": place}
        if item["type"] == "reasoning":
            bare = {"type": "reasoning", "id": item["id"], "summary": []}
            add("response.output_item.added", output_index=place, item=bare)
            kind, spot = "response.reasoning_summary_text", {**at, "summary_index": 0}
            _deltas(add, kind, spot, script.reasoning, "text")
        elif item["type"] == "message":
            blank = {**item, "status": "in_progress", "content": []}
            add("response.output_item.added", output_index=place, item=blank)
            spot = {**at, "content_index": 0}
            kind, name = "response.output_text", "text"
            part: dict[str, Any] = {"type": "output_text", "text": "", "annotations": []}
            if script.is_refusal:
                kind, name, part = "response.refusal", "refusal", {"type": "refusal", "refusal": ""}
            add("response.content_part.added", part=part, **spot)
            _deltas(add, kind, spot, script.text, name)
            for number, page in enumerate(item["content"][0].get("annotations", ())):
                at_page = {**spot, "annotation_index": number}
                add("response.output_text.annotation.added", annotation=page, **at_page)
            add("response.content_part.done", part=item["content"][0], **spot)
        elif item["type"] == "image_generation_call":
            add("response.output_item.added", output_index=place, item={**item, "result": None})
        else:
            add("response.output_item.added", output_index=place, item={**item, "arguments": ""})
            kind = "response.function_call_arguments"
            _deltas(add, kind, at, item["arguments"], "arguments")
        add("response.output_item.done", output_index=place, item=item)
    if scenario.midstream:
        return [*found, *_failure(scenario, opened, len(found))]
    if scenario.end != "no_finish":
        add(f"response.{final['status']}", "finish", response=final)
        if scenario.end == "leaked_done":
            found.append(Frame("[DONE]", kind="done"))
    return found


def _deltas(add: Any, kind: str, spot: dict[str, Any], text: str, name: str) -> None:
    for begin in range(0, len(text), 6):
        add(f"{kind}.delta", "content", delta=text[begin : begin + 6], **spot)
    add(f"{kind}.done", **{name: text}, **spot)


def _failure(scenario: Scenario, response: dict[str, Any], number: int) -> list[Frame]:
    """A failure in one of the four shapes a client meets."""
    message = scenario.message or "Upstream went away"
    error = {"code": "server_error", "message": message}
    body: dict[str, Any] = {"type": "error", "sequence_number": number, "error": error}
    if scenario.midstream in ("string", "flat"):
        body = {"type": "error", "sequence_number": number, **error, "param": None}
    elif scenario.midstream == "one_choice":
        failed = {**response, "status": "failed", "error": error}
        body = {"type": "response.failed", "sequence_number": number, "response": failed}
    elif scenario.midstream == "no_choices":
        body = {"type": "response.error", "sequence_number": number, "error": error}
    return [Frame(body, event=body["type"], kind="error")]
