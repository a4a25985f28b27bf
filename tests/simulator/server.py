"""The simulator itself: a socket server that finds the provider, the scenario, and writes the reply
as told."""

import asyncio
import contextlib
import gzip
import json
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.simulator.aimlapi import AimlApi
from tests.simulator.byte_modes import byte_mode
from tests.simulator.empiriolabs import EmpirioLabs
from tests.simulator.faults import (
    HTML,
    MESSAGES,
    PLAIN,
    Scenario,
    retry_headers,
    scenario_from,
    split_model,
)
from tests.simulator.http_wire import PHRASES, BadRequestError, Incoming, Outgoing
from tests.simulator.local import LlamaCpp, LmStudio, Ollama, Vllm
from tests.simulator.openrouter import OpenRouter, metadata_raw
from tests.simulator.provider import Provider, Reply
from tests.simulator.record import Exchange, Recording, hide_keys, parsed
from tests.simulator.stream import write_stream


class Simulator:
    """All providers on one loopback port. `async with Simulator() as sim: sim.next(Scenario(...))`.

    A scenario given to `next` answers the next generation (or the next request whose path ends with
    `path`);
    `default` answers the rest. The header X-Sim and the end of a model id change the scenario of
    one request.
    `clock` replaces time where the simulated providers measure it.
    """

    def __init__(self, *, port: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.port = port
        self.clock = clock
        self.record = Recording()
        self.default = PLAIN
        self.openrouter = OpenRouter(clock)
        self.aimlapi = AimlApi(clock)
        self.empiriolabs = EmpirioLabs(clock)
        self.ollama = Ollama(clock)
        self.lmstudio = LmStudio(clock)
        self.llamacpp = LlamaCpp(clock)
        self.vllm = Vllm(clock)
        self.providers: dict[str, Provider] = {
            name: getattr(self, name)
            for name in (
                "openrouter",
                "aimlapi",
                "empiriolabs",
                "ollama",
                "lmstudio",
                "llamacpp",
                "vllm",
            )
        }
        self._queue: deque[tuple[str, Scenario]] = deque()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listens on 127.0.0.1; `port` is known afterwards."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stops listening and ends every connection."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    def base_url(self, provider: str = "openrouter") -> str:
        """The address a client is given for a provider."""
        return f"http://127.0.0.1:{self.port}{self.providers[provider].prefix}"

    def next(self, *scenarios: Scenario, path: str = "") -> None:
        """Answers the coming requests with these scenarios, in order, each `times` times."""
        for scenario in scenarios:
            self._queue.extend([(path, scenario)] * scenario.times)

    def reset(self) -> None:
        """Forgets the record, the scenarios and the switches, so that one simulator serves many
        tests."""
        self.record.clear()
        self._queue.clear()
        self.default = PLAIN

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.record.connections += 1
        connection = self.record.connections
        incoming = Incoming(reader)
        try:
            while await self._serve(incoming, writer, connection):
                pass
        except (OSError, EOFError, BadRequestError, asyncio.CancelledError):
            pass
        finally:
            incoming.stop()
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _serve(
        self, incoming: Incoming, writer: asyncio.StreamWriter, connection: int
    ) -> bool:
        method, path, query, head, headers, body = await incoming.request()
        head, headers, key = hide_keys(head, headers)
        exchange = Exchange(
            len(self.record) + 1,
            connection,
            method,
            path,
            query,
            head,
            headers,
            body,
            self.clock(),
            clock=self.clock,
            json=parsed(body),
        )
        await self.record.add(exchange)
        watch = asyncio.create_task(_watch(incoming, exchange))
        out = Outgoing(writer, exchange)
        try:
            await self._reply(exchange, out, key)
        except OSError:
            exchange.close()
            return False
        finally:
            exchange.end()
            watch.cancel()
        wants_close = (exchange.header("connection") or "").lower() == "close"
        return out.keeps_open and not wants_close

    def _scenario(self, exchange: Exchange) -> Scenario:
        scenario = self.default if exchange.is_generation else PLAIN
        for place, (path, waiting) in enumerate(self._queue):
            if exchange.path.endswith(path) if path else exchange.is_generation:
                scenario = waiting
                del self._queue[place]
                break
        model = exchange.json.get("model", "") if isinstance(exchange.json, dict) else ""
        faults = split_model(str(model))[1]
        for text in (exchange.header("x-sim") or "", faults.replace("&", ";")):
            scenario = scenario_from(text, scenario)
        return scenario

    def _place(self, path: str) -> tuple[Provider | None, str]:
        name, _, rest = path.removeprefix("/").partition("/")
        provider = self.providers.get(name)
        if provider is None:
            return None, path
        inner = provider.prefix.removeprefix(f"/{name}")
        route = f"/{rest}"
        if route.startswith(f"{inner}/"):
            return provider, route.removeprefix(inner)
        is_generation = route in provider.dialects
        return (None if is_generation and name != "aimlapi" else provider), route

    async def _reply(self, exchange: Exchange, out: Outgoing, key: str) -> None:
        provider, route = self._place(exchange.path)
        try:
            scenario = self._scenario(exchange)
        except (ValueError, KeyError) as error:
            await _whole(out, Reply(400, {"error": {"message": f"simulator: {error}"}}))
            return
        if provider is None:
            page = HTML.format(status=404, phrase="Not Found").encode()
            await _whole(out, Reply(404, page, [("Content-Type", "text/html")]))
            return
        if scenario.reset == "before_headers":
            await out.reset()
            return
        if scenario.silence and not await _waits(exchange, scenario.silence):
            return
        if scenario.pieces:
            await _pieces(exchange, out, scenario)
            return
        reply = _fault(provider, scenario) or provider.answer(exchange, route, key, scenario)
        if reply.frames is None:
            await _whole(out, reply, scenario)
        else:
            await write_stream(exchange, out, reply, scenario, byte_mode(scenario.bytes))


async def _watch(incoming: Incoming, exchange: Exchange) -> None:
    await incoming.closed.wait()
    exchange.close()


async def _waits(exchange: Exchange, seconds: float) -> bool:
    """Waits so long; False when the client went away meanwhile."""
    try:
        await asyncio.wait_for(exchange.closed.wait(), seconds)
    except TimeoutError:
        return True
    return False


def _fault(provider: Provider, scenario: Scenario) -> Reply | None:
    """The reply a scenario forces before the provider is asked, None when it forces none."""
    status = scenario.status or 200
    message = scenario.message or MESSAGES.get(status, "Something failed")
    headers = retry_headers(scenario.retry_after)
    if scenario.redirect:
        return Reply(scenario.status or 302, b"", [("Location", scenario.redirect), *headers])
    if scenario.refuse == "moderation":
        metadata = {"reasons": ["violence"], "flagged_input": "…", "provider_name": "OpenAI"}
        return provider.refuse(403, "Your input was flagged", "", **metadata)
    if scenario.refuse == "raw":
        status = scenario.status or 400
        return Reply(status, metadata_raw(status, scenario.message or "Inner cause"), headers)
    if not scenario.is_error:
        return None
    if scenario.body == "html":
        page = HTML.format(status=status, phrase=PHRASES.get(status, "")).encode()
        return Reply(status, page, [("Content-Type", "text/html; charset=UTF-8"), *headers])
    if scenario.body == "text":
        return Reply(status, message.encode(), [("Content-Type", "text/plain"), *headers])
    if scenario.body == "empty":
        return Reply(status, b"", headers)
    if scenario.body == "json_error":
        error = {"code": 502, "message": scenario.message or "Upstream failed"}
        return Reply(status, {"error": error, "user_id": "user_1"}, headers)
    reply = provider.refuse(status, message)
    if scenario.body == "plain_list":
        reply.body = [{"error": {"code": status, "message": message, "status": "FAILED"}}]
    if scenario.body == "gzip_error":
        packed = gzip.compress(json.dumps(reply.body).encode())
        return Reply(status, packed, [("Content-Type", "application/json"), *headers])
    reply.headers = [*reply.headers, *headers]
    return reply


async def _pieces(exchange: Exchange, out: Outgoing, scenario: Scenario) -> None:
    """Writes a body as it stands, and breaks the connection after it where that is wanted."""
    await out.head(scenario.status or 200, scenario.head, framing=scenario.framing)
    for piece in scenario.pieces:
        await out.piece(piece, apart=True)
        if scenario.pause and not await _waits(exchange, scenario.pause):
            return
    if scenario.end == "heartbeats":
        out.keeps_open = False
        while await _waits(exchange, 0.02):
            await out.piece(b": ping\n\n")
    elif scenario.reset:
        await out.reset()
    elif scenario.end == "no_chunk_end":
        out.keeps_open = False
    else:
        await out.end()


async def _whole(out: Outgoing, reply: Reply, scenario: Scenario = PLAIN) -> None:
    body: Any = reply.body
    headers = list(reply.headers)
    if not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False).encode()
        headers.append(("Content-Type", "application/json"))
    if scenario.reset == "after_headers":
        await out.head(reply.status, headers, length=len(body))
        await out.reset()
        return
    await out.head(reply.status, headers, length=len(body))
    await out.piece(body)
