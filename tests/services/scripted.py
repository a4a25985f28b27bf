"""A provider that says what a test tells it to, one event at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Finished, Started, StreamEvent, TextAdded
from app.core.models.model import Model
from app.core.models.provider import CheckStep, Request, StepState


class Scripted:
    """Yields the events put into it; `end` finishes the stream, `fail` raises."""

    id = "practice"
    name = "Scripted"

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.is_closed = False
        self.open_streams = 0
        self._queue: asyncio.Queue[StreamEvent | Exception | None] = asyncio.Queue()

    def say(self, *texts: str) -> None:
        for text in texts:
            self._queue.put_nowait(TextAdded(text))

    def tell(self, event: StreamEvent) -> None:
        self._queue.put_nowait(event)

    def end(self, state: MessageState = MessageState.DONE, reason: str = "stop") -> None:
        self._queue.put_nowait(Finished(state, reason))
        self._queue.put_nowait(None)

    def fail(self, error: Exception) -> None:
        self._queue.put_nowait(error)

    def body(self, request: Request) -> dict[str, Any]:
        return {
            "model": request.model.id,
            "messages": [{"role": str(m.role), "content": m.text} for m in request.messages],
            **request.parameters,
        }

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        self.requests.append(request)
        self.open_streams += 1
        try:
            yield Started("gen-1", request.model.id)
            while (item := await self._queue.get()) is not None:
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            self.open_streams -= 1

    async def models(self) -> list[Model]:
        return [Model("practice", "live-1", "Live")]

    async def check(self) -> AsyncGenerator[CheckStep, None]:
        yield CheckStep("address", StepState.RUNNING)
        yield CheckStep("address", StepState.PASSED, "answered")

    async def aclose(self) -> None:
        self.is_closed = True
