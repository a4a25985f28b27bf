import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import TransferError

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


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


async def test_a_picture_goes_beside_the_text_or_into_it_by_choice(
    stage: Any, tmp_path: Path
) -> None:
    conversations = stage.services.conversations
    picture = tmp_path / "cat.png"
    picture.write_bytes(PNG)
    await stage.answered("Fine.", files=[picture])
    name = conversations.current.id
    kept = stage.services.conversations.branch()[0].attachments[0]
    out = tmp_path / "out" / "My cat.md"
    out.parent.mkdir()
    conversations.export(name, "markdown", out, "embedded")
    assert [file.name for file in out.parent.iterdir()] == ["My cat.md"]
    assert "![cat.png](data:image/png;base64," in out.read_text()
    for _ in range(2):  # and again to the same place
        conversations.export(name, "markdown", out)
        assert "![cat.png](My%20cat%20files/cat.png)" in out.read_text()
        files = list((out.parent / "My cat files").iterdir())
        assert [file.name for file in files] == ["cat.png"]
        assert files[0].read_bytes() == conversations.attachment_bytes(kept)
    conversations.export(name, "json", out.with_suffix(".json"))
    parts = json.loads(out.with_suffix(".json").read_text())["messages"][0]["parts"]
    assert "My%20cat%20files/cat.png" in [part.get("file") for part in parts]


async def test_a_failed_export_leaves_no_files_beside(stage: Any, tmp_path: Path) -> None:
    picture = tmp_path / "cat.png"
    picture.write_bytes(PNG)
    await stage.answered("Fine.", files=[picture])
    out = tmp_path / "out"
    (out / "kept.md").mkdir(parents=True)
    conversations = stage.services.conversations
    with pytest.raises(TransferError):
        conversations.export(conversations.current.id, "markdown", out / "kept.md", "beside")
    assert [file.name for file in out.iterdir()] == ["kept.md"]
