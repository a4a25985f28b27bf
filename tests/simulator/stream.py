"""Writes the frames of a stream piece by piece: byte mode, pauses, holds, and everything that
breaks a stream."""

import asyncio

from tests.simulator.byte_modes import ByteMode, Frame
from tests.simulator.faults import Scenario
from tests.simulator.http_wire import Outgoing
from tests.simulator.provider import Reply
from tests.simulator.record import Exchange

MEGABYTE = b"x" * 1_000_000
COMMENT_PAUSE = 0.02


async def write_stream(
    exchange: Exchange, out: Outgoing, reply: Reply, scenario: Scenario, mode: ByteMode
) -> None:
    """Writes head and body of a streamed answer as the scenario wants it; returns early when the
    client goes."""
    headers = [*mode.headers("text/event-stream"), ("Cache-Control", "no-cache"), *reply.headers]
    await out.head(reply.status, headers, framing=scenario.framing)
    if scenario.reset == "after_headers":
        await out.reset()
        return
    if scenario.comments:
        await _comments(exchange, out, mode)
        return
    if scenario.big_line:
        opening = b"".join(mode.render(frame) for frame in (reply.frames or [])[:3])
        await out.piece(opening)
        await _big_line(exchange, out, scenario.big_line)
        return
    if not await _frames(exchange, out, reply.frames or [], scenario, mode):
        return
    if scenario.end == "open":
        await exchange.closed.wait()
        out.keeps_open = False
        return
    if scenario.end == "no_chunk_end":
        out.keeps_open = False
        return
    await out.end()


async def _frames(
    exchange: Exchange, out: Outgoing, frames: list[Frame], scenario: Scenario, mode: ByteMode
) -> bool:
    """Writes every frame; False when the connection is broken or gone."""
    said = 0
    joined: list[bytes] = []
    for number, frame in enumerate(frames):
        is_last = number == len(frames) - 1
        data = mode.render(frame)
        if is_last:
            data = mode.last(data)
        if scenario.reset == "mid_event" and frame.kind == "content" and said >= 2:
            await out.piece(data[: len(data) // 2], apart=True)
            await out.reset()
            return False
        if scenario.reset == "after_content" and frame.kind not in ("content", "start", "comment"):
            await out.reset()
            return False
        if mode.cut == "stream":
            joined.append(data)
            continue
        for piece in mode.pieces(mode.packed(data, end=is_last)):
            if exchange.closed.is_set():
                return False
            await out.piece(piece, apart=mode.cut != "event")
        if frame.kind == "content":
            said += 1
            exchange.content_sent.set()
        if said == scenario.hold_after and frame.kind in ("content", "start"):
            if not await _held(exchange, scenario.gate):
                return False
        elif scenario.pause and not await _paused(exchange, scenario.pause):
            return False
        if scenario.reset == "after_finish" and frame.kind == "finish":
            await out.reset()
            return False
    await out.piece(mode.packed(b"".join(joined), end=True) if joined else b"")
    return True


async def _held(exchange: Exchange, gate: asyncio.Event | None) -> bool:
    """Waits until the gate opens (True) or the client goes (False)."""
    if gate is None:
        await exchange.closed.wait()
        return False
    waits = [asyncio.create_task(event.wait()) for event in (gate, exchange.closed)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return not exchange.closed.is_set()


async def _paused(exchange: Exchange, seconds: float) -> bool:
    try:
        await asyncio.wait_for(exchange.closed.wait(), seconds)
    except TimeoutError:
        return True
    return False


async def _comments(exchange: Exchange, out: Outgoing, mode: ByteMode) -> None:
    """Keep-alives and nothing else until the client goes."""
    out.keeps_open = False
    while True:
        await out.piece(mode.render(Frame(comment="OPENROUTER PROCESSING")))
        if not await _paused(exchange, COMMENT_PAUSE):
            return


async def _big_line(exchange: Exchange, out: Outgoing, megabytes: int) -> None:
    """One line of so many MB, closed at its end if anybody still listens."""
    out.keeps_open = False
    await out.piece(b'data: {"id":"big","choices":[{"index":0,"delta":{"content":"')
    for _ in range(megabytes):
        if exchange.closed.is_set():
            return
        await out.piece(MEGABYTE)
    await out.piece(b'"},"finish_reason":null}]}\n\n')
    await out.end()
