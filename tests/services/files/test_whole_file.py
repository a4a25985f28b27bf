from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.errors import TransferError
from app.services.files.whole_file import write_whole


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_whole(tmp_path / "costs.csv", "a,ü\n")
    assert (tmp_path / "costs.csv").read_bytes() == "a,ü\n".encode()


def test_a_full_disk_leaves_the_earlier_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "costs.csv"
    target.write_text("earlier")

    def half(path: Path, text: str, **_: object) -> int:
        path.write_bytes(text[:2].encode())
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", half)
        with pytest.raises(TransferError, match="No space left"):
            write_whole(target, "a longer text")
    assert target.read_text() == "earlier"
    assert os.listdir(tmp_path) == ["costs.csv"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TransferError, match=r"costs\.csv could not be written"):
        write_whole(tmp_path / "no" / "costs.csv", "x")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").touch()
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_whole(tmp_path / "link.csv", "x")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "x"
