import os
from pathlib import Path

import pytest

from app.core.errors import StorageError
from app.paths import folders


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_profile_keeps_everything_under_one_folder(tmp_path):
    found = folders(tmp_path / "new" / "profile")
    root = tmp_path / "new" / "profile"
    places = (found.config, found.data, found.cache, found.logs)
    assert len(set(places)) == 4
    for place in places:
        assert place.parent == root
        assert mode(place) == 0o700
    assert mode(root) == 0o700
    for file in (found.database, found.attachments, found.settings):
        assert file.is_relative_to(root)


def test_a_folder_that_was_there_keeps_its_rights_but_not_what_is_ours_in_it(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "data").mkdir(mode=0o755)
    (tmp_path / "data").chmod(0o755)
    found = folders(tmp_path)
    assert mode(tmp_path) == 0o755
    assert mode(found.data) == 0o700


def test_a_profile_may_be_named_from_home_or_from_here(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folders(Path("~/facet")).data == tmp_path / "facet" / "data"
    monkeypatch.chdir(tmp_path)
    assert folders(Path("here")).data == tmp_path / "here" / "data"


def test_without_a_profile_the_folders_are_those_of_the_platform():
    found = folders()
    assert "facet" in str(found.data)
    assert found.data.is_dir()
    for place in (found.config, found.data, found.cache, found.logs):
        assert mode(place) == 0o700
    assert found.data.is_relative_to(os.environ["XDG_DATA_HOME"])
    assert found.config.is_relative_to(os.environ["XDG_CONFIG_HOME"])


def test_a_profile_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be made") as caught:
        folders(tmp_path / "file")
    assert "--profile" in caught.value.hint


def test_only_the_data_folder_is_needed(tmp_path):
    for name in ("cache", "logs"):
        (tmp_path / name).write_bytes(b"in the way")
    found = folders(tmp_path)
    assert found.data.is_dir()
    assert found.config.is_dir()


def test_folders_whose_rights_cannot_be_changed_are_used_as_they_are(tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise PermissionError(1, "Operation not permitted")

    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert folders(tmp_path).data == tmp_path / "data"
