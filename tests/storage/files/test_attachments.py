import os
import tracemalloc
import zlib

import pytest

from app.core.errors import StorageError, TransferError
from app.storage.files.attachments import MAX_BYTES, AttachmentStore, clean_name
from tests.storage.files.test_metadata import jpeg_with
from tests.storage.files.test_pictures import gif, png
from tests.storage.files.test_recordings import mp4, wav


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "attachments"


@pytest.fixture
def store(folder, database):
    return AttachmentStore(folder, database)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_small_ones_go_into_the_database_and_large_ones_beside_it(store, folder, database):
    small = store.add(b"x" * 99_999, "small.txt")
    assert files(folder) == []
    large = store.add(b"y" * 100_000, "large.txt")
    [file] = files(folder)
    assert file.name == large.sha256
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    assert store.read(small.sha256) == b"x" * 99_999
    assert store.read(large.sha256) == b"y" * 100_000
    assert database.reader.execute("SELECT count(*) FROM attachment").fetchone() == (1,)


def test_the_same_bytes_are_kept_once_whatever_their_name(store, folder):
    first, second = (store.add(b"z" * 200_000, name) for name in ("a.txt", "b.txt"))
    assert first.sha256 == second.sha256
    assert len(files(folder)) == 1
    assert {store.add(b"tiny", name).sha256 for name in ("a", "b")} == {
        store.add(b"tiny", "c").sha256
    }


def test_a_store_without_a_database_keeps_files_alone(folder):
    store = AttachmentStore(folder)
    kept = store.add(b"tiny", "a.txt")
    assert len(files(folder)) == 1
    assert store.read(kept.sha256) == b"tiny"


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (png(3, 2), "image/png", (3, 2)),
        (gif(4, 5), "image/gif", (4, 5)),
        (b"%PDF-1.7\n\xff\xfe\x00", "application/pdf", (None, None)),
        ("Grüße".encode(), "text/plain", (None, None)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain", (None, None)),
    ],
)
def test_what_a_file_is_comes_from_its_bytes(store, data, kind, size):
    kept = store.add(data, "misleading.exe")
    assert (kept.media_type, kept.size, (kept.width, kept.height)) == (kind, len(data), size)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "of a kind that cannot"),
        (b"\xff\xfe\xfd", "of a kind that cannot"),
        (b"PK\x03\x04\x00", "of a kind that cannot"),
        (png(30000, 30000), "40 million"),
        (png(0, 0), "not a whole picture"),
        (b"\x89PNG\r\n\x1a\n", "not a whole picture"),
        (b"a" * (MAX_BYTES + 1), "25 MiB"),
    ],
)
def test_what_cannot_be_attached_says_why_and_leaves_nothing(store, folder, data, says):
    with pytest.raises(TransferError, match=says) as caught:
        store.add(data, "thing.bin")
    assert caught.value.hint
    assert "thing.bin" in str(caught.value)
    assert not folder.exists()


def test_a_huge_picture_is_refused_without_being_unpacked(store):
    data = png(30000, 30000) + zlib.compress(bytes(1_000_000))
    tracemalloc.start()
    with pytest.raises(TransferError):
        store.add(data, "huge.png")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_file_is_attached_under_its_name(store, tmp_path):
    (tmp_path / "note.txt").write_bytes(b"hello")
    kept = store.add_file(tmp_path / "note.txt")
    assert (kept.name, kept.size) == ("note.txt", 5)
    assert store.read(kept.sha256) == b"hello"


def test_files_that_cannot_be_attached_are_told(store, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TransferError, match="not a file"):
        store.add_file(tmp_path / "pipe")
    with pytest.raises(TransferError, match="not a file"):
        store.add_file(tmp_path)
    with pytest.raises(TransferError, match="cannot be read: No such file"):
        store.add_file(tmp_path / "missing.txt")


def test_a_changed_file_is_told_and_mended_by_attaching_it_again(store, folder):
    data = b"y" * 100_000
    kept = store.add(data, "a.txt")
    [file] = files(folder)
    file.write_bytes(b"n" + data[1:])
    with pytest.raises(StorageError, match="damaged"):
        store.read(kept.sha256)
    store.add(data, "a.txt")
    assert store.read(kept.sha256) == data


@pytest.mark.parametrize("name", ["ab" * 32, "../../etc/passwd", "", "A" * 64])
def test_what_is_not_there_is_told(store, name):
    with pytest.raises(StorageError, match="no longer there"):
        store.read(name)


def test_a_disk_that_takes_no_file_is_told(store, folder):
    folder.write_bytes(b"in the way")
    with pytest.raises(StorageError, match="could not be stored"):
        store.add(b"y" * 100_000, "a.txt")


def test_a_disk_that_fills_up_leaves_no_half_file(store, folder, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        store.add(b"y" * 100_000, "a.txt")
    assert files(folder) == []


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("cat.png", "cat.png"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\x\\cat.png", "cat.png"),
        ("../../x", "x"),
        ("", "attachment"),
        ("...", "attachment"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("a\nb\x00.txt", "ab.txt"),
        ("ü" * 100 + ".txt", "ü" * 58 + ".txt"),
        ("dir/", "dir"),
        (".bashrc", "bashrc"),
        ("x." + "y" * 200, "x." + "y" * 118),
    ],
)
def test_a_name_is_only_a_label(name, label):
    assert clean_name(name) == label
    assert len(clean_name(name).encode()) <= 120


def test_length_pages_and_how_a_picture_is_seen_are_told(store):
    assert store.add(wav(2), "a.wav").seconds == 2
    assert store.add(mp4(75), "a.mp4").seconds == 75
    assert store.add(b"%PDF-1.4 <</Type/Pages/Count 12>>", "a.pdf").pages == 12
    turned = store.add(jpeg_with(6), "a.jpg")
    assert (turned.width, turned.height) == (4, 6)
