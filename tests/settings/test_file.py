import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import SettingError
from app.settings.file import SettingsFile
from app.settings.setting import Flag, Number, Setting, Text, Texts

SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("a.flag", Flag(), default=False, section="Page", title="Flag"),
        Setting("a.number", Number(0, 2), 1.0, renamed_from=("a.older", "a.oldest")),
        Setting("a.text", Text(), ""),
        Setting("a.list", Texts(), []),
    )
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def write(path):
    def put(content):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

    return put


def opened(path):
    return SettingsFile(path, SETTINGS)


def test_a_missing_file_means_defaults_and_is_not_made_by_reading(path):
    file = opened(path)
    assert file.value("a.number") == 1.0
    assert file.notice == ""
    assert not path.exists()


def test_what_is_set_is_there_at_the_next_start_for_the_user_alone(path):
    opened(path).set("a.text", "Grüße ☃")
    assert opened(path).value("a.text") == "Grüße ☃"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_a_refused_value_changes_nothing(path):
    file = opened(path)
    file.set("a.number", 2)
    with pytest.raises(SettingError, match=r"a\.number: Not a number from 0 to 2"):
        file.set("a.number", 3)
    with pytest.raises(SettingError, match="Flag: "):
        file.set("a.flag", "yes")
    assert opened(path).value("a.number") == 2


def test_an_unknown_setting_is_refused(path):
    with pytest.raises(SettingError, match=r"no setting called a\.ghost"):
        opened(path).value("a.ghost")
    with pytest.raises(SettingError, match=r"no setting called a\.ghost"):
        opened(path).set("a.ghost", 1)


def test_what_a_later_facet_wrote_is_kept(path, write):
    write({"z.later": {"deep": [1]}, "a.text": "x"})
    opened(path).set("a.text", "y")
    assert json.loads(path.read_text()) == {"z.later": {"deep": [1]}, "a.text": "y"}


def test_an_old_name_is_read_and_given_up_when_set(path, write):
    write({"a.oldest": 0.1, "a.older": 0.5})
    file = opened(path)
    assert file.value("a.number") == 0.5
    file.set("a.number", 2)
    assert json.loads(path.read_text()) == {"a.number": 2}


def test_a_value_that_is_not_accepted_gives_way_to_the_default_but_stays_in_the_file(path, write):
    write({"a.number": 99})
    file = opened(path)
    assert file.value("a.number") == 1.0
    file.set("a.text", "x")
    assert json.loads(path.read_text()) == {"a.number": 99, "a.text": "x"}


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"\xff\xfe", b"[" * 100_000, b"7"])
def test_a_damaged_file_is_set_aside_and_never_lost(path, write, content):
    write(content)
    file = opened(path)
    assert "damaged" in file.notice
    assert file.value("a.number") == 1.0
    assert (path.parent / "settings.json.1.damaged").read_bytes() == content
    file.set("a.number", 2)
    path.write_bytes(content)
    opened(path)
    assert (path.parent / "settings.json.2.damaged").read_bytes() == content


def test_a_damaged_file_that_cannot_be_moved_is_left_alone(path, write, monkeypatch):
    def refuse(*_arguments):
        raise OSError(30, "Read-only file system")

    write(b"{")
    monkeypatch.setattr(Path, "rename", refuse)
    file = opened(path)
    assert "cannot be moved aside" in file.notice
    with pytest.raises(SettingError, match="left alone"):
        file.set("a.number", 2)
    assert path.read_bytes() == b"{"


def test_a_file_that_cannot_be_read_is_left_alone(path):
    path.mkdir(parents=True)
    file = opened(path)
    assert "could not be read" in file.notice
    assert file.value("a.number") == 1.0
    with pytest.raises(SettingError, match="this run only") as caught:
        file.set("a.number", 2)
    assert str(path) in caught.value.hint
    assert file.value("a.number") == 2
    assert path.is_dir()


def test_a_full_disk_keeps_the_file_and_the_value_for_this_run(path, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    opened(path).set("a.number", 0.5)
    file = opened(path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingError, match="No space left"):
        file.set("a.number", 2)
    assert file.value("a.number") == 2
    assert opened(path).value("a.number") == 0.5
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]
    monkeypatch.undo()
    file.set("a.number", 2)
    assert opened(path).value("a.number") == 2


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "config").write_bytes(b"in the way")
    with pytest.raises(SettingError, match="this run only"):
        SettingsFile(tmp_path / "config" / "settings.json", SETTINGS).set("a.number", 2)


def test_what_comes_out_is_a_copy(path):
    file = opened(path)
    file.value("a.list").append("x")
    assert file.value("a.list") == []
    given_list = ["a"]
    file.set("a.list", given_list)
    given_list.append("b")
    file.value("a.list").append("c")
    assert file.value("a.list") == ["a"]


def test_setting_the_same_again_does_not_touch_the_file(path):
    file = opened(path)
    file.set("a.number", 2)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    file.set("a.number", 2)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(tmp_path, text):
    path = tmp_path / "settings.json"
    SettingsFile(path, SETTINGS).set("a.text", text)
    assert SettingsFile(path, SETTINGS).value("a.text") == text
