from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.conversations.conversation import Conversation, ConversationSummary, MessageState
from app.core.errors import StorageError
from app.storage.conversations import messages
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import NOW, answer, conversation, everything, message


def test_every_field_of_a_conversation_comes_back(repository):
    owner = Conversation(
        "id",
        "Title ☃",
        NOW,
        NOW + timedelta(minutes=1),
        "Be brief",
        "openrouter",
        "google/gemma-2-27b-it",
        "precise",
        {"temperature": 0.2, "stop": ["a"], "seed": 7, "logprobs": True},
        True,
        "leaf",
    )
    repository.create(owner).result()
    assert repository.conversation("id") == owner
    changed = replace(owner, title="Other", parameters={}, is_pinned=False, leaf_id=None)
    changes = {"title": "Other", "parameters": {}, "is_pinned": False, "leaf_id": None}
    repository.change(owner.id, changes).result()
    assert repository.conversation("id") == changed


def test_every_field_of_a_message_comes_back(repository):
    owner = conversation()
    full = everything(owner)
    repository.append(full, conversation=owner).result()
    assert repository.message(full.id) == full
    assert repository.messages(owner.id) == [full]


def test_what_is_not_there_is_an_error(repository):
    with pytest.raises(StorageError, match="conversation is no longer there"):
        repository.conversation("nowhere")
    with pytest.raises(StorageError, match="message is no longer there"):
        repository.message("nowhere")
    assert repository.messages("nowhere") == []


def test_pinned_conversations_come_first_then_the_newest(repository):
    made = [
        conversation("old", minutes=1),
        conversation("new", minutes=9),
        conversation("old pinned", minutes=2, is_pinned=True),
        conversation("new pinned", minutes=3, is_pinned=True),
    ]
    for each in made:
        repository.create(each).result()
    assert [line.title for line in repository.summaries()] == [
        "new pinned",
        "old pinned",
        "new",
        "old",
    ]
    assert repository.summaries()[2] == ConversationSummary(made[1].id, "new", made[1].updated_at)


def test_a_message_makes_its_conversation_and_becomes_its_leaf(repository):
    owner = conversation()
    first = message(owner, created_at=NOW + timedelta(hours=1))
    repository.append(first, conversation=owner).result()
    stored = repository.conversation(owner.id)
    assert stored.leaf_id == first.id
    assert stored.updated_at == NOW + timedelta(hours=1)
    second = message(owner, parent=first, sequence=2, created_at=NOW - timedelta(days=365))
    repository.append(second).result()
    stored = repository.conversation(owner.id)
    assert stored.leaf_id == second.id
    assert stored.updated_at == NOW + timedelta(hours=1)  # a clock set back takes nothing back


def test_order_is_by_sequence_whatever_the_clock_says(repository):
    owner = conversation()
    made = [
        message(owner, f"{n}", sequence=n, created_at=NOW - timedelta(days=400 * n))
        for n in (1, 2, 3)
    ]
    for each in reversed(made):
        repository.append(each, conversation=owner).result()
    assert repository.messages(owner.id) == made


def test_a_message_without_its_conversation_is_refused(repository):
    owner = conversation()
    lost = message(owner)
    with pytest.raises(StorageError, match="no longer there"):
        repository.append(lost).result()
    with pytest.raises(StorageError):
        repository.message(lost.id)


def test_a_replaced_message_keeps_its_place(repository):
    owner = conversation()
    first, second = message(owner, "one"), message(owner, "two", sequence=2)
    for each in (first, second):
        repository.append(each, conversation=owner).result()
    changed = replace(first, state=MessageState.STOPPED)
    repository.replace(changed).result()
    assert repository.messages(owner.id) == [changed, second]


def test_the_list_marks_a_branch_that_ends_cut_off(repository):
    owner = conversation()
    cut = answer(owner, state=MessageState.CUT_OFF)
    repository.append(cut, conversation=owner).result()
    assert repository.summaries()[0].has_cut_off
    repository.replace(replace(cut, state=MessageState.DONE)).result()
    assert not repository.summaries()[0].has_cut_off


def test_a_deleted_conversation_can_be_restored(database, repository):
    owner = conversation()
    first = message(owner)
    repository.append(first, conversation=owner).result()
    index = SearchIndex(database)
    repository.delete(owner.id).result()
    assert repository.summaries() == []
    assert index.find("hello") == []
    repository.change(owner.id, {"title": "Still deleted"}).result()
    assert repository.summaries() == []
    repository.restore(owner.id).result()
    assert [line.title for line in repository.summaries()] == ["Still deleted"]
    assert [hit.message_id for hit in index.find("hello")] == [first.id]
    assert repository.messages(owner.id) == [first]
    index.close()


def test_text_that_is_no_unicode_is_stored_as_far_as_it_is(repository):
    owner = conversation("half \ud83d")
    odd = message(owner, "pair \ud83d\ude00 lone \udc00 nul \x00 end")
    repository.append(odd, conversation=owner).result()
    assert repository.messages(owner.id)[0].text == "pair 😀 lone \ufffd nul \x00 end"
    assert repository.conversation(owner.id).title == "half \ufffd"
    assert repository.verify_idle() == []


def change(database, statement):
    database.write(lambda writer: writer.execute(statement).fetchall()).result()


def test_a_changed_text_is_found_and_shown_as_damaged(database, repository):
    owner = conversation()
    first, second = message(owner, "one"), message(owner, "two", sequence=2)
    for each in (first, second):
        repository.append(each, conversation=owner).result()
    change(database, f"UPDATE message SET text = 'ona' WHERE id = '{first.id}'")
    assert repository.verify_idle() == [first.id]
    damaged, sound = repository.messages(owner.id)
    assert damaged.provenance.fault.kind == "damaged"
    assert damaged.state is MessageState.FAILED
    assert damaged.text == "ona"
    assert sound == second


def test_a_text_that_is_no_longer_utf8_hides_no_other(database, repository):
    owner = conversation()
    first, second = message(owner, "héllo"), message(owner, "two", sequence=2)
    for each in (first, second):
        repository.append(each, conversation=owner).result()
    change(
        database,
        "UPDATE message SET text = CAST(x'68c36c6c6f' AS TEXT), created_at = 'never',"
        f" role = 'ghost' WHERE id = '{first.id}'",
    )
    damaged, sound = repository.messages(owner.id)
    assert damaged.text == "h\ufffdllo"
    assert damaged.provenance.fault.kind == "damaged"
    assert sound == second
    assert repository.verify_idle() == [first.id]


def test_an_idle_check_goes_on_where_it_ended(database, repository):
    owner = conversation()
    made = [message(owner, f"{n}", sequence=n) for n in range(1, 6)]
    for each in made:
        repository.append(each, conversation=owner).result()
    change(database, "UPDATE message SET text = text || '!' WHERE sequence IN (1, 4)")
    assert repository.verify_idle(2) == [made[0].id]
    assert not repository.is_verified
    assert repository.verify_idle(2) == [made[3].id]
    assert repository.verify_idle(2) == []
    assert repository.is_verified
    assert repository.verify_idle(2) == [made[0].id]


def test_a_check_of_long_messages_goes_in_small_steps(database, repository, monkeypatch):
    monkeypatch.setattr(messages, "MOST_BYTES", 1000)
    owner = conversation()
    made = [message(owner, "x" * 900, sequence=n) for n in range(1, 4)]
    for each in made:
        repository.append(each, conversation=owner).result()
    change(database, "UPDATE message SET text = text || '!'")
    found = [repository.verify_idle() for _ in range(3)]
    assert found == [[each.id] for each in made]


def test_titles_of_messages_leave_out_what_is_deleted(repository):
    here, gone = conversation("Here"), conversation("Gone")
    made = [message(here, "one"), message(here, "two", sequence=2), message(gone, "three")]
    for each, owner in zip(made, (here, here, gone), strict=True):
        repository.append(each, conversation=owner).result()
    repository.delete(gone.id).result()
    assert repository.titles_of([each.id for each in made] + ["unknown"]) == ["Here"]
