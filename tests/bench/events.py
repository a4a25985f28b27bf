"""Server-sent events a second of CPU, beside httpx-sse on the same bytes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import UTC, datetime

import httpx
import psutil
from httpx_sse._decoders import SSEDecoder, SSELineDecoder

from app.core.conversations.conversation import Message, Role, TextPart
from app.core.conversations.events import TextAdded
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client
from app.providers.transport.event_stream import EventSplitter
from tests.bench.corpus import answer, items
from tests.bench.figure import figure

READ = 4096
EVENTS = 1_000_000


def _stream() -> bytes:
    lines: list[bytes] = []
    for item in items(answer(80_000)):
        event = {
            "id": "gen-1771000000-AbC",
            "provider": "Novita",
            "model": "google/gemma-4-26b-a4b-it",
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": {"content": item}, "finish_reason": None}],
        }
        lines.append(b"data: " + json.dumps(event).encode() + b"\n\n")
    return b"".join(lines)


def _ours(data: bytes) -> int:
    splitter = EventSplitter()
    count = 0
    for place in range(0, len(data), READ):
        count += len(splitter.feed(data[place : place + READ]))
    return count + len(splitter.flush())


def _theirs(data: bytes) -> int:
    """What httpx_sse.EventSource does with the text of a response."""
    lines, decoder = SSELineDecoder(), SSEDecoder()
    count = 0
    for place in range(0, len(data), READ):
        for line in lines.decode(data[place : place + READ].decode()):
            count += decoder.decode(line) is not None
    return count


def _rate(work: Callable[[bytes], int], data: bytes) -> float:
    best = 0.0
    for _ in range(5):
        began = time.process_time()
        count = work(data)
        best = max(best, count / (time.process_time() - began))
    return best


async def _stretch(count: int) -> tuple[int, int]:
    """(words read, growth of resident memory in bytes) of an answer that brings each word in an
    event of its own, read through the whole client and thrown away."""
    profile = Catalogue.bundled().profile("openrouter")
    model = Catalogue.bundled().model("openrouter", "google/gemma-4-26b-a4b-it")
    asked = Message("m", "c", None, Role.USER, (TextPart("Hi"),), 1, datetime.now(UTC))
    event = b'data: {"id":"g","choices":[{"index":0,"delta":{"content":"x"}}]}\n\n'
    chunk = event * 50

    async def body() -> AsyncIterator[bytes]:
        for _ in range(count // 50):
            await asyncio.sleep(0)
            yield chunk
        yield b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
        yield b"data: [DONE]\n\n"

    def answer(_request: httpx.Request) -> httpx.Response:
        head = {"Content-Type": "text/event-stream"}
        return httpx.Response(200, headers=head, content=body())

    client = Client(profile, key="sk-or-v1-x", transport=httpx.MockTransport(answer))
    process, seen, before = psutil.Process(), 0, 0
    async with aclosing(client.stream(Request(model, [asked]))) as events:
        async for event in events:
            seen += len(event.text) if isinstance(event, TextAdded) else 0
            if not before and seen >= count // 10:
                before = process.memory_info().rss
    await client.aclose()
    return seen, process.memory_info().rss - before


def measure() -> None:
    data = _stream()
    ours, theirs = _rate(_ours, data), _rate(_theirs, data)
    figure("events_per_cpu_s", ours, "1/s")
    figure("events_httpx_sse_ratio", ours / theirs, "ratio")
    seen, growth = asyncio.run(_stretch(EVENTS))
    figure("events_in_one_answer", seen, "count")
    figure("events_memory_growth_mb", growth / 1e6, "MB")
