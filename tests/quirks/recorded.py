"""Recorded streams of every dialect, and what a client makes of their bytes, cut as one likes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import httpx

from app.core.conversations.events import StreamEvent
from app.core.errors import ProviderError
from app.providers.catalogue.catalogue import Catalogue
from app.providers.client import Client
from tests.wire.asking import GEMMA_4, question

FOLDER = Path(__file__).resolve().parents[1] / "data" / "dialects"
STREAMS = sorted(f"{path.parent.name}/{path.stem}" for path in FOLDER.glob("*/*.sse"))


def stream(name: str) -> bytes:
    """The bytes of a recorded stream, `dialect/name`."""
    return (FOLDER / f"{name}.sse").read_bytes()


def cut(data: bytes, places: Sequence[int]) -> list[bytes]:
    """Data cut at these places."""
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


def client_reading(
    pieces: Sequence[bytes],
    dialect: str,
    *,
    status: int = 200,
    media_type: str = "text/event-stream",
) -> Client:
    """A client whose every request is answered with these bytes."""

    async def body() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers={"Content-Type": media_type}, content=body())

    profile = replace(Catalogue.bundled().profile("openrouter"), dialect=dialect)
    return Client(profile, key="sk-or-v1-x", transport=httpx.MockTransport(answer))


async def events_of(client: Client) -> tuple[list[StreamEvent], ProviderError | None]:
    """The events of one answer and the error that ended it, if one did."""
    found: list[StreamEvent] = []
    request = question(*GEMMA_4, parameters={"max_tokens": 500})
    try:
        async with aclosing(client.stream(request)) as events:
            async for event in events:
                found.append(event)
    except ProviderError as error:
        return found, error
    return found, None
