"""The chat dialect as the simulated providers speak it: frames of a stream, or one whole
reply."""

from dataclasses import dataclass, field
from typing import Any

from tests.simulator.byte_modes import Frame
from tests.simulator.faults import Scenario
from tests.simulator.scripts import Script

CREATED = 1_771_000_000


@dataclass
class Voice:
    """How one provider writes chat: what stands on each chunk and where usage and cost go."""

    id: str
    model: str
    asks_usage: bool = True
    upstream: str = ""
    role_on_every: bool = False
    native_finish: bool = False
    ids_once: bool = False
    bare_finish: bool = False
    null_usage: bool = False
    opening_comment: str = ""
    usage: dict[str, Any] = field(default_factory=dict)
    final: dict[str, Any] = field(default_factory=dict)
    error_code: Any = 502
    top: dict[str, Any] = field(default_factory=dict)


def _chunk(voice: Voice, scenario: Scenario, choices: list[Any], **more: Any) -> dict[str, Any]:
    chunk: dict[str, Any] = {
        "id": "" if scenario.no_id else voice.id,
        **({"provider": voice.upstream} if voice.upstream else {}),
        "model": voice.model,
        "object": "chat.completion.chunk",
        "created": CREATED,
        "choices": choices,
        **voice.top,
        **more,
    }
    return chunk


def _choice(delta: Any, finish: str | None = None, **more: Any) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish, **more}


def scored(piece: str, rivals: int) -> dict[str, Any]:
    """Log probabilities of one piece with so many rivals."""
    others = [{"token": f"{piece}{n}", "logprob": -1.5 - n, "bytes": None} for n in range(rivals)]
    return {"content": [{"token": piece, "logprob": -0.25, "bytes": None, "top_logprobs": others}]}


def frames(
    script: Script, scenario: Scenario, voice: Voice, *, logprobs: int | None = None
) -> list[Frame]:
    """Every frame of a streamed answer, the end and its faults included."""
    found: list[Frame] = []
    if voice.opening_comment:
        found.append(Frame(comment=voice.opening_comment, kind="comment"))
    role = {"role": "assistant"}
    quiet = "" if scenario.finish == "on_every" else None
    found.append(
        Frame(_chunk(voice, scenario, [_choice({**role, "content": ""}, quiet)]), kind="start")
    )
    for number, delta in enumerate(script.deltas):
        more: dict[str, Any] = {}
        piece = delta.get("content")
        if logprobs is not None and isinstance(piece, str) and piece:
            more["logprobs"] = scored(piece, logprobs)
        said = {**role, **delta} if voice.role_on_every else dict(delta)
        chunk = _chunk(voice, scenario, [_choice(said, quiet, **more)])
        if voice.ids_once:
            chunk["id"] = ""
        if scenario.usage == "each":
            chunk["usage"] = {**voice.usage, "completion_tokens": number}
        elif scenario.usage == "zero":
            chunk["usage"] = dict.fromkeys(
                ("prompt_tokens", "completion_tokens", "total_tokens"), 0
            )
        elif scenario.usage == "null" or voice.null_usage:
            chunk["usage"] = None
        found.append(Frame(chunk))
        if number < scenario.broken:
            found.append(Frame('{"id": "x", "choices": [{"delta": {"conte', kind="other"))
    return found + _ending(script, scenario, voice)


def _ending(script: Script, scenario: Scenario, voice: Voice) -> list[Frame]:
    if scenario.midstream:
        return [Frame(midstream_error(scenario, voice), kind="error")]
    found: list[Frame] = []
    words = {"": [script.finish], "on_every": [script.finish], "empty": [""], "null": [None]}
    words |= {"unknown": ["eos_by_magic"], "two": [script.finish, "stop"], "absent": []}
    usage = usage_of(scenario, voice)
    finishes = [] if scenario.end == "no_finish" else words[scenario.finish]
    for word in finishes:
        native = {"native_finish_reason": word} if voice.native_finish else {}
        choice = _choice({"content": ""}, word, **native)
        if voice.bare_finish:
            del choice["delta"]
        chunk = _chunk(voice, scenario, [choice])
        if scenario.usage == "in_finish" and usage:
            chunk |= usage
        found.append(Frame(chunk, kind="finish"))
    if scenario.end == "no_finish":
        return found
    if usage and scenario.usage != "in_finish":
        choices = [_choice({"content": ""})] if scenario.usage == "one_choice" else []
        found.append(Frame(_chunk(voice, scenario, choices, **usage), kind="usage"))
    if scenario.end != "no_done":
        found.append(Frame("[DONE]", kind="done"))
    return found


def usage_of(scenario: Scenario, voice: Voice) -> dict[str, Any]:
    """What the usage chunk carries besides its choices; empty when none is sent."""
    if scenario.usage == "absent" or not (voice.asks_usage and voice.usage):
        return {}
    usage: Any = voice.usage
    if scenario.usage == "null":
        usage = None
    elif scenario.usage == "zero":
        usage = dict.fromkeys(usage, 0)
    elif scenario.usage == "strings":
        usage = {
            name: str(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for name, value in usage.items()
        }
    return {"usage": usage, **voice.final}


def midstream_error(scenario: Scenario, voice: Voice) -> dict[str, Any]:
    """The chunk that ends a stream with an error, in one of its five shapes."""
    message = scenario.message or "Upstream went away"
    error: Any = {
        "code": voice.error_code,
        "message": message,
        "metadata": {"error_type": "provider_unavailable", "provider_code": "gone"},
    }
    if scenario.midstream == "string":
        return _chunk(voice, scenario, [], error=message)
    if scenario.midstream == "one_choice":
        return _chunk(voice, scenario, [_choice({"content": ""}, "error")], error=error)
    if scenario.midstream == "empty_choices":
        return _chunk(voice, scenario, [], error=error)
    if scenario.midstream == "flat":
        return {"error_type": "provider_unavailable", "error_message": message}
    return {"error": error}


def whole(script: Script, scenario: Scenario, voice: Voice) -> dict[str, Any]:
    """The same answer as one JSON object."""
    message: dict[str, Any] = {"role": "assistant", "content": script.text or None, "refusal": None}
    if script.reasoning:
        message["reasoning"] = script.reasoning
    if script.calls:
        message["tool_calls"] = [
            {
                "id": f"call_{number}",
                "type": "function",
                "function": {"name": name, "arguments": arguments},
            }
            for number, (name, arguments) in enumerate(script.calls, 1)
        ]
    native = {"native_finish_reason": script.finish} if voice.native_finish else {}
    return {
        "id": voice.id,
        **({"provider": voice.upstream} if voice.upstream else {}),
        "model": voice.model,
        "object": "chat.completion",
        "created": CREATED,
        "choices": [
            {
                "index": 0,
                "finish_reason": script.finish,
                "logprobs": None,
                **native,
                "message": message,
            }
        ],
        "usage": voice.usage,
        **voice.final,
        **voice.top,
    }
