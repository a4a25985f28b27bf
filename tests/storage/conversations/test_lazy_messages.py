"""Messages that are read when they are asked for more than their place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Message,
    MessageState,
    Provenance,
    ReasoningPart,
    Role,
    TextPart,
    ToolCallPart,
)
from app.core.errors import StorageError
from app.storage.conversations.lazy_messages import LazyMessage, lazy_message

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CHAT = Conversation("c", "Chat", NOW, NOW)
QUESTION = Message("q", "c", None, Role.USER, (TextPart("Grüße 京都"),), 1, NOW)
ANSWER = Message(
    "a",
    "c",
    "q",
    Role.ASSISTANT,
    (ReasoningPart("hm"), TextPart("So it is.")),
    2,
    NOW,
    MessageState.STOPPED,
    Provenance("openrouter", "google/gemma-4-26b-a4b-it"),
)
PICTURE = AttachmentPart(Attachment("00", "cat.png", "image/png", 9))
LOOK = Message("l", "c", "a", Role.USER, (PICTURE, TextPart("Look")), 3, NOW)
CALL = Message("t", "c", "l", Role.ASSISTANT, (ToolCallPart("1", "clock", "{}"),), 4, NOW)
ALL = [QUESTION, ANSWER, LOOK, CALL]


@pytest.fixture
def outline(repository):
    for message in ALL:
        repository.append(message, conversation=CHAT if message is QUESTION else None).result()
    return list(repository.outline("c"))


def test_places_are_known_without_reading(outline, repository, monkeypatch):
    monkeypatch.setattr(repository, "message", None)
    assert all(isinstance(kept, LazyMessage) and kept._whole is None for kept in outline)
    for kept, message in zip(outline, ALL, strict=True):
        for name in ("id", "conversation_id", "parent_id", "role", "state"):
            assert getattr(kept, name) == getattr(message, name)
        assert kept._whole is None


def test_all_else_is_read_once(outline, monkeypatch):
    asked = []
    load = outline[1]._load

    def counting(message_id):
        asked.append(message_id)
        return load(message_id)

    object.__setattr__(outline[1], "_load", counting)
    kept = outline[1]
    assert (kept.text, kept.reasoning, kept.created_at) == ("So it is.", "hm", NOW)
    assert kept.sequence == 2
    assert kept.provenance == ANSWER.provenance
    assert asked == ["a"]


def test_it_equals_the_message_itself_and_copies_are_plain(outline, repository):
    assert outline == ALL
    assert outline[0] == repository.outline("c")[0]
    assert outline[0] != outline[1]
    copy = replace(outline[1], state=MessageState.DONE)
    assert type(copy) is Message
    assert copy == replace(ANSWER, state=MessageState.DONE)


def test_the_outline_counts_the_text_and_files_are_told(outline):
    text = "Grüße 京都"
    assert outline[0].outline == (len(text), len(text.encode()))
    assert outline[1].outline == (9, 9)
    assert [kept.has_files for kept in outline] == [False, False, True, False]
    assert [message.has_files for message in ALL] == [False, False, True, False]
    assert outline[2].outline is None
    assert outline[3].outline is None
    assert QUESTION.outline is None


def test_once_read_the_text_itself_counts(outline):
    assert outline[0].text == "Grüße 京都"
    assert outline[0].outline is None


def test_damage_shows_when_it_is_read(outline, database, repository):
    database.write(
        lambda writer: writer.execute("UPDATE message SET text = 'Other' WHERE id = 'a'")
    ).result()
    kept = repository.outline("c")[1]
    assert kept.state is MessageState.STOPPED
    assert kept.text == "Other"
    assert kept.state is MessageState.FAILED
    assert kept.provenance.fault.kind == "damaged"


def test_a_damaged_outline_is_read_at_once(outline, database, repository):
    database.write(
        lambda writer: writer.execute("UPDATE message SET role = 'nobody' WHERE id = 'a'")
    ).result()
    found = repository.outline("c")[1]
    assert type(found) is Message
    assert found.provenance.fault.kind == "damaged"


def test_what_cannot_be_read_any_more_says_so():
    def gone(message_id):
        raise StorageError("The disk cannot be read.", "Check it.")

    kept = lazy_message("a", "c", None, Role.USER, MessageState.DONE, (5, 5), 0, gone)
    assert (kept.text, kept.state) == ("", MessageState.FAILED)
    assert kept.provenance.fault.message == "The disk cannot be read."
