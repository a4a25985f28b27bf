import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Finished
from app.core.errors import (
    ProtocolError,
    ProviderError,
    QuotaError,
    RefusedError,
    UnavailableError,
)
from app.core.models.provider import Request
from app.providers import answer
from app.providers.catalogue.address import custom_profile
from app.providers.client import Client
from app.providers.transport.http import Timeouts

Make = Callable[..., Any]
Ask = Callable[..., Request]
DONE = Finished(MessageState.DONE, "stop")


@pytest.fixture
def stream(client: Make, ask: Ask, reply: Make, outcome: Make, quick: Timeouts) -> Make:
    """What becomes of a reply of these chunks."""

    async def run(chunks: Any, *, status: int = 200, kind: str = "", **headers: str) -> Any:
        subject, _ = client(reply(status, chunks, kind, **headers), timeouts=quick)
        return await outcome(subject, ask())

    return run


@pytest.mark.parametrize(
    "kind",
    [
        "text/event-stream; charset=utf-8",
        "text/plain",
        "application/json",
        "application/octet-stream",
    ],
)
async def test_a_stream_is_known_by_its_bytes(stream: Make, wire: Any, kind: str) -> None:
    found = await stream(
        [b": hi\n\n", wire.sse(wire.words("Hi", finish_reason="stop")), wire.done], kind=kind
    )
    assert (found.sum.text, found.sum.finished) == ("Hi", DONE)


BODY = {
    "choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3},
}


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream", ""])
async def test_an_answer_in_one_although_a_stream_was_asked_for(stream: Make, kind: str) -> None:
    found = await stream([b" \n\xef\xbb\xbf", json.dumps(BODY).encode()], kind=kind or "x/y")
    assert (found.sum.text, found.sum.finished, found.sum.usage.input_tokens) == ("Hi", DONE, 3)


@pytest.mark.parametrize(
    ("chunks", "kind", "error", "says"),
    [
        ([b'{"error": {"code": 429, "message": "Slow"}}'], "application/json", QuotaError, "Slow"),
        ([b"<html>Hi</html>"], "text/html", RefusedError, "web page"),
        ([b"  <!DOCTYPE html>"], "text/event-stream", RefusedError, "web page"),
        ([b"hello there"], "text/plain", ProtocolError, "could not be read"),
        ([b"{}"], "application/json", ProtocolError, "could not be read"),
        ([b"[1"], "application/json", ProtocolError, "could not be read"),
        ([b""], "text/event-stream", UnavailableError, "before any answer"),
        ([b": ping\n\n"], "text/event-stream", UnavailableError, "before any answer"),
    ],
)
async def test_what_is_no_answer_is_an_error(
    stream: Make, chunks: list[bytes], kind: str, error: type, says: str
) -> None:
    found = await stream(chunks, kind=kind)
    assert type(found.error) is error
    assert says in str(found.error)
    assert found.error.hint
    assert found.error.provider == "openrouter"


async def test_late_data_after_the_end_is_left(stream: Make, wire: Any) -> None:
    end = wire.sse(wire.words("a", finish_reason="stop"))
    found = await stream([end + wire.done + wire.sse(wire.words("LATE")), wire.done])
    assert (found.sum.text, found.events[-1]) == ("a", DONE)


@pytest.mark.parametrize(
    ("last", "state", "reason", "codes"),
    [
        (b"", MessageState.CUT_OFF, "", ["no_end_marker"]),
        (
            b'data: {"choices":[{"delta":{"content":"Half an ans',
            MessageState.CUT_OFF,
            "",
            ["no_end_marker"],
        ),
        (b"data: [DONE]", MessageState.DONE, "unknown", []),
        (b'data: {"choices":[{"finish_reason":"stop"}]}', MessageState.DONE, "stop", []),
        (b"data: {broken}\n\ndata: [DONE]\n\n", MessageState.DONE, "unknown", ["damaged_events"]),
    ],
)
async def test_how_a_stream_may_end(
    stream: Make, wire: Any, last: bytes, state: MessageState, reason: str, codes: list[str]
) -> None:
    found = await stream([wire.sse(wire.words("Hi")), last])
    assert found.sum.text == "Hi"
    assert found.events[-1] == Finished(state, reason)
    assert found.codes == codes


@pytest.mark.parametrize(
    "event",
    [
        b'event: error\ndata: {"message": "Overloaded"}\n\n',
        b"event: error\ndata: Overloaded\n\n",
        b'data: {"error": {"message": "Overloaded", "code": 529}}\n\n',
        b'event: error\ndata: {"error": "Overloaded"}\n\n',
    ],
)
async def test_an_error_in_mid_stream_keeps_the_text(stream: Make, wire: Any, event: bytes) -> None:
    found = await stream([wire.sse(wire.words("Hel")) + event + wire.sse(wire.words("no"))])
    assert found.sum.text == "Hel"
    assert isinstance(found.error, ProviderError)
    assert "Overloaded" in str(found.error)
    assert found.sum.finished is None


@pytest.mark.parametrize(
    "failure", [httpx.ReadError("x"), httpx.RemoteProtocolError("incomplete chunked read")]
)
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"finish_reason": "stop"}, DONE),
        ({}, Finished(MessageState.CUT_OFF, "")),
    ],
)
async def test_a_lost_connection(
    stream: Make,
    wire: Any,
    failure: Exception,
    words: Any,
    expected: Finished,
    reply: Make,
    client: Make,
    ask: Ask,
    outcome: Make,
) -> None:
    async def body() -> Any:
        yield wire.sse(wire.words("Hi", **words))
        raise failure

    subject, _ = client(httpx.Response(200, content=body()))
    found = await outcome(subject, ask())
    assert (found.sum.text, found.events[-1]) == ("Hi", expected)
    assert ("connection_lost" in found.codes) is not words.get("finish_reason", False) or not words


async def test_a_connection_lost_before_anything(client: Make, ask: Ask, outcome: Make) -> None:
    async def body() -> Any:
        yield b": ping\n\n"
        raise httpx.ReadError("x")

    found = await outcome(client(httpx.Response(200, content=body()))[0], ask())
    assert isinstance(found.error, UnavailableError)
    assert "broke" in str(found.error)


async def test_a_line_that_never_ends_keeps_the_text(stream: Make, wire: Any) -> None:
    big = [b"data: " + b"x" * (1 << 20)] + [b"x" * (1 << 20)] * 40
    found = await stream([wire.sse(wire.words("<think>Hm</think>Hi</th")), *big])
    assert isinstance(found.error, ProtocolError)
    assert "too much" in str(found.error)
    assert found.sum.text == "Hi</th"


async def test_what_was_held_back_comes_before_an_error(stream: Make, wire: Any) -> None:
    found = await stream([wire.sse(wire.words("<thi")), b'data: {"error": "x"}\n\n'])
    assert found.sum.text == "<thi"


async def test_too_many_events(stream: Make, wire: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "MAX_EVENTS", 5)
    found = await stream([wire.sse(wire.words("a"))] * 9)
    assert "too much" in str(found.error)
    assert "aaaaa" in found.sum.text


async def test_an_answer_in_one_that_is_too_large(
    stream: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "WHOLE_LIMIT", 50)
    found = await stream([b"{", b" " * 100, b"}"], kind="application/json")
    assert "too much" in str(found.error)


async def test_the_names_and_the_price_in_headers(
    client: Make, ask: Ask, outcome: Make, reply: Make
) -> None:
    answer_ = reply(201, BODY, x_inference_id="inf-1", x_aimlapi_usd_spent="0.002")
    subject, _ = client(answer_, provider="aimlapi")
    found = await outcome(subject, ask("aimlapi/google/gemma-3-27b-it"))
    assert found.sum.started.generation_id == "inf-1"
    assert str(found.sum.usage.reported_cost) == "0.002"


async def test_headers_name_openrouters_reply(stream: Make, wire: Any) -> None:
    found = await stream([wire.sse(wire.words("Hi")), wire.done], x_generation_id="gen-9")
    assert found.sum.started.generation_id == "gen-9"


async def test_a_stalled_stream_gives_what_was_held_back_first(
    listening: Make, ask: Ask, wire: Any, outcome: Make, quick: Timeouts
) -> None:
    async def speak(writer: asyncio.StreamWriter) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        writer.write(head + wire.sse(wire.words("<thi")))
        await asyncio.Event().wait()

    async with listening(speak) as base_url:
        found = await outcome(Client(custom_profile(base_url), timeouts=quick), ask())
    assert found.sum.text == "<thi"
    assert isinstance(found.error, UnavailableError)
    assert "sent nothing for" in str(found.error)


async def test_what_breaks_after_the_end_breaks_nothing(
    client: Make, ask: Ask, wire: Any, outcome: Make
) -> None:
    async def body() -> Any:
        yield wire.sse(" ") + wire.sse(wire.words("Hi", finish_reason="stop")) + wire.done
        raise httpx.ReadError("x")

    found = await outcome(client(httpx.Response(200, content=body()))[0], ask())
    assert (found.events[-1], found.error) == (DONE, None)
