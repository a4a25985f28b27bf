"""What is opened for a window is closed again, in reverse order, however the start ends."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from app.bootstrap import opened_core
from app.core.errors import StorageError
from app.paths import Folders, folders
from app.settings.file import SettingsFile
from app.storage.database.database import Database
from app.ui.theme import Theme
from app.ui.window.main_window import MainWindow
from app.window_session import opened_session


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    """A history that opens, but whose messages cannot be read: its services cannot be made."""
    made = folders(tmp_path)
    Database.open(made.database).close()
    connection = apsw.Connection(str(made.database))
    connection.execute("ALTER TABLE message RENAME COLUMN parts TO party")
    connection.close()
    return made


def open_files(path: Path) -> list[str]:
    """The files of a database that this process holds open."""
    names = [os.readlink(entry) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
    return [name for name in names if name.startswith(str(path))]


@pytest.fixture
def window(qapp, places):
    made = MainWindow(Theme(), SettingsFile(places.settings).value)
    yield made
    made.close_now()


async def test_a_start_that_fails_leaves_nothing_open(window, places):
    with pytest.raises(StorageError) as failure:  # it holds what failed, as its dialog does
        async with opened_session(window, places, SettingsFile(places.settings)):
            pass
    assert open_files(places.database) == [], failure


async def test_a_command_that_fails_to_start_leaves_nothing_open(places):
    with pytest.raises(StorageError) as failure:
        async with opened_core(places, recover=True):
            pass
    assert open_files(places.database) == [], failure
