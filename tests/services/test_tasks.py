import asyncio

import pytest

from app.core.errors import AppError
from app.services.tasks import TaskScope


async def test_a_task_that_is_started_again_replaces_the_running_one() -> None:
    scope = TaskScope(lambda error: None)
    said: list[str] = []
    block = asyncio.Event()

    async def first() -> None:
        await block.wait()
        said.append("first")

    async def second() -> None:
        said.append("second")

    ended = asyncio.Event()
    scope.start("answer", first)
    scope.start("answer", second, ended=ended.set)
    await ended.wait()
    block.set()
    await scope.close()
    assert said == ["second"]


async def test_ended_is_called_once_even_when_cancelled_before_the_first_step() -> None:
    scope = TaskScope(lambda error: None)
    calls: list[int] = []

    async def never() -> None:
        raise AssertionError("must not run")

    scope.start("answer", never, ended=lambda: calls.append(1))
    scope.cancel("answer")
    await scope.close()
    assert calls == [1]
    assert not scope.is_running("answer")


async def test_foreseen_errors_are_reported_and_others_reach_the_loop() -> None:
    reported: list[AppError] = []
    unforeseen: list[BaseException] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: unforeseen.append(context["exception"]))
    scope = TaskScope(reported.append)

    async def fail(error: Exception) -> None:
        raise error

    scope.start("a", lambda: fail(AppError("foreseen")))
    scope.start("b", lambda: fail(ValueError("bug")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await scope.close()
    assert [str(error) for error in reported] == ["foreseen"]
    assert [str(error) for error in unforeseen] == ["bug"]


async def test_nothing_starts_after_close() -> None:
    scope = TaskScope(lambda error: pytest.fail(str(error)))
    await scope.close()
    ran: list[int] = []

    async def work() -> None:
        ran.append(1)

    scope.start("late", work)
    await asyncio.sleep(0)
    assert ran == []
