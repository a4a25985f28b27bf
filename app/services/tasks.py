"""Tasks with an owner: a scope starts them, refuses to lose them, and ends them with itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from app.core.errors import AppError

T = TypeVar("T")


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
        self._writes: set[asyncio.Task[None]] = set()
        self._owners: dict[asyncio.Task[None], str] = {}
        self._is_closed = False

    def start(
        self,
        name: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        owner: str = "",
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Runs `work()` as the task `name`; `ended` is called exactly once, however it ends.

        In a scope that is closed nothing runs, and it has ended at once. `owner` is the id of the
        conversation that the task belongs to, if it does to one.
        """
        if self._is_closed:
            if ended is not None:
                self._loop.call_soon(ended)
            return
        self.cancel(name)
        task = self._loop.create_task(work(), name=name)
        self._tasks[name] = task
        self._all.add(task)
        self._owners[task] = owner
        task.add_done_callback(lambda done: self._on_ended(name, done, ended))

    def watch(
        self,
        write: Future[T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Reports a queued write that fails, and gives `done` what came of one that succeeds.

        A write goes on whatever happens to who asked for it: closing waits for it, and one that is
        queued when the scope is closed already is watched all the same. `failed` takes the place of
        `report`. Once the loop is closed there is nobody left to tell.
        """
        if self._loop.is_closed():
            return

        async def wait() -> None:
            try:
                result = await asyncio.wrap_future(write)
            except AppError as error:
                (failed or self._report)(error)
                return
            if done is not None:
                done(result)

        task = self._loop.create_task(wait(), name="watch a write")
        self._all.add(task)
        self._writes.add(task)
        task.add_done_callback(self._on_written)

    async def finish(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs work to its end also when the task that waits for it is cancelled meanwhile.

        The cancellation goes on once the work has ended.
        """
        task = self._loop.create_task(work)
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                await asyncio.wait({task})
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is not None and task.exception() is None:
            raise cancelled
        return task.result()

    def cancel(self, name: str) -> None:
        """Cancels the task of this name, if it runs."""
        if name in self._tasks:
            self._tasks[name].cancel()

    def cancel_of(self, owner: str) -> None:
        """Cancels every task that belongs to a conversation."""
        for task, found in list(self._owners.items()):
            if found == owner:
                task.cancel()

    def is_running(self, name: str) -> bool:
        """Whether a task of this name has not ended yet."""
        return name in self._tasks

    @property
    def is_closed(self) -> bool:
        """Whether it was closed: what it worked on may be closed soon, too."""
        return self._is_closed

    async def close(self) -> None:
        """Cancels every task and waits until all have ended; nothing starts afterwards."""
        self._is_closed = True
        for task in self._all - self._writes:
            task.cancel()
        while self._all:
            await asyncio.wait(set(self._all))

    def _on_ended(
        self, name: str, task: asyncio.Task[None], ended: Callable[[], None] | None
    ) -> None:
        del self._owners[task]
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if ended is not None:
            ended()
        self._tell(task)

    def _on_written(self, task: asyncio.Task[None]) -> None:
        self._writes.discard(task)
        self._tell(task)

    def _tell(self, task: asyncio.Task[None]) -> None:
        self._all.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, AppError):
            self._report(error)
        elif error is not None:
            self._loop.call_exception_handler(
                {"message": f"task {task.get_name()} failed", "exception": error, "task": task}
            )
