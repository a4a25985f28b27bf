import os
import random
import signal
from dataclasses import replace

import pytest

from app.core.conversations.conversation import MessageState, ReasoningPart, TextPart
from app.core.errors import StorageError
from app.storage.conversations.conversations import ConversationRepository
from app.storage.conversations.journal import Journal
from app.storage.database.database import Database
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import answer, conversation, message, start_python

KILLS = int(os.environ.get("FACET_KILLS", "10"))
"""How many times the writing program is killed; it was also tried with 50."""


@pytest.fixture
def journal(database):
    return Journal(database)


@pytest.fixture
def question(repository):
    owner = conversation()
    asked = message(owner, "What is it?")
    repository.append(asked, conversation=owner).result()
    return owner, asked


def test_a_begun_answer_is_the_end_of_its_branch_and_being_written(journal, repository, question):
    owner, asked = question
    begun = answer(owner, "", parent=asked, parts=())
    journal.begin(begun).result()
    assert repository.message(begun.id) == replace(begun, state=MessageState.WRITING)
    assert repository.conversation(owner.id).leaf_id == begun.id


def test_a_folded_answer_is_stored_once_and_found_once(database, journal, repository, question):
    owner, asked = question
    begun = answer(owner, "", parent=asked, parts=())
    index = SearchIndex(database)
    journal.begin(begun).result()
    journal.append(begun.id, "A lighthouse ", "Let me see").result()
    assert index.find("lighthouse") == []
    done = replace(begun, parts=(TextPart("A lighthouse stands."),))
    journal.fold(done).result()
    assert repository.message(begun.id) == done
    assert journal.unfinished() == []
    assert [hit.message_id for hit in index.find("lighthouse")] == [begun.id]
    assert database.reader.execute("SELECT count(*) FROM journal").fetchone() == (0,)
    index.close()


def test_an_answer_that_was_never_begun_can_be_folded(journal, repository, question):
    owner, asked = question
    done = answer(owner, parent=asked)
    journal.fold(done).result()
    assert repository.messages(owner.id) == [asked, done]


def test_an_answer_still_being_written_is_not_folded(journal, question):
    owner, asked = question
    with pytest.raises(StorageError, match="still being written"):
        journal.fold(answer(owner, parent=asked, state=MessageState.WRITING)).result()


def test_pieces_of_an_unknown_answer_are_refused(journal):
    with pytest.raises(StorageError):
        journal.append("nobody", "text").result()


def test_recovery_joins_the_pieces_and_marks_the_answer_cut_off(path, question, journal, database):
    owner, asked = question
    begun = answer(owner, "", parent=asked, parts=())
    journal.begin(begun).result()
    journal.append(begun.id, reasoning="First ").result()
    journal.append(begun.id, "One ", "second").result()
    journal.append(begun.id, "two \ud83d").result()
    journal.append(begun.id, "", "").result()
    database.close()
    again = Database.open(path)
    [found] = Journal(again).recover()
    assert found.state is MessageState.CUT_OFF
    assert found.parts == (ReasoningPart("First second"), TextPart("One two \ufffd"))
    repository = ConversationRepository(again)
    assert repository.message(begun.id) == found
    assert repository.summaries()[0].has_cut_off
    assert Journal(again).recover() == []
    assert repository.verify_idle() == []
    again.close()


def test_a_snapshot_takes_the_place_of_what_came_before(journal, question):
    owner, asked = question
    begun = answer(owner, "", parent=asked, parts=())
    journal.begin(begun).result()
    journal.append(begun.id, "wrong").result()
    journal.replace_text(begun.id, "right").result()
    journal.append(begun.id, " on").result()
    assert journal.unfinished()[0].text == "right on"
    journal.replace_text(begun.id, "").result()
    assert journal.unfinished()[0].text == ""


def test_an_answer_without_a_word_is_recovered_too(journal, question):
    owner, asked = question
    journal.begin(answer(owner, "", parent=asked, parts=())).result()
    [found] = journal.recover()
    assert found.parts == ()
    assert found.state is MessageState.CUT_OFF


def test_recovery_where_nothing_can_be_written_shows_but_does_not_fold(
    path, journal, question, database, monkeypatch
):
    owner, asked = question
    begun = answer(owner, "", parent=asked, parts=())
    journal.begin(begun).result()
    journal.append(begun.id, "some").result()
    database.close()
    monkeypatch.setattr("app.storage.database.database_probe.os.access", lambda *_arguments: False)
    again = Database.open(path)
    assert again.is_read_only
    [found] = Journal(again).recover()
    assert found.text == "some"
    assert ConversationRepository(again).message(begun.id).state is MessageState.WRITING
    again.close()


_WRITING = """
import sys
from pathlib import Path
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database
from app.storage.conversations.journal import Journal
from tests.storage.samples import answer, conversation, message
database = Database.open(Path(sys.argv[1]))
repository, journal = ConversationRepository(database), Journal(database)
owner = conversation()
count = 0
while True:
    asked = message(owner, f"question{count}", sequence=count * 2 + 1)
    repository.append(asked, conversation=owner).result()
    print("asked", asked.id, owner.id, flush=True)
    begun = answer(owner, "", parent=asked, sequence=count * 2 + 2, parts=())
    journal.begin(begun).result()
    print("begun", begun.id, owner.id, flush=True)
    text = ""
    for piece in range(8):
        journal.append(begun.id, f"w{piece} ").result()
        text += f"w{piece} "
        print("piece", begun.id, piece, flush=True)
    done = answer(owner, text, parent=asked, sequence=count * 2 + 2, id=begun.id)
    journal.fold(done).result()
    print("folded", begun.id, owner.id, flush=True)
    count += 1
"""


def promised(lines):
    """What was acknowledged before the kill: questions, answers begun, their pieces, their ends."""
    asked, pieces, folded = [], {}, set()
    for line in lines:
        kind, name, rest = line.split()
        if kind == "asked":
            asked.append(name)
        elif kind == "begun":
            pieces[name] = 0
        elif kind == "piece":
            pieces[name] = int(rest) + 1
        else:
            folded.add(name)
    return asked, pieces, folded


def test_a_killed_program_loses_nothing_it_was_told_is_stored(path):
    dice = random.Random(20261121)
    for _ in range(KILLS):
        with start_python(_WRITING, path) as writer:
            lines = [writer.stdout.readline() for _ in range(dice.randint(1, 60))]
            os.kill(writer.pid, signal.SIGKILL)
            rest = writer.stdout.read()
        lines = "".join([*lines, rest]).splitlines(keepends=True)
        asked, pieces, folded = promised(line for line in lines if line.endswith("\n"))
        database = Database.open(path)
        recovered = {found.id for found in Journal(database).recover()}
        repository = ConversationRepository(database)
        for name in asked:
            assert repository.message(name).text.startswith("question")
        for name, count in pieces.items():
            found = repository.message(name)
            words = found.text.split()
            assert count <= len(words) <= 8
            assert words == [f"w{n}" for n in range(len(words))]
            expected = MessageState.CUT_OFF if name in recovered else MessageState.DONE
            assert found.state is expected
            assert not (name in folded and name in recovered)
        assert repository.verify_idle(100_000) == []
        assert database.problems() == []
        database.close()
