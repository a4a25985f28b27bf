"""Tasks with an owner: a scope starts them, refuses to lose them, and ends them with itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from app.core.errors import AppError


class TaskScope:
    """The tasks of one service, by name.

    Starting a name that is running cancels the older task first. Foreseen errors go to `report`,
    all others to the loop's exception handler. Must be made while the loop runs.
    """

    def __init__(self, report: Callable[[AppError], None]) -> None:
        self._report = report
        self._loop = asyncio.get_running_loop()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(
        self,
        name: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Runs `work()` as the task `name`; `ended` is called exactly once, however it ends."""
        if self._is_closed:
            return
        self.cancel(name)
        task = self._loop.create_task(work(), name=name)
        self._tasks[name] = task
        self._all.add(task)
        task.add_done_callback(lambda done: self._on_ended(name, done, ended))

    def cancel(self, name: str) -> None:
        """Cancels the task of this name, if it runs."""
        if name in self._tasks:
            self._tasks[name].cancel()

    def is_running(self, name: str) -> bool:
        """Whether a task of this name has not ended yet."""
        return name in self._tasks

    async def close(self) -> None:
        """Cancels every task and waits until all have ended; nothing starts afterwards."""
        self._is_closed = True
        for task in list(self._all):
            task.cancel()
        if self._all:
            await asyncio.wait(list(self._all))

    def _on_ended(
        self, name: str, task: asyncio.Task[None], ended: Callable[[], None] | None
    ) -> None:
        self._all.discard(task)
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if ended is not None:
            ended()
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, AppError):
            self._report(error)
        elif error is not None:
            self._loop.call_exception_handler(
                {"message": f"task {name} failed", "exception": error, "task": task}
            )
