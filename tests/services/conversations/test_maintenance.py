"""What is done in quiet moments, on a real database whose bytes are looked at."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.core.conversations.conversation import MessageState
from app.storage.files.attachments import SMALL_BYTES

CANARY = "quixotrycanary"


def places_of(folder: Path) -> list[str]:
    """The files that hold the canary."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file.name for file in files if CANARY.encode() in file.read_bytes().lower()]


async def at_rest(stage: Any) -> None:
    """Lets a quiet moment come, and waits until all is done."""
    maintenance = stage.services.maintenance
    maintenance.quiet = maintenance.pause = 0.0
    rested = asyncio.ensure_future(stage.until(maintenance.rested))
    maintenance.begin()
    await rested


async def asked_and_deleted(stage: Any, folder: Path) -> str:
    conversations = stage.services.conversations
    small, large = folder / "small.txt", folder / "large.txt"
    small.write_text(f"{CANARY} in the database")
    large.write_text(f"{CANARY} beside it" + "." * SMALL_BYTES)
    files = [conversations.attach(path) for path in (small, large)]
    small.unlink()
    large.unlink()
    conversations.choices.set_system(f"{CANARY} in the instructions")
    conversations.send(f"{CANARY} in the title and the question", files)
    stage.provider.say(f"{CANARY} in the answer")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    conversations.keep_draft(f"{CANARY} in the draft")
    there: str = conversations.current.id
    conversations.delete(there)
    await stage.until(conversations.deleted)
    return there


async def test_what_was_deleted_before_facet_began_is_gone_from_every_byte(
    stage: Any, reopen: Any, tmp_path: Path
) -> None:
    await asked_and_deleted(stage, tmp_path)
    again = await reopen(stage)
    kept = await again.answered("Kept.", question="And this?")
    assert places_of(tmp_path)
    await at_rest(again)
    assert places_of(tmp_path) == []
    assert [line.title for line in again.services.conversations.summaries()] == ["And this?"]
    assert again.services.conversations.message(kept.id).text == "Kept."


async def test_what_was_deleted_since_can_be_brought_back(stage: Any, tmp_path: Path) -> None:
    there = await asked_and_deleted(stage, tmp_path)
    await at_rest(stage)
    conversations = stage.services.conversations
    conversations.restore(there)
    await stage.until(conversations.opened)
    question, answer = conversations.branch()
    assert (answer.text, answer.state) == (f"{CANARY} in the answer", MessageState.DONE)
    assert [len(conversations.attachment_bytes(file)) for file in question.attachments] == [
        len(f"{CANARY} in the database"),
        len(f"{CANARY} beside it") + SMALL_BYTES,
    ]
    assert conversations.draft().text == f"{CANARY} in the draft"


async def test_a_clock_set_back_takes_nothing_that_can_be_brought_back(
    stage: Any, tmp_path: Path
) -> None:
    there = await asked_and_deleted(stage, tmp_path)
    stage.core.database.write(
        lambda writer: writer.execute("UPDATE conversation SET deleted_at = '2001'")
    ).result()
    await at_rest(stage)
    stage.services.conversations.restore(there)
    await stage.until(stage.services.conversations.opened)
    assert len(stage.services.conversations.branch()) == 2


async def test_nothing_is_done_while_an_answer_is_written_or_something_is_typed(
    stage: Any, reopen: Any, tmp_path: Path
) -> None:
    await asked_and_deleted(stage, tmp_path)
    again = await reopen(stage)
    maintenance = again.services.maintenance
    again.services.conversations.send("And this?")
    again.provider.say("It ")
    await again.until(again.services.generation.text_added)
    maintenance.quiet, maintenance.pause = 0.0, 0.001
    maintenance.begin()
    for _ in range(20):
        again.provider.say("goes on ")
        await again.until(again.services.generation.text_added)
    assert places_of(tmp_path)
    maintenance.quiet = 0.5
    rested = asyncio.ensure_future(again.until(maintenance.rested))
    again.provider.end()
    await again.until(again.services.generation.ended)
    for _ in range(20):
        maintenance.note_use()
        await asyncio.sleep(0.001)
    assert places_of(tmp_path)
    await rested
    assert places_of(tmp_path) == []


@pytest.mark.parametrize("count", [1, 2])
async def test_damage_is_told_once_with_the_conversations_it_is_in(stage: Any, count: int) -> None:
    for number in range(3):
        stage.services.conversations.new()
        await stage.answered("Water.", question=f"Title {number}")
    stage.core.database.write(
        lambda writer: writer.execute(
            "UPDATE message SET text = 'Wader.' WHERE text = 'Water.' AND number <= ?",
            (2 * count,),
        )
    ).result()
    told: list[str] = []
    stage.services.notices.raised.connect(lambda notice: told.append(notice.text))
    stage.services.notices.release()
    stage.services.maintenance.period = 0.0
    await at_rest(stage)
    await stage.until(stage.services.maintenance.rested)
    (text,) = told
    what = "A message is damaged" if count == 1 else "2 messages are damaged"
    assert text.startswith(f"{what} on the disk, in “\u2068Title 0\u2069”")
    assert ("Title 1" in text) is (count == 2)
    assert "Title 2" not in text


async def test_what_cannot_be_removed_is_told_and_damage_is_looked_for_all_the_same(
    stage: Any, reopen: Any, tmp_path: Path
) -> None:
    await asked_and_deleted(stage, tmp_path)
    again = await reopen(stage)
    await again.answered("Water.")
    again.core.database.write(
        lambda writer: writer.execute(
            "CREATE TEMP TRIGGER refused BEFORE DELETE ON main.message"
            " BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    ).result()
    again.core.database.write(
        lambda writer: writer.execute("UPDATE message SET text = 'Wader.' WHERE text = 'Water.'")
    ).result()
    told: list[str] = []
    again.services.notices.raised.connect(lambda notice: told.append(notice.text))
    again.services.notices.release()
    await at_rest(again)
    assert len(told) == 2
    assert "damaged" in told[1]


async def test_the_command_line_has_no_quiet_moments(
    stage: Any, reopen: Any, tmp_path: Path
) -> None:
    await asked_and_deleted(stage, tmp_path)
    again = await reopen(stage)
    await again.answered("Kept.")
    await again.at_rest()
    assert places_of(tmp_path)
