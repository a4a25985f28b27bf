from pathlib import Path

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
