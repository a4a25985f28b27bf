"""Large files taken in beside the window."""

import asyncio
import threading

from app.core.errors import StorageError
from app.services.files.attaching import LARGE, is_large
from app.storage.files.pictures import picture_size
from tests.ui.composer.test_picture_shrinking import packed, photograph


async def test_a_picture_comes_with_a_small_one(stage):
    attaching = stage.services.attaching
    large = packed(photograph(3000, 2000), "JPG")
    attaching.take([(large, "harbour.jpg")], "here")
    word, attachment, small = await stage.until(attaching.taken)
    assert (word, attachment.name, attachment.width) == ("here", "harbour.jpg", 3000)
    assert picture_size(small) == (320, 213)
    assert stage.services.conversations.file_bytes(attachment.sha256) == large


async def test_a_file_is_read_in_another_thread_and_the_refused_one_told(stage, tmp_path):
    attaching, notices = stage.services.attaching, stage.services.notices
    threads = []
    add_file = attaching._store.add_file

    def add(path):
        threads.append(threading.current_thread())
        return add_file(path)

    attaching._store.add_file = add
    (tmp_path / "bad.bin").write_bytes(b"\0" * LARGE)
    (tmp_path / "good.txt").write_bytes(b"a" * LARGE)
    said = []
    notices.raised.connect(said.append)
    notices.release()
    attaching.take([tmp_path / "bad.bin", tmp_path / "good.txt"], "here")
    _, attachment, small = await stage.until(attaching.taken)
    assert (attachment.name, small) == ("good.txt", b"")
    assert ["bad.bin is of a kind" in notice.text for notice in said] == [True]
    assert threading.main_thread() not in threads


def test_what_is_large_and_what_is_not(tmp_path):
    (tmp_path / "large").write_bytes(b"a" * LARGE)
    (tmp_path / "small").write_bytes(b"a")
    assert is_large(tmp_path / "large")
    assert not is_large(tmp_path / "small")
    assert not is_large(tmp_path / "missing")
    assert is_large(b"a" * LARGE)
    assert not is_large(b"a")


async def test_a_picture_is_made_smaller_in_a_thread(stage):
    made = asyncio.get_running_loop().create_future()
    attaching = stage.services.attaching
    attaching.shrink_later(packed(photograph(900, 600)), (90, 60), made.set_result)
    assert picture_size(await asyncio.wait_for(made, 10)) == (90, 60)


async def test_work_is_done_beside_and_what_fails_is_told(stage):
    attaching, notices = stage.services.attaching, stage.services.notices
    said, came = [], []
    notices.raised.connect(said.append)
    notices.release()

    def fail():
        raise StorageError("It is gone.")

    attaching.beside(threading.current_thread, came.append)
    attaching.beside(fail, came.append)
    while stage.services.scope._all:
        await asyncio.wait(list(stage.services.scope._all))
    assert came[0] is not threading.main_thread()
    assert ["It is gone." in notice.text for notice in said] == [True]
    assert len(came) == 1
