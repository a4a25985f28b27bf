"""The user's own addresses in a settings file that a hand has been in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.services.models.addresses import ADDRESSES, Addresses
from app.services.settings import SettingsService
from app.settings.file import SettingsFile

GOOD = {
    "id": "own-1",
    "name": "My server",
    "base_url": "http://127.0.0.1:9000/v1",
    "dialect": "chat",
    "needs_key": False,
}


def addresses(folder: Path, *entries: dict[str, Any]) -> tuple[Addresses, Path]:
    path = folder / "settings.json"
    path.write_text(json.dumps({ADDRESSES: entries}))
    return Addresses(SettingsService(SettingsFile(path))), path


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("base_url", "ftp://files.example", "cannot start with ftp://"),
        ("base_url", "http://api.example.com/v1", "Use https://"),
        ("base_url", "", "empty"),
        ("dialect", "smalltalk", "smalltalk"),
    ],
)
def test_an_impossible_address_is_told_left_out_and_kept_in_the_file(
    tmp_path: Path, field: str, value: str, says: str
) -> None:
    bad = {**GOOD, "name": "The other", field: value}
    found, path = addresses(tmp_path, GOOD, bad)
    assert [profile.name for profile in found] == ["My server"]
    (trouble,) = found.troubles
    assert "“The other”" in trouble
    assert says in trouble
    found.remove(next(iter(found)).id)
    assert json.loads(path.read_text())[ADDRESSES] == [bad]


def test_an_address_for_this_run_is_not_written(tmp_path: Path) -> None:
    found, path = addresses(tmp_path)
    other, _ = addresses(tmp_path, GOOD)
    before = path.read_text()
    found.use(next(iter(other)))
    assert [profile.name for profile in found] == ["My server"]
    assert path.read_text() == before


def spoil(path: Path) -> None:
    path.write_text(json.dumps({ADDRESSES: [{**GOOD, "base_url": "gopher://old"}]}))


async def test_the_program_opens_all_the_same_and_says_so(stage: Any, reopen: Any) -> None:
    spoil(Path(stage.services.settings.path()))
    again = await reopen(stage)
    shown: list[str] = []
    again.services.notices.raised.connect(lambda notice: shown.append(notice.text))
    again.services.notices.release()
    assert any("“My server”" in text for text in shown)
    assert "practice" in {profile.id for profile in again.services.models.profiles()}
