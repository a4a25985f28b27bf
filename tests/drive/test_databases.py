"""Databases that cannot be used: a start that says so and changes not one byte."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.storage.database.database import Database
from tests.drive.facet import run


def database(profile: Path) -> Path:
    folder = profile / "data"
    folder.mkdir(parents=True)
    return folder / "facet.db"


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipe (title TEXT)")
        other.commit()


def make_text(path: Path) -> None:
    path.write_text("Dear diary, " * 1000)


def make_half(path: Path) -> None:
    Database.open(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("make", [make_empty, make_foreign, make_text, make_half])
def test_a_database_that_is_not_ours_is_named_and_left_alone(start, profile, make):
    path = database(profile)
    make(path)
    before = path.read_bytes()
    facet = start().shown("cannot start")
    assert path.read_bytes() == before
    facet.key("Return")
    assert facet.process.wait(5) == 1
    assert facet.complaints == ""
    assert path.read_bytes() == before


def test_conversations_of_a_newer_facet_can_be_read_and_are_not_changed(start, profile):
    assert run(profile, "ask", "Which colours has the sea?").returncode == 0
    path = profile / "data" / "facet.db"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 999")
        newer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        newer.execute("PRAGMA journal_mode = DELETE")
    before = path.read_bytes()
    facet = start().shown("Facet")
    facet.key("ctrl+1")
    facet.until(lambda: "colours" in facet.title(), "the conversation can be read")
    facet.type("May I?")
    facet.key("Return")
    facet.quit()
    assert path.read_bytes() == before
