from pathlib import Path

import pytest

from app.core.errors import ProviderError
from app.engine.socket_folder import LONGEST, socket_folder


def test_two_profiles_have_two_folders_and_one_has_one(runtime: Path) -> None:
    first = socket_folder(Path("/home/me/one"))
    assert first == socket_folder(Path("/home/me/one"))
    assert first != socket_folder(Path("/home/me/two"))
    assert first.stat().st_mode & 0o777 == 0o700


def test_a_path_too_long_for_a_socket_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * LONGEST)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    with pytest.raises(ProviderError, match=f"too long for a socket .*{LONGEST} are allowed"):
        socket_folder(Path("/home/me"))


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "missing"))
    with pytest.raises(ProviderError, match="cannot be used"):
        socket_folder(Path("/home/me"))


def test_a_folder_open_to_others_is_closed_to_them(runtime: Path) -> None:
    folder = socket_folder(Path("/home/me"))
    folder.chmod(0o777)
    assert socket_folder(Path("/home/me")).stat().st_mode & 0o777 == 0o700


def test_a_link_in_its_place_is_not_followed(runtime: Path, tmp_path: Path) -> None:
    folder = socket_folder(Path("/home/me"))
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(ProviderError, match="belongs to somebody else"):
        socket_folder(Path("/home/me"))
