"""A real database in a folder of its own."""

import pytest

from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "facet.db"


@pytest.fixture
def database(path):
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture
def repository(database):
    return ConversationRepository(database)
