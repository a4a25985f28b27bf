"""Gives what of a reply is there already in one piece, and waits only when nothing is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from types import TracebackType
from typing import Any

from app.providers.errors.http_errors import HTTP_FAILURES

MOST = 256 * 1024
"""Bytes given at once, so that the window can be drawn between two."""


class Arriving:
    """Reads chunks of bytes, joined as far as they need no waiting.

    A chunk of a stream is a word or two, and to await each by itself, under a time limit, costs
    more than all else that is done with it. So every step is taken by hand: one that has to wait
    while there are bytes to give is kept and awaited by the next call.
    """

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self._waiting: _Step | None = None
        self._error: BaseException | None = None
        self._is_over = False

    async def read(self) -> bytes | None:
        """The next bytes, or None at the end. Raises what the stream raises, after its bytes."""
        parts: list[bytes] = []
        size = 0
        while size < MOST and not self._is_over:
            try:
                if self._waiting is None:
                    step = anext(self._chunks).__await__()
                    self._waiting = _Step(step, step.send(None))
                if parts:
                    break
                step, self._waiting = self._waiting, None
                chunk = await step
            except StopIteration as end:
                chunk = end.value
            except StopAsyncIteration:
                self._is_over = True
                break
            except HTTP_FAILURES as error:
                self._error, self._is_over = error, True
                break
            parts.append(chunk)
            size += len(chunk)
        if parts:
            return b"".join(parts)
        broken, self._error = self._error, None
        if broken is not None:
            raise broken
        return None

    async def aclose(self) -> None:
        """Gives up a step that waits, which ends its stream."""
        if self._waiting is not None:
            step, self._waiting = self._waiting, None
            step.give_up()
            with suppress(_GivenUpError, StopAsyncIteration, *HTTP_FAILURES):
                await step


class _GivenUpError(Exception):
    """Nobody waits for the rest of a stream."""


class _Step(Generator[Any, Any, bytes]):
    """A step that was begun and has to wait; awaited, it goes on as if nothing had come between."""

    def __init__(self, rest: Generator[Any, Any, bytes], waits_for: Any) -> None:
        self._rest = rest
        self._waits_for = [waits_for]
        self._is_given_up = False

    def __await__(self) -> Generator[Any, Any, bytes]:
        return self

    def send(self, value: Any) -> Any:
        """Hands on first what is waited for, then whatever the step says."""
        if self._is_given_up:
            self._is_given_up = False
            return self._rest.throw(_GivenUpError())
        return self._waits_for.pop() if self._waits_for else self._rest.send(value)

    def throw(self, kind: Any, value: Any = None, trace: TracebackType | None = None) -> Any:
        """Lets the step end itself."""
        self._waits_for.clear()
        return self._rest.throw(kind, value, trace)

    def give_up(self) -> None:
        """Awaited from now on, the step only ends."""
        self._waits_for.clear()
        self._is_given_up = True
