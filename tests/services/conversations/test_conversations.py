"""Conversations through the real services and a real database; only the network is scripted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.core.conversations.conversation import MessageState, Role
from app.core.conversations.events import ReasoningAdded, UsageReported
from app.core.costs.usage import Usage
from app.core.errors import UnavailableError


async def test_a_question_is_stored_before_the_answer_begins(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("What is a tide?")
    (message,) = await stage.until(conversations.message_added)
    assert message.role is Role.USER
    stored = stage.core.database.reader.execute("SELECT count(*) FROM message").fetchone()[0]
    assert stored >= 1
    stage.provider.say("Water.")
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.text, answer.state) == ("Water.", MessageState.DONE)
    assert [m.text for m in conversations.branch()] == ["What is a tide?", "Water."]


async def test_a_new_conversation_is_listed_with_its_first_message_and_its_title(
    stage: Any,
) -> None:
    assert stage.services.conversations.summaries() == []
    await stage.answered("Fine.", question="# How are you today?\nsecond line")
    (summary,) = stage.services.conversations.summaries()
    assert summary.title == "How are you today?"


async def test_everything_is_there_after_a_restart(stage: Any, tmp_path: Path, reopen: Any) -> None:
    await stage.answered("Water ", "moves.")
    stage.services.conversations.choices.set_parameters({"temperature": 0.9})
    stage.services.conversations.choices.set_system("Be brief.")
    again = await reopen(stage)
    conversations = again.services.conversations
    conversations.open(conversations.summaries()[0].id)
    assert [m.text for m in conversations.branch()] == ["What is a tide?", "Water moves."]
    assert conversations.current.parameters == {"temperature": 0.9}
    assert conversations.current.system == "Be brief."


async def test_retry_keeps_the_earlier_answer_as_a_sibling(stage: Any) -> None:
    first = await stage.answered("One.")
    conversations = stage.services.conversations
    conversations.retry(first.id)
    stage.provider.say("Two.")
    stage.provider.end()
    (second,) = await stage.until(stage.services.generation.finished)
    assert conversations.sibling_place(second.id)[:2] == (2, 2)
    assert [m.text for m in conversations.branch()] == ["What is a tide?", "Two."]
    conversations.show_sibling(second.id, -1)
    assert [m.text for m in conversations.branch()] == ["What is a tide?", "One."]
    assert len(stage.provider.requests[-1].messages) == 1


async def test_an_edit_asks_on_a_branch_of_its_own(stage: Any) -> None:
    await stage.answered("One.")
    conversations = stage.services.conversations
    question = conversations.branch()[0]
    conversations.edit(question.id, "What is an ebb?")
    stage.provider.say("Falling water.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    assert [m.text for m in conversations.branch()] == ["What is an ebb?", "Falling water."]
    conversations.show_sibling(conversations.branch()[0].id, -1)
    assert [m.text for m in conversations.branch()] == ["What is a tide?", "One."]


async def test_stop_keeps_what_arrived_and_closes_the_stream(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Tell me a long story")
    stage.provider.say("Once upon")
    await stage.until(stage.services.generation.text_added)
    assert stage.services.generation.is_running(conversations.current.id)
    conversations.stop()
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.text, answer.state) == ("Once upon", MessageState.STOPPED)
    assert stage.provider.open_streams == 0


async def test_a_failure_keeps_the_text_and_says_what_to_do(stage: Any) -> None:
    stage.services.conversations.send("Hello")
    stage.provider.say("Half an ans")
    stage.provider.fail(UnavailableError("The connection was lost.", "Try again.", status=502))
    (answer,) = await stage.until(stage.services.generation.finished)
    assert (answer.text, answer.state) == ("Half an ans", MessageState.FAILED)
    assert answer.provenance.fault.message == "The connection was lost."
    assert answer.provenance.fault.status == 502


async def test_a_cut_off_answer_goes_on_in_a_sibling_with_the_joined_text(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Count to four")
    stage.provider.say("one two")
    stage.provider.end(MessageState.CUT_OFF, "length")
    (cut,) = await stage.until(stage.services.generation.finished)
    conversations.continue_answer(cut.id)
    stage.provider.say(" three four")
    stage.provider.end()
    (whole,) = await stage.until(stage.services.generation.finished)
    assert whole.text == "one two three four"
    assert conversations.branch()[-1].text == "one two three four"
    assert conversations.sibling_place(whole.id)[:2] == (2, 2)
    sent = stage.provider.requests[-1].messages
    assert [str(m.role) for m in sent] == ["user", "assistant", "user"]


async def test_keep_accepts_a_cut_off_answer_without_calling_it_whole(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Count")
    stage.provider.say("one")
    stage.provider.end(MessageState.CUT_OFF)
    (cut,) = await stage.until(stage.services.generation.finished)
    conversations.keep(cut.id)
    assert conversations.branch()[-1].state is MessageState.STOPPED


async def test_the_answer_remembers_where_it_came_from(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("Why?")
    stage.provider.tell(ReasoningAdded("Because."))
    stage.provider.say("So.")
    stage.provider.tell(UsageReported(Usage(input_tokens=5, output_tokens=2)))
    stage.provider.end()
    (answer,) = await stage.until(stage.services.generation.finished)
    origin = answer.provenance
    assert (origin.generation_id, origin.usage.output_tokens) == ("gen-1", 2)
    assert 0 <= origin.timing.first_text <= origin.timing.total
    assert answer.reasoning == "Because."
    assert origin.request["messages"] == {"count": 1, "characters": 4}


async def test_deleting_takes_it_from_the_list_and_restoring_brings_it_back(stage: Any) -> None:
    await stage.answered("Fine.")
    conversations = stage.services.conversations
    conversation_id = conversations.current.id
    conversations.delete(conversation_id)
    deleted = await stage.until(conversations.deleted)
    assert deleted == (conversation_id, "What is a tide?")
    assert conversations.summaries() == []
    assert conversations.branch() == []
    conversations.restore(conversation_id)
    await stage.until(conversations.opened)
    assert [m.text for m in conversations.branch()] == ["What is a tide?", "Fine."]


async def test_a_draft_is_kept_for_each_conversation(stage: Any, reopen: Any) -> None:
    conversations = stage.services.conversations
    conversations.keep_draft("not yet sent")
    await stage.answered("Fine.")
    conversations.keep_draft("second thought")
    again = await reopen(stage)
    assert again.services.conversations.draft().text == "not yet sent"
    again.services.conversations.open(again.services.conversations.summaries()[0].id)
    assert again.services.conversations.draft().text == "second thought"


async def test_rename_and_pin_change_the_list(stage: Any) -> None:
    await stage.answered("Fine.")
    conversations = stage.services.conversations
    conversations.rename(conversations.current.id, "  Tides   and ebbs ")
    await stage.until(conversations.listed)
    conversations.pin(conversations.current.id, True)
    await stage.until(conversations.listed)
    (summary,) = conversations.summaries()
    assert (summary.title, summary.is_pinned) == ("Tides and ebbs", True)


async def test_an_answer_in_another_conversation_goes_on_in_the_background(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("First")
    stage.provider.say("Half")
    await stage.until(stage.services.generation.text_added)
    first = conversations.current.id
    conversations.new()
    assert conversations.branch() == []
    stage.provider.say(" and half")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    conversations.open(first)
    assert conversations.branch()[-1].text == "Half and half"


async def test_a_running_answer_is_shown_as_far_as_it_came_when_reopened(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("First")
    stage.provider.say("Half")
    await stage.until(stage.services.generation.text_added)
    first = conversations.current.id
    conversations.new()
    conversations.open(first)
    answer = conversations.branch()[-1]
    assert (answer.text, answer.state) == ("Half", MessageState.WRITING)
    conversations.stop()
    await stage.until(stage.services.generation.finished)


async def test_closing_while_an_answer_is_written_stores_it_as_stopped(
    stage: Any, reopen: Any
) -> None:
    stage.services.conversations.send("First")
    stage.provider.say("Half")
    await stage.until(stage.services.generation.text_added)
    again = await reopen(stage)
    conversations = again.services.conversations
    conversations.open(conversations.summaries()[0].id)
    answer = conversations.branch()[-1]
    assert (answer.text, answer.state) == ("Half", MessageState.STOPPED)


async def test_search_finds_an_answer_by_a_word_in_it(stage: Any) -> None:
    await stage.answered("The moon pulls the water.")
    stage.services.search.find("moon")
    query, hits = await stage.until(stage.services.search.found)
    assert query == "moon"
    assert [hit.title for hit in hits] == ["What is a tide?"]
    conversations = stage.services.conversations
    conversations.new()
    conversations.open(hits[0].conversation_id, hits[0].message_id)
    assert conversations.branch()[-1].text == "The moon pulls the water."


async def test_a_preview_tells_the_body_of_the_next_question(stage: Any) -> None:
    await stage.answered("Fine.")
    stage.services.conversations.preview("And now?")
    _, body = await stage.until(stage.services.conversations.turns.previewed)
    assert [m["content"] for m in body["messages"]] == ["What is a tide?", "Fine.", "And now?"]


@pytest.mark.parametrize("format_id", ["markdown", "json"])
async def test_an_export_holds_question_and_answer(
    stage: Any, tmp_path: Path, format_id: str
) -> None:
    await stage.answered("The moon pulls.")
    conversations = stage.services.conversations
    path = tmp_path / "chat.out"
    conversations.export(conversations.current.id, format_id, path)
    written = path.read_text(encoding="utf-8")
    assert "What is a tide?" in written
    assert "The moon pulls." in written


async def test_a_second_question_waits_for_the_first_answer(stage: Any) -> None:
    conversations = stage.services.conversations
    conversations.send("First")
    await stage.until(stage.services.generation.started)
    conversations.send("Second")
    await asyncio.sleep(0)
    assert [m.text for m in conversations.branch()][:1] == ["First"]
    assert len(conversations.branch()) == 2
    conversations.stop()
    await stage.until(stage.services.generation.finished)


async def test_a_question_sent_while_another_is_on_its_way_goes_back_unlost(stage: Any) -> None:
    conversations = stage.services.conversations
    returned: list[str] = []
    conversations.unsent.connect(lambda _id, text, _files: returned.append(text))
    conversations.send("First")
    conversations.send("Second")
    stage.provider.say("One.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    assert [m.text for m in conversations.branch()] == ["First", "One."]
    assert returned == ["Second"]


async def test_opening_reads_no_words_and_files_are_found_where_they_are(
    stage: Any, tmp_path: Path, reopen: Any
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("High water at six.", encoding="utf-8")
    conversations = stage.services.conversations
    file = conversations.attach(path)
    conversations.send("Read this", [file])
    await stage.until(conversations.message_added)
    stage.provider.say("Read.")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    again = (await reopen(stage)).services.conversations
    again.open(again.summaries()[0].id)
    assert [message.has_files for message in again.branch()] == [True, False]
    assert all(message._whole is None for message in again.branch())
    assert again.files() == [file]
    assert again.branch()[1].outline is not None
    assert [message.text for message in again.branch()] == ["Read this", "Read."]
