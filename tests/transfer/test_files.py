"""Files of a conversation get names that hold anywhere and never take another's place."""

from pathlib import Path

import pytest

from app.core.conversations.attachment import Attachment
from app.core.errors import StorageError
from app.storage.files.attachments import describe
from app.transfer.files import FilePlace, WrittenFiles

STORE = {}


def file(name: str, data: bytes = b"words") -> Attachment:
    made = describe(data, name)
    STORE[made.sha256] = data
    return made


def read(sha256: str) -> bytes:
    if sha256 not in STORE:
        raise StorageError("This attachment is no longer there.")
    return STORE[sha256]


def beside(folder: Path) -> WrittenFiles:
    return WrittenFiles(folder / "Tides.md", FilePlace.BESIDE, read)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cat.png", "cat.png"),
        ("a:b?.txt", "a_b_.txt"),
        ("con.txt", "_con.txt"),
        ("日本 (1).txt", "日本 (1).txt"),
    ],
)
def test_names_hold_on_every_system(tmp_path, name, kept):
    files = beside(tmp_path)
    files.address(file(name))
    assert list(files.contents) == [tmp_path / "Tides files" / kept]


def test_the_same_file_is_written_once_and_two_of_one_name_have_two(tmp_path):
    files = beside(tmp_path)
    addresses = [files.address(f) for f in (file("a.txt"), file("b.txt"), file("A.txt", b"other"))]
    assert addresses == ["Tides%20files/a.txt", "Tides%20files/a.txt", "Tides%20files/A%202.txt"]
    assert list(files.contents.values()) == [b"words", b"other"]


def test_a_file_of_the_user_is_left_alone_and_one_of_an_earlier_export_used_again(tmp_path):
    folder = tmp_path / "Tides files"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"a diary")
    (folder / "b.txt").write_bytes(b"other")
    files = beside(tmp_path)
    assert files.address(file("a.txt")) == "Tides%20files/a%202.txt"
    assert files.address(file("b.txt", b"other")) == "Tides%20files/b.txt"


def test_embedded_files_are_in_their_address(tmp_path):
    files = WrittenFiles(tmp_path / "Tides.md", FilePlace.EMBEDDED, read)
    assert files.address(file("a.txt")) == "data:text/plain;base64,d29yZHM="
    assert files.contents == {}


def test_a_file_that_is_gone_is_said_to_be(tmp_path):
    gone = Attachment("ab" * 32, "cat.png", "image/png", 10)
    assert beside(tmp_path).address(gone) is None
    assert WrittenFiles(tmp_path / "T.md", FilePlace.NAMED, read).address(gone) == ""
