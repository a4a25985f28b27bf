import os
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import TransferError


async def test_an_export_that_cannot_be_written_says_so(stage: Any, tmp_path: Path) -> None:
    await stage.answered("Fine.")
    conversations = stage.services.conversations
    with pytest.raises(TransferError, match="could not be written"):
        conversations.export(conversations.current.id, "json", tmp_path / "no" / "where.json")


async def test_a_failed_export_leaves_the_earlier_file_as_it_was(
    stage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.answered("Fine.")
    conversations = stage.services.conversations
    target = tmp_path / "kept.md"
    target.write_text("an earlier export")
    known = sorted(os.listdir(tmp_path))

    def half(path: Path, text: str, **_: object) -> int:
        path.write_bytes(text[:5].encode())
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", half)
        with pytest.raises(TransferError, match="No space left"):
            conversations.export(conversations.current.id, "markdown", target)
    assert target.read_text() == "an earlier export"
    assert sorted(os.listdir(tmp_path)) == known
    conversations.export(conversations.current.id, "markdown", target)
    assert "Fine." in target.read_text()


async def test_an_export_goes_through_a_link_and_leaves_it_one(stage: Any, tmp_path: Path) -> None:
    await stage.answered("Fine.")
    (tmp_path / "real.json").touch()
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "real.json")
    conversations = stage.services.conversations
    conversations.export(conversations.current.id, "json", link)
    assert link.is_symlink()
    assert "Fine." in (tmp_path / "real.json").read_text()
