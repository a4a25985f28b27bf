import pytest

from app.core.conversations.bookmark import Bookmark
from app.storage.conversations.bookmarks import BookmarkRepository
from tests.storage.samples import conversation


@pytest.fixture
def bookmarks(database):
    return BookmarkRepository(database)


@pytest.fixture
def owner(repository):
    stored = conversation()
    repository.create(stored).result()
    return stored


def test_the_last_place_counts(bookmarks, owner):
    assert bookmarks.bookmark(owner.id) is None
    bookmarks.keep(owner.id, Bookmark("m1", 2, -30)).result()
    bookmarks.keep(owner.id, Bookmark("m2", -1, 8)).result()
    assert bookmarks.bookmark(owner.id) == Bookmark("m2", -1, 8)
    bookmarks.keep(owner.id, None).result()
    assert bookmarks.bookmark(owner.id) is None


def test_a_conversation_that_is_not_stored_has_no_place(bookmarks):
    bookmarks.keep("unknown", Bookmark("m1", 0, 0)).result()
    assert bookmarks.bookmark("unknown") is None


def test_a_place_beyond_all_measure_is_kept_within_it(bookmarks, owner):
    bookmarks.keep(owner.id, Bookmark("m", 1 << 70, -(1 << 70))).result()
    assert bookmarks.bookmark(owner.id) == Bookmark("m", 1_000_000, -1_000_000)
