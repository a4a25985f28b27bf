import pytest

from app.core.conversations.attachment import Attachment
from app.storage.conversations.drafts import Draft, DraftRepository


@pytest.fixture
def drafts(database):
    return DraftRepository(database)


def test_there_is_no_draft_at_first(drafts):
    assert drafts.draft("") == Draft("", ())


def test_a_draft_comes_back_with_its_attachments(drafts):
    picture = Attachment("ab" * 32, "cat.png", "image/png", 9, 1, 2)
    draft = Draft("Half a sent\u00e9nce", (picture, Attachment("cd" * 32, "b", "text/plain", 3)))
    drafts.keep("one", draft).result()
    drafts.keep("", Draft("new")).result()
    assert drafts.draft("one") == draft
    assert drafts.draft("") == Draft("new")


def test_an_empty_draft_is_removed(database, drafts):
    drafts.keep("one", Draft("text")).result()
    drafts.keep("one", Draft("")).result()
    assert drafts.draft("one") == Draft()
    assert database.reader.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_half_a_letter_is_stored_as_far_as_it_is(drafts):
    drafts.keep("one", Draft("a\ud83d")).result()
    assert drafts.draft("one").text == "a\ufffd"
