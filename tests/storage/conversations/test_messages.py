from dataclasses import replace

from app.storage.conversations.messages import (
    damaged_messages,
    insert_conversation,
    put_message,
    read_messages,
)
from tests.storage.samples import conversation, message


def test_storing_again_changes_and_does_not_double(database):
    owner = conversation()
    sent = message(owner)

    def work(writer):
        for _ in range(2):
            insert_conversation(writer, owner)
            put_message(writer, sent)
        put_message(writer, replace(sent, sequence=9))

    database.write(work).result()
    [row] = read_messages(database.reader, "WHERE conversation_id = ?", owner.id)
    assert row[4] == 9


def test_a_check_of_nothing_ends_at_once(database):
    assert damaged_messages(database.reader, 0, 10) == ([], 0)


def test_a_check_says_where_to_go_on(database, repository):
    owner = conversation()
    for number in (1, 2, 3):
        repository.append(message(owner, sequence=number), conversation=owner).result()
    found, last = damaged_messages(database.reader, 0, 2)
    assert (found, last) == ([], 2)
    assert damaged_messages(database.reader, last, 2) == ([], 0)
