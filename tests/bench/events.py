"""Server-sent events a second of CPU, beside httpx-sse on the same bytes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from httpx_sse._decoders import SSEDecoder, SSELineDecoder

from app.providers.streams import EventSplitter
from tests.bench.corpus import answer, pieces
from tests.bench.figure import figure

READ = 4096


def _stream() -> bytes:
    lines: list[bytes] = []
    for piece in pieces(answer(80_000)):
        event = {
            "id": "gen-1771000000-AbC",
            "provider": "Novita",
            "model": "google/gemma-4-26b-a4b-it",
            "object": "chat.completion.chunk",
            "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}],
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


def measure() -> None:
    data = _stream()
    ours, theirs = _rate(_ours, data), _rate(_theirs, data)
    figure("events_per_cpu_s", ours, "1/s")
    figure("events_httpx_sse_ratio", ours / theirs, "ratio")
