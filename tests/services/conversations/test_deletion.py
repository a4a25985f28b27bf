"""Deleting a conversation ends whatever is asked, awaited or read for it; undoing keeps it whole.

What was asked of the provider is counted at the other end of real sockets.
"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.core.conversations.events import ToolCallAdded
from app.services.files.attaching import LARGE
from app.services.generation import retry_waits
from app.storage.conversations.journal import Journal
from app.storage.files.attachments import AttachmentStore
from tests.simulator import Scenario

BUSY = Scenario(status=429)


def asked(simulator: Any, path: str = "/chat/completions") -> int:
    """How many requests for a path came in, a question's where none is named."""
    return len([one for one in simulator.record.exchanges if one.path.endswith(path)])


async def answered(stage: Any, question: str = "What is a tide?") -> Any:
    stage.services.conversations.send(question)
    (answer,) = await stage.until(stage.services.generation.finished)
    return answer


class Reading:
    """Holds whoever reads a file of the store, or takes one into it, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._goes_on = threading.Event()
        for name in ("read", "add_file"):
            monkeypatch.setattr(AttachmentStore, name, self._held(getattr(AttachmentStore, name)))

    def _held(self, call: Any) -> Any:
        def held(*given: Any) -> Any:
            self._loop.call_soon_threadsafe(self.begun.set)
            self._goes_on.wait(10)
            return call(*given)

        return held

    def let_go(self) -> None:
        self._goes_on.set()


@pytest.fixture
async def with_file(wired: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A conversation with a file and an answer that was cut off; from now on reading is held."""
    stage, simulator = wired
    (tmp_path / "notes.txt").write_text("Notes.")
    file = stage.services.conversations.attach(tmp_path / "notes.txt")
    simulator.next(Scenario(end="no_finish"))
    stage.services.conversations.send("First", [file])
    (answer,) = await stage.until(stage.services.generation.finished)
    reading = Reading(monkeypatch)
    yield stage, simulator, answer, reading
    reading.let_go()


async def test_a_question_that_is_not_stored_yet_is_kept_and_not_asked(wired: Any) -> None:
    stage, simulator = wired
    conversations = stage.services.conversations
    with stage.slow_disk():
        conversations.send("Only kept")
        there = conversations.current.id
        conversations.delete(there)
    await stage.until(conversations.deleted)
    await stage.at_rest()
    assert asked(simulator) == 0
    assert conversations.summaries() == []
    conversations.restore(there)
    await stage.until(conversations.opened)
    assert [message.text for message in conversations.branch()] == ["Only kept"]


@pytest.mark.parametrize("way", ["send", "retry", "edit", "continue"])
async def test_nothing_is_asked_once_the_files_are_read(with_file: Any, way: str) -> None:
    stage, simulator, answer, reading = with_file
    conversations = stage.services.conversations
    match way:
        case "send":
            conversations.send("Second")
        case "retry":
            conversations.retry(answer.id)
        case "edit":
            conversations.edit(answer.parent_id, "First, better")
        case "continue":
            conversations.continue_answer(answer.id)
    await reading.begun.wait()
    conversations.delete(answer.conversation_id)
    reading.let_go()
    await stage.at_rest()
    assert asked(simulator) == 1


async def test_results_of_tools_are_not_sent_either(
    stage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("Notes.")
    conversations = stage.services.conversations
    conversations.send("Where?", [conversations.attach(tmp_path / "notes.txt")])
    stage.provider.tell(ToolCallAdded(0, "c1", "find", "{}"))
    stage.provider.end(reason="tool_calls")
    (answer,) = await stage.until(stage.services.generation.finished)
    reading = Reading(monkeypatch)
    conversations.answer_calls(answer.id, {"c1": "Here."})
    await reading.begun.wait()
    conversations.delete(answer.conversation_id)
    reading.let_go()
    await stage.at_rest()
    assert len(stage.provider.requests) == 1


async def test_an_answer_that_is_just_begun_is_not_asked_for(wired: Any) -> None:
    stage, simulator = wired
    conversations = stage.services.conversations
    slow = stage.slow_disk()
    conversations.turns.asked.connect(lambda *_: slow.__enter__())
    conversations.send("Hello")
    await stage.until(conversations.turns.asked)
    conversations.delete(conversations.current.id)
    slow.__exit__(None, None, None)
    await stage.at_rest()
    assert asked(simulator) == 0


async def test_an_answer_that_streams_is_stopped_and_comes_back_as_far_as_it_came(
    wired: Any,
) -> None:
    stage, simulator = wired
    conversations, services = stage.services.conversations, stage.services
    simulator.next(Scenario(hold_after=2))
    conversations.send("What is a tide?")
    await stage.until(services.generation.text_added)
    there = conversations.current.id
    conversations.delete(there)
    await stage.until(conversations.deleted)
    await stage.at_rest()
    assert asked(simulator, "/generation") == 0
    conversations.restore(there)
    await stage.until(conversations.opened)
    question, answer = conversations.branch()
    assert (question.text, answer.state) == ("What is a tide?", MessageState.STOPPED)
    assert answer.text
    again = await answered(stage, "And now?")
    assert again.state is MessageState.DONE


async def test_the_bill_of_a_deleted_conversation_is_not_waited_for(wired: Any) -> None:
    stage, simulator = wired
    conversations, services = stage.services.conversations, stage.services
    services.bills.waits = (3600.0,)
    simulator.next(Scenario(hold_after=2))
    conversations.send("What is a tide?")
    await stage.until(services.generation.text_added)
    conversations.stop()
    (answer,) = await stage.until(services.generation.finished)
    assert services.bills.is_asking(answer.id)
    conversations.delete(answer.conversation_id)
    await asyncio.wait_for(stage.at_rest(), 10)
    assert not services.bills.is_asking(answer.id)
    assert asked(simulator, "/generation") == 0


async def test_nothing_is_asked_again_after_a_wait(
    wired: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry_waits, "FIRST", 0.0)
    stage, simulator = wired
    stage.services.waiting.begin()
    simulator.next(BUSY)
    stage.services.conversations.send("What is a tide?")
    (message_id, _) = await stage.until(stage.services.waiting.began)
    with stage.slow_disk():
        there = stage.services.conversations.current.id
        stage.services.conversations.delete(there)
        assert await stage.until(stage.services.waiting.over) == (message_id,)
    await stage.at_rest()
    assert asked(simulator) == 1


async def test_an_answer_that_fails_while_it_is_deleted_is_not_waited_for(
    wired: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry_waits, "FIRST", 0.0)
    stage, simulator = wired
    stage.services.waiting.begin()
    simulator.next(BUSY)
    conversations, fold = stage.services.conversations, Journal.fold

    def delete_first(journal: Journal, message: Any) -> Any:
        conversations.delete(message.conversation_id)
        return fold(journal, message)

    monkeypatch.setattr(Journal, "fold", delete_first)
    conversations.send("What is a tide?")
    await stage.until(stage.services.generation.finished)
    await stage.at_rest()
    assert asked(simulator) == 1


async def test_files_are_no_longer_read_for_it(with_file: Any, tmp_path: Path) -> None:
    stage, _, answer, reading = with_file
    (tmp_path / "large.txt").write_bytes(b"a" * LARGE)
    taken: list[str] = []
    stage.services.attaching.taken.connect(lambda there, *_: taken.append(there))
    stage.services.attaching.take([tmp_path / "large.txt"], answer.conversation_id)
    await reading.begun.wait()
    stage.services.conversations.delete(answer.conversation_id)
    reading.let_go()
    await stage.at_rest()
    assert taken == []


async def test_other_conversations_go_on(wired: Any) -> None:
    stage, simulator = wired
    conversations = stage.services.conversations
    first = await answered(stage, "First")
    conversations.new()
    gate = asyncio.Event()
    simulator.next(Scenario(hold_after=2, gate=gate))
    conversations.send("Second")
    await stage.until(stage.services.generation.text_added)
    conversations.delete(first.conversation_id)
    await stage.until(conversations.deleted)
    gate.set()
    (second,) = await stage.until(stage.services.generation.finished)
    assert second.state is MessageState.DONE
