import asyncio
import os
import resource
import sqlite3
import threading
from contextlib import contextmanager
from hashlib import sha256

import apsw
import pytest

from app.core.errors import DatabaseTooNewError, DatabaseUnusableError, StorageError
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database import database as module
from app.storage.database import database_probe, migrations
from app.storage.database.database import Database, check_sqlite
from app.storage.database.database_probe import marker
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import conversation, message, run_python, start_python


def filled(path, count=3):
    """A closed database with one conversation, and its messages."""
    database = Database.open(path)
    owner = conversation()
    repository = ConversationRepository(database)
    messages = [message(owner, f"word{n} " * 50, sequence=n) for n in range(1, count + 1)]
    for each in messages:
        repository.append(each, conversation=owner).result()
    database.close()
    return owner, messages


def digest(path):
    return sha256(path.read_bytes()).hexdigest()


def with_log(path):
    """Leaves a message in the log alone, as a kill does; returns its conversation."""
    code = """
import os, sys
from pathlib import Path
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database
from tests.storage.samples import conversation, message
owner = conversation()
repository = ConversationRepository(Database.open(Path(sys.argv[1])))
repository.append(message(owner, "only in the log"), conversation=owner).result()
print(owner.id, flush=True)
os._exit(0)
"""
    owner = run_python(code, path).stdout.strip()
    assert path.with_name("facet.db-wal").stat().st_size > 0
    return owner


def test_a_new_database_is_made_whole_and_for_the_user_alone(path):
    database = Database.open(path)
    assert not database.is_read_only
    assert database.read_only_reason == ""
    reader = database.reader
    assert reader.pragma("application_id") == database_probe.APPLICATION_ID
    assert reader.pragma("user_version") == migrations.NEWEST
    assert reader.pragma("journal_mode") == "wal"
    for name in ("facet.db", "facet.db-wal"):
        assert path.with_name(name).stat().st_mode & 0o077 == 0
    database.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["facet.db", "facet.db.known"]


def test_every_table_is_strict(database):
    tables = database.reader.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        " AND name NOT LIKE 'message_search%' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    assert {"conversation", "ledger", "tool", "lesson", "live_list"} <= {row[0] for row in tables}
    assert all(strict for _name, strict in tables)


def test_what_was_written_is_there_after_opening_again(path):
    owner, messages = filled(path)
    database = Database.open(path, expect_existing=True)
    assert ConversationRepository(database).messages(owner.id) == messages
    database.close()


def test_a_write_returns_what_the_work_returned(database):
    assert database.write(lambda _writer: 42).result() == 42


def test_writes_run_on_one_thread_in_their_order(database):
    seen = []
    futures = [
        database.write(lambda _writer, n=n: seen.append((n, threading.get_ident())))
        for n in range(50)
    ]
    for future in futures:
        future.result()
    assert [n for n, _thread in seen] == list(range(50))
    assert len({thread for _n, thread in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_a_failed_write_changes_nothing(database, repository):
    owner = conversation()

    def work(writer):
        writer.execute("DELETE FROM conversation")
        raise ValueError("a bug")

    repository.create(owner).result()
    with pytest.raises(ValueError, match="a bug"):
        database.write(work).result()
    assert repository.conversation(owner.id) == owner


def test_what_the_user_did_waits_for_the_disk_and_the_journal_does_not(database):
    def synchronous(writer):
        return writer.pragma("synchronous")

    assert database.write(synchronous).result() == 2  # FULL
    assert database.write(synchronous, durable=False).result() == 1  # NORMAL
    assert database.write(synchronous).result() == 2


async def test_a_write_nobody_waits_for_any_more_is_done_all_the_same(database, repository):
    release = threading.Event()
    database.write(lambda _writer: release.wait(10))
    owner = conversation()
    waiting = asyncio.wrap_future(repository.append(message(owner, "kept"), conversation=owner))
    waiting.cancel()
    release.set()
    await asyncio.wrap_future(database.write(lambda _writer: None))
    assert [found.text for found in repository.messages(owner.id)] == ["kept"]


def test_closing_finishes_what_is_queued_and_then_refuses(path):
    database = Database.open(path)
    repository = ConversationRepository(database)
    futures = [repository.create(conversation()) for _ in range(20)]
    database.close()
    database.close()
    assert all(future.done() and future.exception() is None for future in futures)
    with pytest.raises(StorageError, match="closed"):
        repository.create(conversation()).result()


def test_a_long_read_has_a_connection_of_its_own(database, repository):
    reader = database.new_reader()
    repository.create(conversation()).result()
    assert reader.execute("SELECT count(*) FROM conversation").fetchone() == (1,)
    with pytest.raises(apsw.ReadOnlyError):
        reader.execute("DELETE FROM conversation")
    reader.close()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"hello" * 2000, "not a database"),
        (b"SQLite format 3\0", "not a database"),
    ],
)
def test_a_file_that_is_no_database_is_left_as_it_is(path, content, says):
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusableError, match=says) as caught:
        Database.open(path)
    assert caught.value.hint
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["facet.db"]


def test_a_database_of_another_program_is_left_as_it_is(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE thing (name)")
    other.close()
    before = digest(path)
    with pytest.raises(DatabaseUnusableError, match="another program"):
        Database.open(path)
    assert digest(path) == before


def test_a_folder_in_its_place_is_an_error(path):
    path.mkdir()
    with pytest.raises(DatabaseUnusableError, match="cannot be read"):
        Database.open(path)


def test_half_a_database_is_left_as_it_is(path):
    filled(path, 200)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatabaseUnusableError, match="missing"):
        Database.open(path)
    assert path.read_bytes() == whole[: len(whole) // 2]


@pytest.mark.parametrize("page", [0, 1])
def test_a_zeroed_page_never_ends_in_something_else_than_an_error(path, page):
    filled(path)
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18])
    start = 100 if page == 0 else page * size
    data[start : (page + 1) * size] = bytes((page + 1) * size - start)
    path.write_bytes(data)
    with pytest.raises(DatabaseUnusableError) as caught:
        Database.open(path)
    assert caught.value.hint
    assert path.read_bytes() == data


def test_a_missing_table_is_damage_and_not_a_bug(path):
    filled(path)
    raw = apsw.Connection(str(path))
    raw.execute("DROP TABLE draft")
    raw.close()
    before = digest(path)
    with pytest.raises(DatabaseUnusableError, match="lacks"):
        Database.open(path)
    assert digest(path) == before


def test_a_missing_database_is_not_replaced_by_an_empty_one(path):
    filled(path)
    path.rename(path.with_name("elsewhere.db"))
    with pytest.raises(DatabaseUnusableError, match="missing") as caught:
        Database.open(path)
    assert marker(path).name in caught.value.hint
    assert not path.exists()
    marker(path).unlink()
    Database.open(path).close()
    assert path.exists()


def test_an_expected_database_is_not_made(path):
    with pytest.raises(DatabaseUnusableError, match="missing"):
        Database.open(path, expect_existing=True)
    assert not path.exists()


def make_newer(path):
    raw = apsw.Connection(str(path))
    raw.pragma("user_version", 999)
    raw.close()


def test_a_newer_database_opens_read_only_and_stays_as_it_is(path):
    owner, messages = filled(path)
    make_newer(path)
    before = digest(path)
    database = Database.open(path)
    assert database.is_read_only
    assert "newer Facet" in database.read_only_reason
    repository = ConversationRepository(database)
    assert repository.messages(owner.id) == messages
    with pytest.raises(DatabaseUnusableError, match="only be read") as caught:
        repository.create(conversation()).result()
    assert caught.value.hint == database.read_only_reason
    database.close()
    assert digest(path) == before


def test_a_newer_database_that_cannot_be_read_says_so(path):
    filled(path)
    raw = apsw.Connection(str(path))
    raw.execute("DROP TABLE ledger")
    raw.close()
    make_newer(path)
    before = digest(path)
    with pytest.raises(DatabaseTooNewError):
        Database.open(path)
    assert digest(path) == before


def test_a_newer_version_in_the_log_alone_counts(path):
    code = """
import os, sys, apsw
raw = apsw.Connection(sys.argv[1])
raw.pragma("user_version", 999)
os._exit(0)
"""
    filled(path)
    run_python(code, path)
    assert path.with_name("facet.db-wal").stat().st_size > 0
    database = Database.open(path)
    assert database.is_read_only
    database.close()


def test_the_log_of_a_killed_program_is_read(path):
    owner = with_log(path)
    database = Database.open(path)
    [found] = ConversationRepository(database).messages(owner)
    assert found.text == "only in the log"
    database.close()


_READ = """
import os, sys
from pathlib import Path
import apsw.fts5
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import conversation
from app.core.errors import DatabaseUnusableError
if os.getuid() == 0:
    os.setuid(65534)  # after the imports, which nobody else may be allowed to read
try:
    database = Database.open(Path(sys.argv[1]))
except DatabaseUnusableError as error:
    sys.exit(f"{error} | {error.hint}")
repository = ConversationRepository(database)
print(database.read_only_reason)
for line in repository.summaries():
    print(len(repository.messages(line.id)), len(SearchIndex(database).find("word1")))
try:
    repository.create(conversation()).result()
except DatabaseUnusableError as error:
    print(error)
"""


@pytest.fixture
def open_to_all(path):
    """Lets a user who may not write reach the folder: root is held back by no rights."""
    folders = [path.parent, *path.parent.parents]
    opened = [
        f for f in folders if f.stat().st_uid == os.getuid() and f.stat().st_mode & 0o005 != 5
    ]
    modes = [(folder, folder.stat().st_mode) for folder in opened]
    for folder in opened:
        folder.chmod(folder.stat().st_mode | 0o755)
    yield
    for folder, mode in modes:
        folder.chmod(mode)


@pytest.mark.usefixtures("open_to_all")
def test_a_folder_that_may_not_be_written_can_be_read(path):
    filled(path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    before = digest(path)
    done = run_python(_READ, path)
    path.parent.chmod(0o755)
    assert done.stdout.splitlines()[0].startswith("The conversations can only be read")
    assert done.stdout.splitlines()[1:] == [
        "3 1",
        "This was not saved: the conversations can only be read.",
    ]
    assert digest(path) == before


@pytest.mark.usefixtures("open_to_all")
def test_a_file_that_may_not_be_read_says_what_to_check(path):
    filled(path)
    path.chmod(0o000)
    done = run_python(_READ, path)
    assert done.returncode == 1
    assert "cannot be read: Permission denied" in done.stderr
    assert str(path) in done.stderr


def test_an_older_database_that_cannot_be_brought_up_to_date_says_so(path, monkeypatch):
    filled(path)
    monkeypatch.setattr(database_probe.os, "access", lambda *_arguments: False)
    monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
    with pytest.raises(DatabaseUnusableError, match="older Facet"):
        Database.open(path)


def test_a_held_lock_ends_in_an_error_and_its_release_in_success(path, monkeypatch):
    filled(path)
    monkeypatch.setattr(database_probe, "BUSY_MS", 50)
    code = """
import sys, apsw
raw = apsw.Connection(sys.argv[1])
raw.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
raw.execute("COMMIT")
print("released", flush=True)
sys.stdin.readline()
"""
    database = Database.open(path)
    repository = ConversationRepository(database)
    with start_python(code, path) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(DatabaseUnusableError, match="Another program") as caught:
            repository.create(conversation()).result()
        assert caught.value.hint
        assert len(repository.summaries()) == 1
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "released\n"
        repository.create(conversation()).result()
        assert len(repository.summaries()) == 2
    database.close()


def test_a_database_another_program_keeps_to_itself_is_an_error(path, monkeypatch):
    filled(path)
    monkeypatch.setattr(database_probe, "BUSY_MS", 50)
    code = """
import sys, apsw
raw = apsw.Connection(sys.argv[1])
raw.pragma("locking_mode", "exclusive")
raw.execute("BEGIN IMMEDIATE; UPDATE conversation SET title = 'x'; COMMIT")
print("held", flush=True)
sys.stdin.readline()
"""
    with start_python(code, path) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(DatabaseUnusableError, match="Another program"):
            Database.open(path)
    database = Database.open(path)
    assert not database.is_read_only
    database.close()


def test_a_full_disk_refuses_the_write_and_keeps_the_rest(database, repository):
    owner = conversation()
    repository.append(message(owner), conversation=owner).result()

    def limit(pages):
        return lambda writer: writer.pragma("max_page_count", pages)

    database.write(limit(database.reader.pragma("page_count"))).result()
    with pytest.raises(DatabaseUnusableError, match="disk is full") as caught:
        repository.append(message(owner, "x" * 100_000, sequence=2)).result()
    assert "Free some space" in caught.value.hint
    assert [found.text for found in repository.messages(owner.id)] == ["Hello"]
    database.write(limit(1_000_000)).result()
    repository.append(message(owner, "x" * 100_000, sequence=2)).result()
    assert len(repository.messages(owner.id)) == 2


_NO_SPACE = """
import resource, sys
from pathlib import Path
from app.core.errors import StorageError
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database
from app.storage.search.search_index import SearchIndex
from tests.storage.samples import conversation, message
path = Path(sys.argv[1])
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
database = Database.open(path)
repository = ConversationRepository(database)
print(bool(database.read_only_reason))
owner = conversation()
try:
    repository.append(message(owner, "y" * 900_000), conversation=owner).result()
    print("stored")
except StorageError as error:
    print(error)
for line in repository.summaries():
    print(len(repository.messages(line.id)), len(SearchIndex(database).find("word1")))
database.close()
"""


@pytest.mark.parametrize("limit", [0, 8192, 300_000])
def test_where_files_may_not_grow_everything_stored_can_still_be_read(path, limit):
    filled(path)
    before = digest(path)
    done = run_python(_NO_SPACE, path, limit)
    is_read_only, refusal, *rest = done.stdout.splitlines()
    assert is_read_only == str(limit < 32768)  # the index of the log takes 32 KiB
    assert "not" in refusal
    assert rest == ["3 1"]
    if limit < 32768:
        assert digest(path) == before
    database = Database.open(path)
    assert len(ConversationRepository(database).summaries()) == 1
    database.close()


def test_where_files_may_not_grow_the_log_of_a_killed_program_is_read_too(path):
    filled(path)
    with_log(path)
    log = path.with_name("facet.db-wal")
    path.with_name("facet.db-shm").unlink()
    before = digest(path), digest(log)
    done = run_python(_NO_SPACE, path, 0)
    is_read_only, _refusal, *rest = done.stdout.splitlines()
    assert is_read_only == "True"
    assert sorted(rest) == ["1 1", "3 1"]  # the search looks through all
    assert (digest(path), digest(log)) == before


@contextmanager
def no_growing_files():
    """In this process too: what a full disk refuses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_database_opened_on_a_full_disk_is_told_why_it_can_only_be_read(path):
    owner, messages = filled(path)
    with no_growing_files():
        database = Database.open(path)
    assert "the disk is full" in database.read_only_reason
    assert ConversationRepository(database).messages(owner.id) == messages
    database.close()


def test_a_long_read_on_a_full_disk_sees_the_log_of_a_killed_program(path):
    owner = with_log(path)
    path.with_name("facet.db-shm").unlink()
    with no_growing_files():
        database = Database.open(path)
    index = SearchIndex(database)
    assert [hit.conversation_id for hit in index.find("only in the log")] == [owner]
    index.close()
    assert database.problems() == []
    database.close()


def test_no_database_can_be_made_where_files_may_not_grow(path):
    done = run_python(_NO_SPACE, path, 0)
    assert "DatabaseUnusableError" in done.stderr
    assert not path.exists()
    assert not marker(path).exists()


def test_no_database_can_be_made_in_a_missing_folder(tmp_path):
    with pytest.raises(DatabaseUnusableError, match="No such file") as caught:
        Database.open(tmp_path / "missing" / "facet.db")
    assert "--profile" in caught.value.hint


def test_an_sqlite_that_corrupts_is_refused(path, monkeypatch):
    monkeypatch.setattr(module, "MINIMUM_SQLITE", (99, 0, 0))
    with pytest.raises(DatabaseUnusableError, match="too old"):
        Database.open(path)
    assert not path.exists()
    monkeypatch.undo()
    check_sqlite()
    assert module.MINIMUM_SQLITE == (3, 51, 3)


def test_problems_are_none_in_a_sound_database(database, repository):
    owner = conversation()
    repository.append(message(owner), conversation=owner).result()
    assert database.problems() == []
    assert database.sqlite_version == apsw.sqlite_lib_version()


def test_problems_name_a_changed_message_and_a_broken_index(database, repository):
    owner = conversation()
    changed = message(owner)
    repository.append(changed, conversation=owner).result()
    database.write(
        lambda writer: writer.execute("UPDATE message SET parts = replace(parts, 'Hello', 'Hallo')")
    ).result()
    assert database.problems() == [f"The message {changed.id} is not as it was written."]


def test_problems_of_a_file_that_cannot_be_read_are_told(path):
    filled(path, 200)
    database = Database.open(path)
    data = bytearray(path.read_bytes())
    data[-8192:] = b"\xff" * 8192
    path.write_bytes(data)
    assert database.problems() != []
    database.close()


def test_single_flipped_bits_never_crash_and_changed_texts_are_found(path, tmp_path):
    owner, messages = filled(path, 20)
    whole = path.read_bytes()
    wanted = {each.id: each for each in messages}
    for step in range(150):
        data = bytearray(whole)
        place = 100 + (step * 7919 * 13) % (len(data) - 100)
        data[place] ^= 1 << (step % 8)
        path.write_bytes(data)
        try:
            database = Database.open(path)
        except StorageError:
            assert path.read_bytes() == data
            continue
        repository = ConversationRepository(database)
        try:
            found = repository.messages(owner.id)
            damaged = repository.verify_idle()
            SearchIndex(database).find("word1")
        except StorageError:
            continue
        finally:
            database.close()
        for each in found:
            if each == wanted.get(each.id):
                assert each.id not in damaged
                continue
            assert each.provenance.fault.kind == "damaged"
            is_hit_in_the_index_alone = each.conversation_id != owner.id
            assert each.id in damaged or is_hit_in_the_index_alone
