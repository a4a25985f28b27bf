"""The rule of the room, over 10,000 streams put together and damaged by chance (always the same).

An answer is done only with an end that means it; all that came is in its parts, its notices or the
error that ended it.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx
import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import MessageState
from app.core.errors import ProviderError
from app.providers.answer import Answer
from app.providers.catalogue.address import custom_profile
from app.providers.dialects.dialect import DIALECTS
from app.providers.errors.error_reply import ErrorReader
from app.providers.transport.http import Timeouts

STREAMS = 10_000
PROFILE = custom_profile("http://localhost:1/v1")
WHOLE = {
    "chat": ("stop", "length", "tool_calls", "eos", "STOP", "function_call"),
    "messages": ("end_turn", "stop_sequence", "tool_use"),
    "responses": ("completed",),
}
"""Ends that mean it; one of them is a limit, which is a cut all the same."""
OTHERS = ("abort", "network_error", "load", "max_tokens", "content_filter", "by_magic", "cancelled")


@dataclass
class Bit:
    """Some bytes of a stream: `mark` must be seen of it, `ends` when nothing is read after it.

    `word` is an end that it names, `is_cause` that it tells of an error.
    """

    data: bytes
    mark: str = ""
    ends: bool = False
    word: str = ""
    is_cause: bool = False


def sse(value: Any, name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    said = value if isinstance(value, str) else json.dumps(value)
    return f"{head}data: {said}\n\n".encode()


def cause(chance: Random, mark: str) -> Bit:
    """An error in one of the shapes it comes in."""
    words = f"gone wrong {mark}"
    shapes = (
        f"error: {json.dumps({'message': words})}\n\n".encode(),
        f"error: {words}\n\n".encode(),
        f"{json.dumps({'error': words})}\n\n".encode(),
        sse({"error": {"message": words, "code": chance.choice((429, 500, None, "x"))}}),
        sse({"code": 500, "msg": words, "success": False}),
        sse({"base_resp": {"status_code": 1008, "status_msg": words}, "choices": None}),
        sse({"success": False, "errors": [{"message": words}]}),
        sse({"message": words, "status": "error"}, "error"),
        sse(words, "error"),
    )
    return Bit(chance.choice(shapes), mark, ends=True, is_cause=True)


def aside(chance: Random, mark: str) -> Bit:
    """Something that is neither of the answer nor an error."""
    shapes = (f"warning: slow {mark}\n\n", f"slow {mark}\n\n", f"data: slow {mark}\n\n")
    return Bit(chance.choice(shapes).encode(), mark)


def chat(chance: Random, marks: Iterator[str]) -> list[Bit]:
    def piece(delta: Any, **more: Any) -> bytes:
        return sse({"id": "g", "choices": [{"index": 0, "delta": delta, **more}]})

    bits = []
    for number in range(chance.randrange(5)):
        mark = next(marks)
        picture = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{mark}"}}
        page = {"type": "url_citation", "url_citation": {"url": f"https://x.org/{mark}"}}
        call = {"index": number, "id": f"c{mark}", "function": {"name": mark, "arguments": "{}"}}
        shapes = (
            {"content": f"{mark} "},
            {"content": f"{mark} "},
            {"reasoning": f"{mark} "},
            {"content": [{"type": "text", "text": f"{mark} "}]},
            {"images": [picture]},
            {"content": "", "annotations": [page]},
            {"tool_calls": [call]},
        )
        bits.append(Bit(piece(chance.choice(shapes)), mark))
    word = chance.choice((*WHOLE["chat"], *OTHERS, ""))
    if word and chance.random() < 0.7:
        bits.append(Bit(piece({}, finish_reason=word), word=word))
    elif word:
        end = piece({}, finish_reason="stop", native_finish_reason=word)
        bits.append(Bit(end, word=word))
    if chance.random() < 0.7:
        bits.append(Bit(b"data: [DONE]\n\n", ends=True, word="" if bits and word else "stop"))
    return bits


def messages(chance: Random, marks: Iterator[str]) -> list[Bit]:
    bits = [Bit(sse({"type": "message_start", "message": {"id": "m"}}))]
    for index in range(chance.randrange(4)):
        mark = next(marks)
        kind, delta = chance.choice(
            (
                ("text", {"type": "text_delta", "text": f"{mark} "}),
                ("thinking", {"type": "thinking_delta", "thinking": f"{mark} "}),
                ("tool_use", {"type": "input_json_delta", "partial_json": f'{{"a":"{mark}"}}'}),
            )
        )
        block = {"type": kind, "id": f"t{index}", "name": "f"} if kind == "tool_use" else {}
        start = {"type": "content_block_start", "index": index}
        bits.append(Bit(sse({**start, "content_block": block or {"type": kind}})))
        bits.append(Bit(sse({"type": "content_block_delta", "index": index, "delta": delta}), mark))
        bits.append(Bit(sse({"type": "content_block_stop", "index": index})))
    word = chance.choice((*WHOLE["messages"], *OTHERS))
    bits.append(Bit(sse({"type": "message_delta", "delta": {"stop_reason": word}}), word=word))
    bits.append(Bit(sse({"type": "message_stop"}), ends=True))
    return bits


def responses(chance: Random, marks: Iterator[str]) -> list[Bit]:
    bits = []
    for index in range(chance.randrange(5)):
        mark = next(marks)
        call = {"type": "function_call", "call_id": mark, "name": mark, "arguments": "{}"}
        page = {"type": "url_citation", "url": f"https://x.org/{mark}"}
        shapes = (
            {"type": "response.output_text.delta", "delta": f"{mark} "},
            {"type": "response.reasoning_text.delta", "delta": f"{mark} "},
            {"type": "response.output_text.annotation.added", "annotation": page},
            {"type": "response.output_item.done", "item": call},
        )
        bits.append(Bit(sse({**chance.choice(shapes), "output_index": index}), mark))
    word = chance.choice(("completed", *OTHERS))
    step = "completed" if word == "completed" else "incomplete"
    end = {"id": "r", "status": step, "incomplete_details": {"reason": word}, "output": []}
    bits.append(Bit(sse({"type": f"response.{step}", "response": end}), ends=True, word=word))
    return bits


MAKERS = {"chat": chat, "messages": messages, "responses": responses}


def damaged(chance: Random, bits: list[Bit], marks: Iterator[str]) -> list[Bit]:
    """The stream with up to three accidents: bits lost, moved, cut off, news and errors between."""
    for _ in range(chance.randrange(4)):
        place = chance.randrange(len(bits) + 1)
        match chance.randrange(6):
            case 0:
                bits = bits[:place] + bits[place + 1 :]
            case 1:
                bits = bits[:place]
            case 2 if len(bits) > 1:
                one, other = chance.sample(range(len(bits)), 2)
                bits[one], bits[other] = bits[other], bits[one]
            case 3:
                bits = [*bits[:place], cause(chance, next(marks)), *bits[place:]]
            case 4:
                bits = [*bits[:place], aside(chance, next(marks)), *bits[place:]]
            case 5:
                bits = [*bits[:place], Bit(b": busy\n\nid: 7\nretry: 9\n\n"), *bits[place:]]
    return bits


async def outcome(dialect: str, data: bytes) -> tuple[Accumulator, ProviderError | None]:
    failures = ErrorReader(PROFILE)
    reader = DIALECTS[dialect].reader((), failures)
    answer = Answer(PROFILE, failures, Timeouts(), reader, key=None)
    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=data)
    said, failed = Accumulator(), None
    try:
        async for event in answer.events(response, asyncio.get_running_loop().time()):
            said.add(event)
    except ProviderError as error:
        failed = error
    return said, failed


def shown(said: Accumulator, failed: ProviderError | None) -> str:
    """All that a person can see of an answer, and what goes back."""
    seen = [repr(said.parts), *said.images, *(notice.text for notice in said.notices)]
    return " ".join([*seen, f"{failed.message} {failed.details}" if failed else ""])


def read_bits(bits: list[Bit]) -> list[Bit]:
    """The bits up to the first after which nothing is read."""
    end = next((place for place, bit in enumerate(bits) if bit.ends), len(bits))
    return bits[: end + 1]


@pytest.mark.parametrize("dialect", MAKERS)
def test_nothing_unknown_counts_as_done_and_nothing_vanishes(dialect: str) -> None:
    chance = Random(f"unknown is never success: {dialect}")
    ends = dict.fromkeys((*MessageState, "failed"), 0)

    async def run() -> None:
        for number in range(STREAMS // len(MAKERS) + 1):
            marks = (f"MARK{number:05}X{count}Z" for count in range(100))
            bits = damaged(chance, MAKERS[dialect](chance, marks), marks)
            data = b"".join(bit.data for bit in bits)
            said, failed = await outcome(dialect, data)
            came = read_bits(bits)
            seen = shown(said, failed)
            lost = [bit.mark for bit in came if bit.mark not in seen]
            assert not lost, (lost, data, seen)
            words = [bit.word for bit in came if bit.word]
            is_whole = failed is None and said.state is MessageState.DONE
            ends["failed" if failed else said.state] += 1
            if any(bit.is_cause for bit in came):
                assert failed is not None, (data, seen)
            if is_whole:
                assert words or b"[DONE]" in data or b"message_stop" in data, (data, seen)
                assert not {*words} & {*OTHERS, "length"}, (data, seen)
            for word in {*words} & {*OTHERS} - {"max_tokens", "content_filter"}:
                assert failed or word in seen or said.finished is None, (data, seen)

    asyncio.run(run())
    assert min(ends[MessageState.DONE], ends[MessageState.CUT_OFF], ends["failed"]) > 100
