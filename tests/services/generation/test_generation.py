"""How answers are written: the journal, what a full disk does, and how faults are told."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import Noticed, ReasoningAdded, TextReplaced
from app.core.errors import (
    AuthenticationError,
    DatabaseUnusableError,
    QuotaError,
    RefusedError,
)
from app.services.generation.generation import fault_of, summary_of


async def test_a_snapshot_takes_the_place_of_what_was_said(stage: Any) -> None:
    stage.services.conversations.send("Hello")
    stage.provider.say("Hel")
    stage.provider.tell(TextReplaced("Hello there"))
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert answer.text == "Hello there"


async def test_what_arrived_is_in_the_file_within_the_journal_period(stage: Any) -> None:
    stage.services.conversations.send("Hello")
    stage.provider.say("written down")
    await stage.until(stage.services.generation.text_added)
    reader = stage.core.database.new_reader()
    while not reader.execute("SELECT count(*) FROM journal").fetchone()[0]:
        stage.provider.tell(Noticed("still", "waiting"))
        await stage.until(stage.services.generation.noticed)
    texts = [row[0] for row in reader.execute("SELECT text FROM journal")]
    reader.close()
    assert texts == ["written down"]
    stage.services.conversations.stop()
    await stage.until(stage.services.generation.finished)


async def test_an_unforeseen_error_is_a_failed_answer_with_its_text_kept(stage: Any) -> None:
    import asyncio

    unforeseen: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: unforeseen.append(context["exception"])
    )
    stage.services.conversations.send("Hello")
    stage.provider.say("Some text")
    stage.provider.fail(ZeroDivisionError("bug"))
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.text, answer.state) == ("Some text", MessageState.FAILED)
    assert answer.provenance.fault.message.startswith("Facet itself failed")
    await stage.services.close()
    assert [type(error) for error in unforeseen] == [ZeroDivisionError]


async def test_a_question_the_disk_refuses_goes_back_to_where_it_was_typed(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import Future

    from app.storage.conversations.conversations import ConversationRepository

    def refuse(_repository: Any, _message: Any, **_: Any) -> Future[None]:
        refused: Future[None] = Future()
        refused.set_exception(DatabaseUnusableError("The disk is full.", "Free some space."))
        return refused

    monkeypatch.setattr(ConversationRepository, "append", refuse)
    stage.services.conversations.send("Do not lose me")
    _, text, _ = await stage.until(stage.services.conversations.unsent)
    assert text == "Do not lose me"
    assert stage.services.conversations.branch() == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AuthenticationError("No key.", "Add one.", status=401), ("No key.", 401, None)),
        (QuotaError("Too many.", retry_after=7.5, status=429), ("Too many.", 429, 7.5)),
        (RefusedError("Bad value.", details="raw"), ("Bad value.", None, None)),
    ],
)
def test_an_error_is_kept_with_its_status_and_waiting_time(error: Any, expected: Any) -> None:
    fault = fault_of(error)
    assert (fault.message, fault.status, fault.retry_after) == expected
    assert fault.details == error.details


def test_what_was_sent_is_summed_up_without_repeating_the_conversation() -> None:
    body = {"model": "m", "messages": [{"content": "ab"}, {"content": "cde"}], "seed": 7}
    assert summary_of(body) == {
        "model": "m",
        "seed": 7,
        "messages": {"count": 2, "characters": 5},
    }


def test_what_was_sent_is_kept_without_repeating_the_branch() -> None:
    turns = [{"role": "user", "content": "Hi"}, {"type": "function_call", "name": "f"}]
    assert summary_of({"model": "m", "input": turns, "tools": [1]}) == {
        "model": "m",
        "input": {"count": 2, "characters": 2},
        "tools": [1],
    }
    assert summary_of({"messages": turns})["messages"] == {"count": 2, "characters": 2}
    assert summary_of({"input": "Hi"}) == {"input": "Hi"}


async def test_how_long_it_thought_is_told_and_stored(stage: Any) -> None:
    stage.services.conversations.send("Hello")
    stage.provider.tell(ReasoningAdded("Hm."))
    await stage.until(stage.services.generation.reasoning_added)
    stage.provider.say("Hi")
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    timing = answer.provenance.timing
    assert timing.thought is not None
    assert 0 <= timing.thought <= timing.total - timing.first_text
    stage.services.conversations.open(answer.conversation_id)
    kept = stage.services.conversations.message(answer.id)
    assert kept.provenance.timing == timing
