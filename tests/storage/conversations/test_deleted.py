"""What is deleted for good is not in a byte of the files any more."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, MessageState, Role, TextPart
from app.core.errors import StorageError
from app.storage.conversations.deleted import DeletedConversations
from app.storage.conversations.drafts import Draft, DraftRepository
from app.storage.conversations.journal import Journal
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import conversation, message, purge

SEEDS = range(3)


def words(dice, count):
    return " ".join("w" + "".join(dice.choices("abcdefghij", k=5)) for _ in range(count))


def secret(dice):
    """A word that nothing else resembles: the search index cuts off what neighbours share."""
    return "".join(dice.choices("qrstuvxyz", k=24))


def traces(path, secrets):
    """The secrets a half of which is in a file of the database."""
    held = [file.read_bytes().lower() for file in path.parent.iterdir() if file.is_file()]
    return [
        word
        for word in secrets
        if any(half.encode() in data for data in held for half in (word[:12], word[12:]))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_left_of_it_in_tables_index_log_and_free_pages(path, database, repository, seed):
    """Many conversations grow beside each other, some of their answers by the journal."""
    dice, journal, drafts = random.Random(seed), Journal(database), DraftRepository(database)
    gone, kept = [], []
    for number in range(12):
        mine = gone if number % 3 == 0 else kept
        mine += [secret(dice) for _ in range(2)]
        owner = conversation(title=f"About {mine[-1]}", system=f"You know {mine[-2]}.")
        above = None
        for place in range(dice.choice([2, 5, 9])):
            mine.append(secret(dice))
            text = f"{words(dice, dice.choice([1, 30, 600]))} {mine[-1]} {words(dice, 5)}"
            above = message(owner, text, parent=above, sequence=place + 1)
            if place % 2:
                above = replace(above, role=Role.ASSISTANT)
                begun = replace(above, state=MessageState.WRITING, parts=())
                journal.begin(begun).result()
                for at in range(0, len(text), 300):
                    journal.append(above.id, text=text[at : at + 300]).result()
                journal.fold(above).result()
            else:
                repository.append(above, conversation=owner).result()
        drafts.keep(owner.id, Draft(f"More of {mine[-1]}")).result()
        if mine is gone:
            repository.delete(owner.id).result()
    assert len(traces(path, gone)) == len(gone)
    assert purge(database) == 4
    assert database.empty_log().result()
    assert traces(path, gone) == []
    assert len(traces(path, kept)) == len(kept)
    index = SearchIndex(database)
    found = [word for word in kept if index.find(word)]
    index.close()
    assert len(found) > 20
    assert database.problems() == []


def test_only_what_was_deleted_before_goes(database, repository):
    gone, kept = conversation("gone"), conversation("kept")
    secret_message = message(gone, "UNFORGETTABLE")
    repository.append(secret_message, conversation=gone).result()
    repository.append(message(kept), conversation=kept).result()
    repository.delete(gone.id).result()
    assert purge(database, datetime.now(UTC) - timedelta(days=1)) == 0
    assert purge(database) == 1
    with pytest.raises(StorageError):
        repository.message(secret_message.id)
    assert [line.title for line in repository.summaries()] == ["kept"]


def test_what_came_back_meanwhile_stays(database, repository):
    owner = conversation("back")
    made = message(owner, "Hello")
    repository.append(made, conversation=owner).result()
    DraftRepository(database).keep(owner.id, Draft("typed")).result()
    assert DeletedConversations(database).remove_some(owner.id).result() is False
    assert repository.messages(owner.id) == [made]
    assert DraftRepository(database).draft(owner.id) == Draft("typed")


def test_files_that_others_hold_too_are_not_its_own(database, repository):
    gone, kept = conversation("gone"), conversation("kept")
    files = {name: Attachment(name * 64, f"{name}.png", "image/png", 1, 1, 1) for name in "abcde"}

    def with_files(owner, names, sequence=1):
        parts = tuple(AttachmentPart(files[name]) for name in names)
        return replace(message(owner, sequence=sequence), parts=(*parts, TextPart("Look")))

    repository.append(with_files(gone, "abc"), conversation=gone).result()
    repository.append(with_files(kept, "b"), conversation=kept).result()
    drafts = DraftRepository(database)
    drafts.keep(kept.id, Draft("", (files["c"],))).result()
    drafts.keep(gone.id, Draft("", (files["d"],))).result()
    found = DeletedConversations(database).files_of([gone.id])
    assert found == ["a" * 64, "d" * 64]


def test_the_log_is_not_emptied_while_somebody_reads_it(path, database, repository):
    owner = conversation()
    repository.append(message(owner), conversation=owner).result()
    reader = database.new_reader()
    reading = reader.execute("SELECT * FROM message UNION ALL SELECT * FROM message")
    next(reading)
    assert not database.empty_log().result()
    repository.append(message(owner, sequence=2)).result()
    reading.close()
    reader.close()
    assert database.empty_log().result()
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
