"""Columns of a conversation are those of its messages, whatever they hold."""

from array import array
from datetime import UTC, datetime

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import (
    AttachmentPart,
    Conversation,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcePart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from app.storage.conversations import outlines
from app.storage.conversations.lazy_messages import LazyMessage
from app.storage.conversations.outlines import LazyOutline, read_outline

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CHAT = Conversation("c", "Chat", NOW, NOW)
PICTURE = AttachmentPart(Attachment("00", "cat.png", "image/png", 9))
CALL, RESULT = ToolCallPart("", "", ""), ToolResultPart("", "")


def said(number, *parts, parent=None, role=Role.USER, state=MessageState.DONE):
    return Message(f"m{number}", "c", parent, role, parts, number, NOW, state)


@pytest.fixture
def kept(repository):
    def store(*messages):
        for at, message in enumerate(messages):
            repository.append(message, conversation=None if at else CHAT).result()
        return repository.outline("c")

    return store


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_parents_are_told_only_where_they_are_not_the_one_before(kept, monkeypatch, at_once):
    monkeypatch.setattr(outlines, "AT_ONCE", at_once)
    parents = [None, "m1", "m2", "m2", "m4", None, "lost"]
    found = kept(*(said(at, TextPart("x"), parent=name) for at, name in enumerate(parents, 1)))
    assert found.departures == {0: None, 3: "m2", 5: None, 6: "lost"}
    assert found.ids == [f"m{at}" for at in range(1, 8)]
    assert [message.parent_id for message in found] == parents
    assert (found.last_sequence, len(found)) == (7, 7)


@pytest.mark.parametrize(
    ("parts", "holding"),
    [
        ((TextPart("plain"),), 0),
        ((TextPart('line\n"quoted"\n' * 40),), 0),
        ((TextPart(""),), 0),
        ((), 0),
        ((ReasoningPart("long thought " * 20), TextPart("short")), 0),
        ((TextPart("x"), SourcePart("https://example.org", "Example")), 0),
        ((PICTURE,), 1),
        ((TextPart("look\n" * 30), PICTURE), 1),
        ((CALL,), 2),
        ((RESULT,), 2),
        ((ToolResultPart("call", "found " * 200),), 2),
        ((RESULT, RESULT, RESULT), 2),
        ((TextPart("x"), CALL), 2),
        ((PICTURE, CALL), 3),
    ],
)
def test_what_messages_hold_is_told(kept, parts, holding):
    found = kept(said(1, *parts))
    assert found.holding.get(0, 0) == holding
    assert found[0].parts == parts


def test_roles_states_and_sizes(kept):
    found = kept(
        said(1, TextPart("Grüße 京都")),
        said(2, TextPart("ja"), role=Role.ASSISTANT, state=MessageState.STOPPED),
    )
    assert found.roles == [Role.USER, Role.ASSISTANT]
    assert (found.letters, found.octets) == (array("I", [8, 2]), array("I", [14, 2]))
    assert [message.state for message in found] == [MessageState.DONE, MessageState.STOPPED]
    assert [message.sequence for message in found] == [1, 2]
    assert all(isinstance(message, LazyMessage) for message in found)


def test_the_order_is_by_sequence_not_by_arrival(kept):
    found = kept(said(3, TextPart("x")), said(1, TextPart("x")), said(2, TextPart("x")))
    assert (found.ids, found.last_sequence) == (["m1", "m2", "m3"], 3)


def test_a_damaged_name_makes_all_be_read(kept, repository, database):
    kept(said(1, TextPart("one")), said(2, TextPart("two"), parent="m1"))
    database.write(
        lambda writer: writer.execute(
            "UPDATE message SET role = CAST(x'ff' AS TEXT) WHERE id = 'm2'"
        )
    ).result()
    found = repository.outline("c")
    assert isinstance(found, list)
    assert [message.text for message in found] == ["one", "two"]
    assert found[1].provenance.fault.kind == "damaged"


def test_a_damaged_state_makes_that_message_be_read(kept, repository, database):
    kept(said(1, TextPart("one")), said(2, TextPart("two"), parent="m1"))
    database.write(
        lambda writer: writer.execute("UPDATE message SET state = 'odd' WHERE id = 'm2'")
    ).result()
    found = repository.outline("c")
    assert isinstance(found[0], LazyMessage)
    assert type(found[1]) is Message
    assert found[1].provenance.fault.kind == "damaged"


def test_a_conversation_without_messages(repository, database):
    found = read_outline(database.reader, "nothing", repository.message)
    assert isinstance(found, LazyOutline)
    assert (len(found), found.departures, found.last_sequence) == (0, {}, 0)
