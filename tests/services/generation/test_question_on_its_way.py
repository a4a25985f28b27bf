"""A question on its way while the user goes on: to another conversation and back, or to the dials.

The disk is slow: what is written waits until the test lets it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.core.conversations.conversation import Message, MessageState
from app.storage.files.attachments import AttachmentStore


def texts(stage: Any) -> list[str]:
    return [message.text for message in stage.services.conversations.branch()]


async def answered_now(stage: Any, text: str) -> Message:
    stage.provider.say(text)
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    return answer


def leave_and_come_back(stage: Any) -> None:
    conversations = stage.services.conversations
    there = conversations.current.id
    conversations.new()
    conversations.open(there)


async def test_a_conversation_opened_again_before_the_question_is_stored_has_it_afterwards(
    stage: Any,
) -> None:
    await stage.answered("One.", question="First")
    added: list[str] = []
    stage.services.conversations.message_added.connect(lambda message: added.append(message.text))
    with stage.slow_disk():
        stage.services.conversations.send("Second")
        leave_and_come_back(stage)
    await answered_now(stage, "Two.")
    assert texts(stage) == ["First", "One.", "Second", "Two."]
    assert added == ["Second", ""]


async def test_a_question_stored_just_before_it_is_opened_again_is_shown_once(stage: Any) -> None:
    await stage.answered("One.", question="First")
    added: list[str] = []
    stage.services.conversations.message_added.connect(lambda message: added.append(message.text))
    stage.services.conversations.send("Second")
    stage.wait_for_disk()
    leave_and_come_back(stage)
    assert texts(stage) == ["First", "One.", "Second"]
    await answered_now(stage, "Two.")
    assert texts(stage) == ["First", "One.", "Second", "Two."]
    assert added == [""]


async def test_an_answer_begun_just_before_it_is_opened_again_is_shown(stage: Any) -> None:
    await stage.answered("One.", question="First")
    replaced: list[str] = []
    conversations = stage.services.conversations
    conversations.message_replaced.connect(lambda message: replaced.append(message.text))
    slow = stage.slow_disk()
    conversations.turns.asked.connect(lambda *_: slow.__enter__())
    conversations.send("Second")
    await stage.until(conversations.turns.asked)
    leave_and_come_back(stage)
    assert [message.state for message in conversations.branch()][-1] is MessageState.WRITING
    slow.__exit__(None, None, None)
    await answered_now(stage, "Two.")
    assert texts(stage) == ["First", "One.", "Second", "Two."]
    assert replaced == ["Two."]


@pytest.mark.parametrize("way", ["send", "retry", "edit", "continue", "elsewhere"])
async def test_leaving_while_the_files_are_read_changes_nothing(
    stage: Any, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer goes to the branch it was asked for, in whatever is being read by then."""
    (tmp_path / "notes.txt").write_text("Notes.")
    conversations = stage.services.conversations
    file = conversations.attach(tmp_path / "notes.txt")
    conversations.send("First", [file])
    stage.provider.say("One")
    stage.provider.end(MessageState.CUT_OFF, "length")
    (first,) = await stage.until(stage.services.generation.finished)
    there = first.conversation_id
    read = AttachmentStore.read

    def leave_meanwhile(store: AttachmentStore, sha256: str) -> bytes:
        loop.call_soon_threadsafe(moved)
        return read(store, sha256)

    def moved() -> None:
        leave_and_come_back(stage) if way != "elsewhere" else conversations.new()

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(AttachmentStore, "read", leave_meanwhile)
    match way:
        case "send" | "elsewhere":
            conversations.send("Second")
        case "retry":
            conversations.retry(first.id)
        case "edit":
            conversations.edit(first.parent_id, "First, better")
        case "continue":
            conversations.continue_answer(first.id)
    await answered_now(stage, " two.")
    monkeypatch.undo()
    conversations.open(there)
    expected = {
        "send": ["First", "One", "Second", " two."],
        "elsewhere": ["First", "One", "Second", " two."],
        "retry": ["First", " two."],
        "edit": ["First, better", " two."],
        "continue": ["First", "One two."],
    }
    assert texts(stage) == expected[way]


async def test_what_is_chosen_while_the_first_question_is_stored_stays(
    stage: Any, reopen: Any
) -> None:
    conversations = stage.services.conversations
    with stage.slow_disk():
        conversations.send("Hello")
        conversations.choices.set_parameters({"temperature": 0.1})
        conversations.choices.set_system("Be brief.")
        conversations.rename(conversations.current.id, "Mine")
    await answered_now(stage, "Hi.")
    assert stage.provider.requests[0].system == ""
    again = (await reopen(stage)).services.conversations
    (line,) = again.summaries()
    again.open(line.id)
    assert (line.title, again.current.title) == ("Mine", "Mine")
    assert (again.current.system, again.current.parameters) == ("Be brief.", {"temperature": 0.1})


async def test_a_title_given_while_a_question_is_stored_stays(stage: Any) -> None:
    await stage.answered("One.", question="First")
    conversations = stage.services.conversations
    with stage.slow_disk():
        conversations.send("Second")
        conversations.rename(conversations.current.id, "Mine")
    await answered_now(stage, "Two.")
    conversations.choices.set_system("Be brief.")
    await stage.at_rest()
    assert conversations.current.title == "Mine"
    assert [line.title for line in conversations.summaries()] == ["Mine"]


async def test_a_conversation_renamed_from_the_list_keeps_the_branch_of_its_question(
    stage: Any,
) -> None:
    await stage.answered("One.", question="First")
    conversations = stage.services.conversations
    there = conversations.current.id
    with stage.slow_disk():
        conversations.send("Second")
        conversations.new()
        conversations.rename(there, "Mine")
    await answered_now(stage, "Two.")
    await stage.at_rest()
    conversations.open(there)
    assert texts(stage) == ["First", "One.", "Second", "Two."]
    assert conversations.current.title == "Mine"


async def test_a_dial_turned_after_a_question_does_not_move_its_conversation_down(
    stage: Any,
) -> None:
    await stage.answered("One.", question="First")
    conversations = stage.services.conversations
    first = conversations.current.id
    conversations.new()
    await stage.answered("Two.", question="Second")
    conversations.open(first)
    await stage.answered("Three.", question="Third")
    conversations.choices.set_parameters({"temperature": 0.1})
    await stage.at_rest()
    assert conversations.summaries()[0].id == first


async def test_what_is_still_being_written_down_is_there_when_a_conversation_is_opened(
    stage: Any,
) -> None:
    await stage.answered("One.", question="First")
    conversations = stage.services.conversations
    there = conversations.current.id
    with stage.slow_disk():
        conversations.choices.set_parameters({"temperature": 0.1})
        conversations.keep_draft("not yet sent")
        conversations.new()
        conversations.rename(there, "Mine")
        conversations.open(there)
        assert conversations.current.title == "Mine"
        assert conversations.current.parameters == {"temperature": 0.1}
        assert conversations.draft().text == "not yet sent"


async def test_a_question_the_disk_refuses_waits_where_it_was_typed_also_when_that_was_left(
    stage: Any, tmp_path: Path
) -> None:
    await stage.answered("One.", question="First")
    conversations = stage.services.conversations
    there = conversations.current.id
    stage.fill_disk()
    question = "Do not lose me " * 10_000
    conversations.send(question)
    conversations.new()
    await stage.until(conversations.unsent)
    conversations.open(there)
    assert conversations.draft().text == question


async def test_the_first_question_the_disk_refuses_waits_in_the_next_new_conversation(
    stage: Any,
) -> None:
    await stage.answered("One.", question="First")
    conversations = stage.services.conversations
    there = conversations.current.id
    conversations.new()
    stage.fill_disk()
    question = "Do not lose me " * 10_000
    conversations.send(question)
    conversations.open(there)
    await stage.until(conversations.unsent)
    assert conversations.draft().text == ""
    conversations.new()
    assert conversations.draft().text == question
