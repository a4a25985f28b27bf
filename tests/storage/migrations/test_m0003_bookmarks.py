import shutil
from pathlib import Path

from app.storage.bookmarks import BookmarkRepository
from app.storage.conversations import ConversationRepository
from app.storage.database import Database

DATABASES = Path(__file__).parents[2] / "data" / "databases"


def test_conversations_read_before_the_step_open_at_their_end(tmp_path):
    shutil.copy(DATABASES / "version-2.db", tmp_path / "facet.db")
    database = Database.open(tmp_path / "facet.db", expect_existing=True)
    for summary in ConversationRepository(database).summaries():
        assert BookmarkRepository(database).bookmark(summary.id) is None
    database.close()
