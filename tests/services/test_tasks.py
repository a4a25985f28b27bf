import asyncio
from concurrent.futures import Future

import pytest

from app.core.errors import AppError, StorageError
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


async def test_what_is_started_on_a_closed_scope_ends_once() -> None:
    scope = TaskScope(lambda error: pytest.fail(str(error)))
    await scope.close()
    calls: list[int] = []
    came = asyncio.Event()

    async def never() -> None:
        raise AssertionError("must not run")

    def ended() -> None:
        calls.append(1)
        came.set()

    scope.start("late", never, ended=ended)
    await asyncio.wait_for(came.wait(), 5)
    assert calls == [1]
    assert not scope.is_running("late")


def queued() -> Future[int]:
    """A write as the database hands it out: on its way, never to be cancelled."""
    write: Future[int] = Future()
    write.set_running_or_notify_cancel()
    return write


async def test_a_watched_write_tells_what_came_of_it() -> None:
    reported: list[AppError] = []
    unforeseen: list[BaseException] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: unforeseen.append(context["exception"]))
    scope = TaskScope(reported.append)
    results: list[int] = []
    good, refused, broken = queued(), queued(), queued()
    for write in (good, refused, broken):
        scope.watch(write, done=results.append)
    good.set_result(7)
    refused.set_exception(StorageError("The disk is full."))
    broken.set_exception(ZeroDivisionError("bug"))
    await scope.close()
    assert results == [7]
    assert [str(error) for error in reported] == ["The disk is full."]
    assert [type(error) for error in unforeseen] == [ZeroDivisionError]


async def test_a_write_on_its_way_is_waited_for_at_closing() -> None:
    reported: list[AppError] = []
    scope = TaskScope(reported.append)
    write = queued()
    scope.watch(write)
    closing = asyncio.ensure_future(scope.close())
    asyncio.get_running_loop().call_later(
        0.01, write.set_exception, StorageError("The disk is full.")
    )
    await closing
    assert [str(error) for error in reported] == ["The disk is full."]


async def test_a_write_after_closing_is_not_silent_either() -> None:
    told: asyncio.Future[AppError] = asyncio.get_running_loop().create_future()
    scope = TaskScope(told.set_result)
    await scope.close()
    write = queued()
    scope.watch(write)
    write.set_exception(StorageError("The database is closed."))
    assert str(await asyncio.wait_for(told, 5)) == "The database is closed."


async def test_what_is_to_be_finished_is_whoever_waits_for_it() -> None:
    """However often the task is cancelled, also before the work has begun and by closing."""
    scope = TaskScope(lambda error: pytest.fail(str(error)))
    gate, reached = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def store() -> None:
        reached.set()
        await gate.wait()
        done.append("stored")

    async def work() -> None:
        await scope.finish(store())
        done.append("went on")

    scope.start("answer", work)
    await reached.wait()
    scope.cancel("answer")
    await asyncio.sleep(0)
    scope.cancel("answer")
    asyncio.get_running_loop().call_soon(gate.set)
    await scope.close()
    assert done == ["stored"]


async def test_work_that_fails_while_its_waiter_is_cancelled_is_told() -> None:
    reported: list[AppError] = []
    scope = TaskScope(reported.append)
    gate, reached = asyncio.Event(), asyncio.Event()

    async def store() -> None:
        reached.set()
        await gate.wait()
        raise StorageError("The disk is full.")

    scope.start("answer", lambda: scope.finish(store()))
    await reached.wait()
    scope.cancel("answer")
    asyncio.get_running_loop().call_soon(gate.set)
    await scope.close()
    assert [str(error) for error in reported] == ["The disk is full."]


def test_a_write_after_the_loop_is_closed_is_left_alone() -> None:
    """A timer of Qt may still fire while the program ends."""

    async def made() -> TaskScope:
        return TaskScope(lambda error: pytest.fail(str(error)))

    scope = asyncio.run(made())
    write = queued()
    scope.watch(write)
    write.set_exception(StorageError("The database is closed."))
