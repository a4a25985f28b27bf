"""What a full disk does to an answer: told at once, shown when reopened, saved when it can be."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from app.core.errors import DatabaseUnusableError
from app.services.conversations import unsaved
from app.storage.conversations.journal import Journal


def refuse(*_: Any, **__: Any) -> Future[None]:
    """What a full disk answers."""
    refused: Future[None] = Future()
    refused.set_exception(DatabaseUnusableError("The disk is full.", "Free some space."))
    return refused


@pytest.fixture
def notices(stage: Any) -> list[str]:
    """The notices shown from now on."""
    told: list[str] = []
    stage.services.notices.raised.connect(lambda notice: told.append(notice.text))
    stage.services.notices.release()
    return told


async def test_an_answer_the_disk_refuses_is_kept_and_saved_later(
    stage: Any, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "SAVE_AGAIN_SECONDS", 0.01)
    fold = Journal.fold
    monkeypatch.setattr(Journal, "fold", refuse)
    answer = await stage.answered("Precious words")
    assert answer.text == "Precious words"
    assert stage.services.conversations.branch()[-1].text == "Precious words"
    assert "kept in memory" in notices[0]
    monkeypatch.setattr(Journal, "fold", fold)
    while not any("saved now" in text for text in notices):
        await stage.until(stage.services.notices.raised)
    stored = stage.core.database.reader.execute("SELECT count(*) FROM journal").fetchone()[0]
    assert stored == 0


@pytest.mark.parametrize("what", [["fold"], ["begin", "fold"]])
async def test_a_held_answer_is_shown_when_its_conversation_is_opened_again(
    stage: Any, monkeypatch: pytest.MonkeyPatch, what: list[str]
) -> None:
    for name in what:
        monkeypatch.setattr(Journal, name, refuse)
    conversations = stage.services.conversations
    answer = await stage.answered("Precious words")
    there = conversations.current.id
    conversations.new()
    conversations.open(there)
    assert conversations.branch()[-1] == answer


async def test_a_piece_the_disk_refuses_is_told_while_the_answer_runs(
    stage: Any, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Journal, "append", refuse)
    stage.services.conversations.send("Hello")
    stage.provider.say("One")
    await stage.until(stage.services.notices.raised)
    stage.provider.say("Two")
    stage.provider.end()
    await stage.until(stage.services.generation.finished)
    assert notices == ["The disk is full. What is being written is only in memory until then."]
