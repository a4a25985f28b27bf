import os

import apsw
import pytest

from app.core.errors import DatabaseUnusableError
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database import creation, migrations
from app.storage.database.creation import create, keep_copy
from app.storage.database.database import Database
from app.storage.database.file_lock import FileLock
from tests.storage.samples import conversation, run_python, start_python


def add_column(connection):
    connection.execute("ALTER TABLE conversation ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")


def fail(connection):
    connection.execute("ALTER TABLE conversation ADD COLUMN shade TEXT")
    raise ZeroDivisionError


@pytest.fixture
def stored(path):
    database = Database.open(path)
    owner = conversation()
    ConversationRepository(database).create(owner).result()
    database.close()
    return owner


def use_steps(monkeypatch, *more):
    steps = (*migrations.STEPS, *more)
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "NEWEST", len(steps))


def version_of(path):
    connection = apsw.Connection(str(path))
    version = connection.pragma("user_version")
    connection.close()
    return version


def test_an_older_database_is_brought_up_to_date_after_a_copy(path, stored, monkeypatch):
    version = migrations.NEWEST
    use_steps(monkeypatch, add_column)
    database = Database.open(path)
    assert database.reader.execute("SELECT id, colour FROM conversation").fetchall() == [
        (stored.id, "blue")
    ]
    database.close()
    assert version_of(path) == version + 1
    kept = path.with_name(f"facet-version-{version}.db")
    assert version_of(kept) == version
    assert kept.stat().st_mode & 0o077 == 0
    copy = apsw.Connection(str(kept))
    assert copy.execute("SELECT id FROM conversation").fetchall() == [(stored.id,)]
    copy.close()


def test_a_failed_step_leaves_the_old_schema_and_the_copy(path, stored, monkeypatch):
    version = migrations.NEWEST
    use_steps(monkeypatch, add_column, fail)
    with pytest.raises(ZeroDivisionError):
        Database.open(path)
    assert version_of(path) == version + 1
    assert path.with_name(f"facet-version-{version}.db").exists()


def test_a_kept_copy_is_never_replaced(path, stored, monkeypatch):
    taken = path.with_name(f"facet-version-{migrations.NEWEST}.db")
    taken.write_bytes(b"an earlier copy")
    use_steps(monkeypatch, add_column)
    Database.open(path).close()
    assert taken.read_bytes() == b"an earlier copy"
    assert taken.with_name(f"{taken.stem}-2.db").exists()


def test_a_program_killed_inside_a_step_leaves_the_old_database(path, stored):
    version = migrations.NEWEST
    code = """
import os, sys
from pathlib import Path
from app.storage.database import migrations
from app.storage.database.database import Database
def killed(connection):
    connection.execute("ALTER TABLE conversation ADD COLUMN shade TEXT")
    os._exit(9)
migrations.STEPS = (*migrations.STEPS, killed)
migrations.NEWEST += 1
Database.open(Path(sys.argv[1]))
"""
    assert run_python(code, path).returncode == 9
    database = Database.open(path)
    assert ConversationRepository(database).conversation(stored.id) == stored
    database.close()
    assert version_of(path) == version


def test_a_copy_holds_what_is_still_in_the_log(database, repository, tmp_path):
    owner = conversation()
    repository.create(owner).result()
    kept = tmp_path / "kept.db"
    keep_copy(database.reader, kept)
    copy = apsw.Connection(str(kept))
    assert copy.execute("SELECT id FROM conversation").fetchall() == [(owner.id,)]
    copy.close()
    assert [file.name for file in tmp_path.glob("*.new*")] == []


def test_making_never_replaces_a_file_that_appeared_meanwhile(path):
    path.write_bytes(b"somebody else's")
    create(path)
    assert path.read_bytes() == b"somebody else's"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_leftovers_of_a_killed_making_are_cleared_away(path):
    path.with_name("facet.db.new").write_bytes(b"half")
    path.with_name("facet.db.new-journal").write_bytes(b"half")
    path.with_name("facet.db.k3j_x1.new").write_bytes(b"half")
    path.with_name("facet.db.k3j_x1.new-journal").write_bytes(b"half")
    Database.open(path).close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["facet.db", "facet.db.known"]


def test_a_file_system_without_links_gets_its_database_too(path, monkeypatch):
    def refuse(*_arguments):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    create(path)
    assert version_of(path) == migrations.NEWEST


def test_a_place_that_takes_no_file_is_an_error(tmp_path):
    blocked = tmp_path / "folder"
    blocked.write_bytes(b"no folder")
    with pytest.raises(DatabaseUnusableError, match="No database can be made"):
        create(blocked / "facet.db")


_ASKS = """
import sys
from pathlib import Path
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database import creation, migrations
from app.storage.database.database import Database
from tests.storage.samples import conversation
def slowly(connection):
    connection.execute("CREATE TABLE slow (n)")
    connection.executemany("INSERT INTO slow VALUES (?)", ((n,) for n in range(20000)))
if "--step" in sys.argv:
    migrations.STEPS = (*migrations.STEPS, slowly)
    migrations.NEWEST += 1
print("ready", flush=True)
sys.stdin.readline()
database = Database.open(Path(sys.argv[1]))
print(database.read_only_reason, flush=True)
ConversationRepository(database).create(conversation(sys.argv[2])).result()
database.close()
print("stored", flush=True)
"""


def store_at_once(path, *options):
    """Eight programs open one database at the same moment and store a title each; what they say."""
    titles = [f"title {number}" for number in range(8)]
    programs = [start_python(_ASKS, path, title, *options) for title in titles]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    said = [program.communicate(timeout=100)[0] for program in programs]
    database = Database.open(path)
    rows = database.reader.execute("SELECT title FROM conversation ORDER BY title").fetchall()
    database.close()
    assert [title for (title,) in rows if title in titles] == titles
    return said


def test_programs_that_start_at_once_on_a_new_folder_share_one_database(path):
    for number in range(3):
        place = path.parent / str(number) / path.name
        place.parent.mkdir()
        assert store_at_once(place) == ["\nstored\n"] * 8
        assert sorted(file.name for file in place.parent.iterdir()) == [
            "facet.db",
            "facet.db.known",
        ]


def test_programs_that_start_at_once_on_an_older_database_bring_it_up_to_date_once(
    path, stored, monkeypatch
):
    version = migrations.NEWEST
    use_steps(monkeypatch, add_column)
    assert store_at_once(path, "--step") == ["\nstored\n"] * 8
    assert version_of(path) == version + 1
    assert sorted(file.name for file in path.parent.iterdir()) == [
        f"facet-version-{version}.db",
        "facet.db",
        "facet.db.known",
    ]


def test_a_program_waits_while_another_makes_the_database(path):
    other = FileLock(creation.lock_of(path))
    assert other.acquire()
    with start_python(_ASKS, path, "waited") as program:
        assert program.stdout.readline() == "ready\n"
        program.stdin.write("\n")
        program.stdin.flush()
        create(path)
        other.release()
        assert program.communicate(timeout=100)[0] == "\nstored\n"


def test_a_program_that_makes_the_database_for_ever_is_named(path, monkeypatch):
    monkeypatch.setattr(creation, "PATIENCE", 0.1)
    other = FileLock(creation.lock_of(path))
    assert other.acquire()
    with pytest.raises(DatabaseUnusableError, match="Another Facet is making"):
        Database.open(path)
    other.release()
    Database.open(path).close()
