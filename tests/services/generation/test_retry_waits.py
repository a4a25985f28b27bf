from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.core.errors import AuthenticationError, QuotaError, UnavailableError
from app.services.generation import retry_waits as module
from app.services.generation.retry_waits import TRIES

BUSY = {"status": 429, "retry_after": 0.0}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST", 0.01)
    monkeypatch.setattr(module, "FIRST", 0.01)


@pytest.fixture
def waits(stage: Any) -> list[tuple[str, float]]:
    """Every wait that began."""
    found: list[tuple[str, float]] = []
    stage.services.waiting.began.connect(lambda *told: found.append(told))
    stage.services.waiting.begin()
    return found


async def test_a_busy_provider_is_asked_again_after_its_time(stage: Any, waits: Any) -> None:
    stage.services.conversations.send("What is a tide?")
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    await stage.until(stage.services.waiting.over)
    stage.provider.say("The sea.")
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert answer.text == "The sea."
    assert len(waits) == 1
    assert len(stage.provider.requests) == 2


@pytest.mark.parametrize(
    "error",
    [
        QuotaError("No credit.", is_out_of_credit=True, status=402),
        QuotaError("No credit.", is_out_of_credit=True, status=429),
        AuthenticationError("Wrong key.", status=401),
        UnavailableError("It broke.", status=500),
        UnavailableError("It cannot be reached."),
    ],
    ids=["402", "429 credit", "401", "500", "network"],
)
async def test_what_time_does_not_mend_is_not_asked_again(
    stage: Any, waits: Any, error: Exception
) -> None:
    stage.services.conversations.send("What is a tide?")
    stage.provider.fail(error)
    await stage.until(stage.services.generation.ended)
    assert waits == []
    assert not stage.services.scope.is_running(f"wait {stage.services.conversations.current.id}")


async def test_nothing_is_asked_again_once_a_word_had_come(stage: Any, waits: Any) -> None:
    stage.services.conversations.send("What is a tide?")
    stage.provider.say("The")
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.text, answer.state, waits) == ("The", MessageState.FAILED, [])


async def test_one_question_is_asked_again_three_times_at_most(stage: Any, waits: Any) -> None:
    stage.services.conversations.send("What is a tide?")
    for _ in range(TRIES):
        stage.provider.fail(QuotaError("Too many requests.", **BUSY))
        await stage.until(stage.services.waiting.over)
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    await stage.until(stage.services.generation.ended)
    assert len(waits) == TRIES
    assert len(stage.provider.requests) == TRIES + 1


async def test_without_a_time_the_waits_grow(stage: Any, waits: Any) -> None:
    stage.services.conversations.send("What is a tide?")
    for _ in range(TRIES):
        stage.provider.fail(UnavailableError("Overloaded.", status=529))
        await stage.until(stage.services.waiting.over)
    seconds = [pause for _, pause in waits]
    assert seconds == sorted(seconds)
    assert seconds[2] > 2 * seconds[0]


async def test_the_user_can_stop_the_wait(
    stage: Any, waits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEAST", 60.0)
    stage.services.conversations.send("What is a tide?")
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    message_id, seconds = await stage.until(stage.services.waiting.began)
    assert seconds == 60
    assert stage.services.waiting.is_waiting(message_id)
    stage.services.waiting.stop(stage.services.conversations.current.id)
    assert await stage.until(stage.services.waiting.over) == (message_id,)
    assert not stage.services.waiting.is_waiting(message_id)
    assert len(stage.provider.requests) == 1


async def test_another_question_ends_the_wait(
    stage: Any, waits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEAST", 60.0)
    stage.services.conversations.send("What is a tide?")
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    await stage.until(stage.services.waiting.began)
    stage.services.conversations.send("And a wave?")
    await stage.until(stage.services.waiting.over)


async def test_it_goes_on_while_another_conversation_is_read(stage: Any, waits: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("What is a tide?")
    first = conversations.current.id
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    await stage.until(stage.services.waiting.began)
    conversations.new()
    await stage.until(stage.services.waiting.over)
    stage.provider.say("The sea.")
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.conversation_id, answer.text) == (first, "The sea.")


async def test_before_it_is_told_to_begin_nothing_is_asked_again(stage: Any) -> None:
    stage.services.conversations.send("What is a tide?")
    stage.provider.fail(QuotaError("Too many requests.", **BUSY))
    await stage.until(stage.services.generation.ended)
    assert len(stage.provider.requests) == 1


async def test_a_wait_of_hours_is_not_counted_down(stage: Any, waits: Any) -> None:
    stage.services.conversations.send("What is a tide?")
    stage.provider.fail(QuotaError("Too many requests.", status=429, retry_after=43_200.0))
    (answer,) = await stage.until(stage.services.generation.finished)
    assert answer.provenance.fault.retry_after == 43_200
    assert waits == []
    assert not stage.services.scope.is_running(f"wait {stage.services.conversations.current.id}")
