"""Questions, clients whose network is a list of chunks, and sockets that say what they are told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from app.core.conversations.accumulator import Accumulator
from app.core.conversations.conversation import Message, Role, TextPart
from app.core.errors import ProviderError
from app.core.models.provider import Request
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client
from app.providers.transport.http import Timeouts

KEY = "sk-or-v1-0123456789abcdef"


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def message(text: str, role: Role = Role.USER, sequence: int = 1, **more: Any) -> Message:
    parts = more.pop("parts", (TextPart(text),))
    created = datetime(2026, 1, 1, tzinfo=UTC)
    return Message(f"m{sequence}", "c", None, role, parts, sequence, created, **more)


@pytest.fixture
def say() -> Callable[..., Message]:
    return message


@pytest.fixture
def ask(catalogue: Catalogue) -> Callable[..., Request]:
    """A request to a route `provider/model`, by default the question "Hi"."""

    def make(route: str = "openrouter/google/gemma-4-26b-a4b-it", **more: Any) -> Request:
        provider_id, _, model_id = route.partition("/")
        messages = more.pop("messages", [message("Hi")])
        return Request(catalogue.model(provider_id, model_id), messages, **more)

    return make


@dataclass
class Outcome:
    """What came of one question."""

    events: list[Any] = field(default_factory=list)
    error: ProviderError | None = None
    sum: Accumulator = field(default_factory=Accumulator)

    @property
    def codes(self) -> list[str]:
        return [notice.code for notice in self.sum.notices]


async def outcome_of(client: Client, request: Request) -> Outcome:
    outcome = Outcome()
    try:
        async for event in client.stream(request):
            outcome.events.append(event)
            outcome.sum.add(event)
    except ProviderError as error:
        outcome.error = error
    finally:
        await client.aclose()
    return outcome


@pytest.fixture
def outcome() -> Callable[..., Any]:
    return outcome_of


def event(piece: Any) -> bytes:
    """One event as providers write it."""
    text = piece if isinstance(piece, str) else json.dumps(piece)
    return b"data: " + text.encode() + b"\n\n"


def words(text: str, **choice: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": text}, **choice}]}


@pytest.fixture
def wire() -> type:
    class Wire:
        sse = staticmethod(event)
        words = staticmethod(words)
        done = b"data: [DONE]\n\n"

    return Wire


async def _each(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@dataclass
class Script:
    """Replies in order; the requests that asked for them."""

    replies: list[httpx.Response | Exception]
    requests: list[httpx.Request] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(request.content) for request in self.requests]


@pytest.fixture
def reply() -> Callable[..., httpx.Response]:
    """A reply of a status with JSON, text or chunks of a stream."""

    def make(status: int = 200, body: Any = b"", kind: str = "", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, dict | list) and not all(
            isinstance(item, bytes) for item in body or [0]
        ):
            body, kind = json.dumps(body).encode(), kind or "application/json"
        if isinstance(body, str):
            body = body.encode()
        if isinstance(body, list):
            body, kind = _each(body), kind or "text/event-stream"
        if kind:
            named["content-type"] = kind
        return httpx.Response(status, headers=named, content=body)

    return make


@pytest.fixture
def client(catalogue: Catalogue) -> Callable[..., tuple[Client, Script]]:
    """A client of a provider, and the script its network follows."""

    def make(
        *replies: httpx.Response | Exception, provider: str = "openrouter", **more: Any
    ) -> tuple[Client, Script]:
        script = Script(list(replies))
        profile = more.pop("profile", None) or catalogue.profile(provider)
        transport = httpx.MockTransport(script.answer)
        more.setdefault("key", KEY)
        return Client(profile, transport=transport, **more), script

    return make


QUICK = Timeouts(2.0, 0.3, 0.3, 0.5, None, 0.2, 0.1)


@pytest.fixture
def quick() -> Timeouts:
    return QUICK


@pytest.fixture
def listening() -> Callable[..., Any]:
    """A real server on loopback whose bytes one coroutine writes; yields its base URL."""

    @asynccontextmanager
    async def open_server(speak: Any) -> AsyncIterator[str]:
        tasks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            try:
                await reader.readuntil(b"\r\n\r\n")
                await speak(writer)
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                return
            finally:
                writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await server.wait_closed()

    return open_server
