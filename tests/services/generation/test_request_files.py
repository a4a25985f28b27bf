"""What goes along with a request: large pictures smaller, the originals untouched."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from app.core.conversations.attachment import Attachment
from app.core.conversations.conversation import AttachmentPart, Message, Role, TextPart
from app.core.errors import StorageError
from app.services.generation.request_files import Sending
from app.storage.conversations.conversations import ConversationRepository
from app.storage.files.attachments import AttachmentStore
from app.ui.composer.picture_shrinking import shrunk
from tests.ui.composer.test_picture_shrinking import packed, photograph

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def message(*files, role=Role.USER, text="Look"):
    parts = (*(AttachmentPart(file) for file in files), TextPart(text))
    return Message("m", "c", None, role, parts, 1, NOW)


@pytest.fixture
def store(tmp_path):
    return AttachmentStore(tmp_path)


async def test_a_large_picture_is_sent_smaller_and_kept_as_it_was(store):
    large = packed(photograph(3000, 2000), "JPG")
    file = store.add(large, "harbour.jpg")
    threads = []

    def shrink(data, size):
        threads.append(threading.current_thread())
        return shrunk(data, size)

    sending = Sending(store, shrink)
    out = await sending.prepared([message(file)])
    (sent,) = out.messages[0].attachments
    assert (sent.width, sent.height, sent.name) == (2048, 1365, "harbour.jpg")
    assert sent.media_type == "image/jpeg"
    assert out.blobs.keys() == {sent.sha256}
    assert sent.size == len(out.blobs[sent.sha256]) < len(large)
    assert store.read(file.sha256) == large
    assert out.messages[0].text == "Look"
    again = await sending.prepared([message(file)])
    assert again.blobs == out.blobs
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_what_is_small_enough_goes_as_it_is(store):
    small = packed(photograph(300, 200))
    file, notes = store.add(small, "a.png"), store.add(b"Some notes", "notes.txt")
    branch = [message(file, notes)]
    out = await Sending(store, shrunk).prepared(branch)
    assert out.messages[0].attachments == (file, notes)
    assert out.blobs == {file.sha256: small, notes.sha256: b"Some notes"}


async def test_with_no_cap_pictures_go_as_they_are(store):
    large = packed(photograph(3000, 2000), "JPG")
    file = store.add(large, "harbour.jpg")
    out = await Sending(store, shrunk, lambda: 0).prepared([message(file)])
    assert out.blobs == {file.sha256: large}


async def test_a_picture_that_cannot_be_made_smaller_goes_as_it_is(store):
    large = packed(photograph(3000, 2000), "JPG")
    file = store.add(large, "harbour.jpg")
    out = await Sending(store, lambda _data, _size: None).prepared([message(file)])
    assert out.messages[0].attachments == (file,)
    assert out.blobs == {file.sha256: large}


async def test_a_file_that_is_gone_stops_only_the_question_it_belongs_to(store):
    gone = Attachment("ab" * 32, "gone.png", "image/png", 9, 2, 2)
    sending = Sending(store)
    out = await sending.prepared([message(gone), message(role=Role.ASSISTANT), message()])
    assert out.blobs == {}
    with pytest.raises(StorageError, match="no longer there"):
        await sending.prepared([message(), message(role=Role.ASSISTANT), message(gone)])


async def test_messages_are_read_by_the_one_thread_that_may(stage, reopen, tmp_path, monkeypatch):
    """Of a conversation that was opened again most messages are still on the disk."""
    (tmp_path / "notes.txt").write_text("Notes.")
    conversations = stage.services.conversations
    conversations.send("First", [conversations.attach(tmp_path / "notes.txt")])
    stage.provider.end()
    (first,) = await stage.until(stage.services.generation.finished)
    for number in range(3):
        await stage.answered("So.", question=f"Question {number}")
    again = await reopen(stage)
    threads = set()
    read = ConversationRepository.message

    def message(repository, message_id):
        threads.add(threading.current_thread())
        return read(repository, message_id)

    monkeypatch.setattr(ConversationRepository, "message", message)
    again.services.conversations.open(first.conversation_id)
    await again.answered("Yes.", question="And now?")
    assert threads == {threading.main_thread()}


def test_two_questions_at_once_make_a_picture_once(store):
    made = []

    def shrink(data, size):
        made.append(threading.current_thread())
        return shrunk(data, size)

    sending = Sending(store, shrink)
    file = store.add(packed(photograph(3000, 2000), "JPG"), "a.jpg")
    with ThreadPoolExecutor(2) as pool:
        ask = [pool.submit(sending._prepare, [message(file)], 1568) for _ in range(2)]
    first, second = (one.result().blobs for one in ask)
    assert first == second
    assert len(made) == 1
