import shutil
from pathlib import Path

from app.storage.conversations.bookmarks import BookmarkRepository
from app.storage.conversations.conversations import ConversationRepository
from app.storage.database.database import Database

DATABASES = Path(__file__).parents[3] / "data" / "databases"


def test_conversations_read_before_the_step_open_at_their_end(tmp_path):
    shutil.copy(DATABASES / "version-2.db", tmp_path / "facet.db")
    database = Database.open(tmp_path / "facet.db", expect_existing=True)
    for summary in ConversationRepository(database).summaries():
        assert BookmarkRepository(database).bookmark(summary.id) is None
    database.close()
