import shutil
from pathlib import Path

import apsw
import pytest

from app.core.conversations.conversation import MessageState
from app.storage.conversations.conversations import ConversationRepository
from app.storage.conversations.drafts import DraftRepository
from app.storage.conversations.journal import Journal
from app.storage.database import migrations
from app.storage.database.database import Database
from app.storage.models.presets import PresetRepository
from app.storage.search.search_index import SearchIndex
from app.storage.search.tokenizer import register

STORED = sorted((Path(__file__).parents[3] / "data" / "databases").glob("*.db"))


def schema(connection):
    return connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    ).fetchall()


@pytest.fixture
def opened(tmp_path, request):
    """A stored database, opened from a copy."""
    path = tmp_path / "facet.db"
    shutil.copy(request.param, path)
    database = Database.open(path, expect_existing=True)
    yield database
    database.close()


def test_there_is_a_stored_database_of_every_version():
    assert [path.name for path in STORED] == [
        f"version-{number}.db" for number in range(1, migrations.NEWEST + 1)
    ]


@pytest.mark.parametrize("opened", STORED, indirect=True)
def test_a_stored_database_ends_with_the_schema_of_a_new_one(opened, tmp_path):
    fresh = Database.open(tmp_path / "fresh.db")
    assert schema(opened.reader) == schema(fresh.reader)
    assert opened.reader.pragma("user_version") == migrations.NEWEST
    fresh.close()


@pytest.mark.parametrize("opened", STORED, indirect=True)
def test_a_stored_database_holds_what_was_put_into_it(opened):
    repository = ConversationRepository(opened)
    lines = repository.summaries()
    assert [line.title for line in lines] == ["Pinned", "Lighthouses"]
    assert lines[0].is_pinned
    messages = repository.messages(lines[1].id)
    assert [each.sequence for each in messages] == [1, 2, 3, 7]
    assert messages[1].provenance.cost.amount is not None
    assert len(messages[3].parts) == 6
    assert opened.problems() == []
    assert [preset.name for preset in PresetRepository(opened).presets()][3:] == ["Mine"]
    assert DraftRepository(opened).draft(lines[1].id).text == "unsent"
    index = SearchIndex(opened)
    assert len(index.find("alexandria")) == 1
    assert len(index.find("京都")) == 1
    index.close()


@pytest.mark.parametrize("opened", STORED, indirect=True)
def test_a_running_answer_in_a_stored_database_is_recovered(opened):
    [found] = Journal(opened).recover()
    assert found.text == "half an answer"
    assert found.state is MessageState.CUT_OFF


def test_steps_are_run_once_and_in_order():
    connection = apsw.Connection(":memory:")
    register(connection)
    assert migrations.migrate(connection) == migrations.NEWEST
    assert migrations.migrate(connection) == 0
    assert connection.pragma("user_version") == migrations.NEWEST
    connection.close()


def test_a_step_that_fails_is_taken_back_whole():
    def fail(connection):
        connection.execute("CREATE TABLE half (x)")
        raise ZeroDivisionError

    connection = apsw.Connection(":memory:")
    register(connection)
    with pytest.raises(ZeroDivisionError):
        migrations.migrate(connection, [*migrations.STEPS, fail])
    assert connection.pragma("user_version") == migrations.NEWEST
    assert "half" not in {row[1] for row in schema(connection)}
    connection.close()


def test_a_released_step_is_never_edited():
    """A change of the schema is a new step: the tables of version 1 are in people's files."""
    fresh = apsw.Connection(":memory:")
    register(fresh)
    migrations.migrate(fresh, migrations.STEPS[:1])
    stored = apsw.Connection(f"{STORED[0].as_uri()}?immutable=1", flags=0x41)
    register(stored)
    assert schema(stored) == schema(fresh)
    fresh.close()
    stored.close()
