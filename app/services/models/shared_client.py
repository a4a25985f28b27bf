"""A provider's client that is closed when another took its place and nobody uses it any more."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import Any

from app.core.conversations.events import StreamEvent
from app.core.costs.usage import Usage
from app.core.models.account import Account
from app.core.models.host import Host
from app.core.models.model import Model
from app.core.models.provider import CheckStep, Provider, Request


class SharedClient:
    """Does what a provider's client does, and knows whether anybody waits for it.

    After `retire` it calls `unused` once, as soon as nobody does: then it can be closed.
    """

    def __init__(self, client: Provider) -> None:
        self.id, self.name = client.id, client.name
        self._client = client
        self._users = 0
        self._unused: Callable[[], None] | None = None

    def retire(self, unused: Callable[[], None]) -> None:
        """Whoever uses it now may go on; nobody will begin to."""
        self._unused = unused
        self._tell_if_unused()

    def body(self, request: Request) -> dict[str, Any]:
        """As the client does."""
        return self._client.body(request)

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """As the client does; it is in use until the stream is closed."""
        with self._in_use():
            async with aclosing(self._client.stream(request)) as events:
                async for event in events:
                    yield event

    async def models(self) -> list[Model]:
        """As the client does."""
        with self._in_use():
            return await self._client.models()

    async def hosts(self, model_id: str) -> list[Host]:
        """As the client does."""
        with self._in_use():
            return await self._client.hosts(model_id)

    async def account(self) -> Account | None:
        """As the client does."""
        with self._in_use():
            return await self._client.account()

    async def bill(self, generation_id: str) -> Usage | None:
        """As the client does."""
        with self._in_use():
            return await self._client.bill(generation_id)

    async def check(self) -> AsyncGenerator[CheckStep, None]:
        """As the client does; it is in use until the test has ended."""
        with self._in_use():
            async with aclosing(self._client.check()) as steps:
                async for step in steps:
                    yield step

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            self._tell_if_unused()

    def _tell_if_unused(self) -> None:
        if self._users == 0 and self._unused is not None:
            unused, self._unused = self._unused, None
            unused()
