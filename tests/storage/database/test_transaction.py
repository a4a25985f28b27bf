"""A transaction: all or nothing, and the connection is free again."""

import apsw
import pytest

from app.storage.database.transaction import transaction


@pytest.fixture
def writer():
    with apsw.Connection(":memory:") as connection:
        connection.execute("CREATE TABLE word (text TEXT UNIQUE ON CONFLICT ROLLBACK)")
    yield connection
    connection.close()


def words(connection):
    return [text for (text,) in connection.execute("SELECT text FROM word")]


def test_what_was_done_is_kept(writer):
    with transaction(writer):
        writer.execute("INSERT INTO word VALUES ('one')")
    assert (words(writer), writer.in_transaction) == (["one"], False)


def insert_twice(writer, raised=None):
    with transaction(writer):
        writer.execute("INSERT INTO word VALUES ('one')")
        if raised:
            raise raised
        writer.execute("INSERT INTO word VALUES ('one')")


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt])
def test_whatever_is_raised_undoes_all_and_is_passed_on(writer, kind):
    with pytest.raises(kind):
        insert_twice(writer, kind)
    assert (words(writer), writer.in_transaction) == ([], False)


def test_an_error_after_which_sqlite_rolled_back_itself_is_passed_on(writer):
    with pytest.raises(apsw.ConstraintError):
        insert_twice(writer)
    assert (words(writer), writer.in_transaction) == ([], False)
