import logging

import pytest

from app.core.errors import DatabaseUnusableError
from app.storage.database import migrations
from app.storage.database.database import Database
from app.storage.database.database_probe import examine, marker, remember, was_known
from tests.storage.samples import start_python


def test_a_missing_file_is_not_there(path):
    found = examine(path)
    assert not found.exists
    assert not was_known(path)


def test_looking_changes_and_makes_nothing(path):
    Database.open(path).close()
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    found = examine(path)
    assert found.exists
    assert found.is_writable
    assert not found.has_log
    assert found.version == migrations.NEWEST
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_log_with_content_is_seen(database, path):
    database.write(lambda writer: writer.execute("DELETE FROM draft")).result()
    assert examine(path).has_log


def test_the_log_of_a_database_that_cannot_be_read_along_costs_no_error(path, database):
    database.write(lambda writer: writer.execute("DELETE FROM draft")).result()
    copy = path.parent / "copies"
    copy.mkdir()
    (copy / "facet.db").write_bytes(path.read_bytes())
    (copy / "facet.db-wal").write_bytes(path.with_name("facet.db-wal").read_bytes())
    (copy / "facet.db-shm").mkdir()  # the index of the log cannot be made
    assert examine(copy / "facet.db").version in (0, migrations.NEWEST)


def test_a_database_is_remembered_once(path):
    remember(path)
    written = marker(path).read_text(encoding="utf-8")
    marker(path).write_text("kept", encoding="utf-8")
    remember(path)
    assert "Facet" in written
    assert marker(path).read_text(encoding="utf-8") == "kept"


def test_a_disk_that_takes_no_note_costs_the_note_alone(tmp_path, caplog):
    with caplog.at_level(logging.WARNING, "storage"):
        remember(tmp_path / "missing" / "facet.db")
    assert "no marker" in caplog.text


def test_a_schema_without_tables_is_damage(path):
    database = Database.open(path)
    database.write(lambda writer: writer.execute("DROP TABLE journal")).result()
    database.close()
    with pytest.raises(DatabaseUnusableError, match="lacks"):
        examine(path)


_WRITES = """
import sys
from pathlib import Path
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database
from tests.storage.samples import conversation
for number in range(60):
    database = Database.open(Path(sys.argv[1]))
    ConversationRepository(database).create(conversation("many words " * 400)).result()
    database.close()
"""


def test_a_database_that_another_program_writes_to_is_not_called_damaged(path):
    Database.open(path).close()
    with start_python(_WRITES, path) as program:
        while program.poll() is None:
            assert examine(path).exists
