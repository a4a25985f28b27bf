"""How answers are written: the journal, what a full disk does, and how faults are told."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import (
    Finished,
    ImageAdded,
    Noticed,
    ReasoningAdded,
    TextReplaced,
)
from app.core.errors import (
    AuthenticationError,
    DatabaseUnusableError,
    QuotaError,
    RefusedError,
)
from app.services.generation import generation as generation_module
from app.services.generation.generation import fault_of, summary_of
from app.storage.files.attachments import AttachmentStore
from tests.ui.composer.test_picture_shrinking import drawing, packed


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


class Gate:
    """Holds a call in its thread until the test opens it; then the call is made as ever."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self._loop = asyncio.get_running_loop()
        self._open = threading.Event()
        self.reached = asyncio.Event()

    def __call__(self, *arguments: Any) -> Any:
        self._loop.call_soon_threadsafe(self.reached.set)
        self._open.wait(10)
        return self._call(*arguments)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def storing(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Any:
    """Makes what the parameter names wait for the test: the picture's way, or the shape's."""

    def hold(what: str) -> Gate:
        if what == "picture":
            gate = Gate(AttachmentStore.add)
            monkeypatch.setattr(AttachmentStore, "add", lambda *given: gate(*given))
        else:
            gate = Gate(generation_module.check_answer)
            monkeypatch.setattr(generation_module, "check_answer", gate)
        request.addfinalizer(gate.open)
        return gate

    return hold


def ask_for_a_picture(stage: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "number"}}}
    stage.services.conversations.choices.set_parameters({"response_format": schema})
    stage.services.conversations.send("Draw one")
    stage.provider.say('{"a": 1}')
    data = base64.b64encode(packed(drawing(40, 30))).decode()
    stage.provider.tell(ImageAdded(f"data:image/png;base64,{data}"))
    stage.provider.end()


def assert_whole(answer: Any) -> None:
    assert answer.state is MessageState.DONE
    assert [picture.name for picture in answer.attachments] == ["picture 1.png"]
    assert (answer.text, answer.provenance.shape.kind) == ('{"a": 1}', "fits")


@pytest.mark.parametrize("what", ["picture", "shape"])
async def test_stop_while_an_answer_is_stored_takes_nothing_from_it(
    stage: Any, storing: Any, what: str
) -> None:
    gate = storing(what)
    ask_for_a_picture(stage)
    await gate.reached.wait()
    stage.services.conversations.stop()
    await asyncio.sleep(0)
    stage.services.conversations.stop()
    asyncio.get_running_loop().call_soon(gate.open)
    (answer,) = await stage.until(stage.services.generation.finished)
    assert_whole(answer)
    stage.services.conversations.open(answer.conversation_id)
    assert_whole(stage.services.conversations.message(answer.id))


@pytest.mark.parametrize("what", ["picture", "shape"])
async def test_closing_while_an_answer_is_stored_takes_nothing_from_it(
    stage: Any, storing: Any, what: str, reopen: Any
) -> None:
    gate = storing(what)
    ask_for_a_picture(stage)
    await gate.reached.wait()
    there = stage.services.conversations.current.id
    asyncio.get_running_loop().call_later(0.01, gate.open)
    again = await reopen(stage)
    again.services.conversations.open(there)
    assert_whole(again.services.conversations.branch()[-1])


async def test_stop_after_the_model_has_ended_leaves_the_answer_whole(stage: Any) -> None:
    """Some providers keep the line open after their last word."""
    stage.services.conversations.send("Hello")
    stage.provider.say("All of it.")
    stage.provider.tell(Finished(MessageState.DONE, "stop"))
    stage.provider.tell(Noticed("late", "still open"))
    await stage.until(stage.services.generation.noticed)
    stage.services.conversations.stop()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.text, answer.state) == ("All of it.", MessageState.DONE)


async def test_a_snapshot_the_disk_refuses_is_told(stage: Any) -> None:
    stage.services.notices.release()
    stage.services.conversations.send("Hello")
    stage.provider.say("One")
    await stage.until(stage.services.generation.text_added)
    stage.fill_disk()
    stage.provider.tell(TextReplaced("long " * 100_000))
    (notice,) = await stage.until(stage.services.notices.raised)
    assert notice.text == (
        "The disk is full: this was not saved. What is being written is only in memory until then."
    )


async def test_an_answer_that_cannot_be_put_together_is_told_and_its_row_does_not_stay_open(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of Facet while storing: what arrived is folded, and a refusal of that is told."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, _context: None)
    stage.services.notices.release()

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(AttachmentStore, "add", fail)
    stage.services.conversations.send("Draw one")
    stage.provider.say("long " * 100_000)
    stage.provider.tell(
        ImageAdded(f"data:image/png;base64,{base64.b64encode(packed(drawing(40, 30))).decode()}")
    )
    await stage.until(stage.services.generation.text_added)
    stage.fill_disk()
    stage.provider.end()
    told = []
    while not any("kept in memory" in text for text in told):
        (notice,) = await stage.until(stage.services.notices.raised)
        told.append(notice.text)
