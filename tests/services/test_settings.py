from pathlib import Path

import pytest

from app.core.errors import SettingError
from app.services.settings import SettingsService
from app.settings.file import SettingsFile


def test_a_changed_setting_is_told_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    service = SettingsService(SettingsFile(path))
    told: list[str] = []
    service.changed.connect(told.append)
    service.set("appearance.theme", "dark")
    service.set("appearance.theme", "dark")
    assert told == ["appearance.theme"]
    assert SettingsService(SettingsFile(path)).value("appearance.theme") == "dark"
    assert service.path() == str(path)


def test_a_change_the_disk_does_not_take_holds_for_this_run_and_is_told_once(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    service = SettingsService(SettingsFile(tmp_path / "file" / "settings.json"))
    troubles: list[SettingError] = []
    changed: list[str] = []
    service.unwritten.connect(troubles.append)
    service.changed.connect(changed.append)
    service.set("appearance.theme", "dark")
    service.set("window.sidebar_width", 300)
    assert service.value("appearance.theme") == "dark"
    assert changed == ["appearance.theme", "window.sidebar_width"]
    assert ["this run only" in trouble.message for trouble in troubles] == [True]


def test_a_value_that_is_not_accepted_changes_nothing(tmp_path: Path) -> None:
    service = SettingsService(SettingsFile(tmp_path / "settings.json"))
    with pytest.raises(SettingError):
        service.set("appearance.theme", "pink")
    assert service.value("appearance.theme") == "system"
