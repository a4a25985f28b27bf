"""What the open window does while nobody uses it."""

from pathlib import Path

from PySide6.QtTest import QTest

from app.paths import folders
from app.settings.file import SettingsFile
from app.ui.window.main_window import MainWindow
from app.window_session import opened_session


async def test_the_window_waits_for_quiet_moments_and_typing_is_none(qapp, theme, tmp_path: Path):
    places = folders(tmp_path)
    settings = SettingsFile(places.settings)
    theme.apply(qapp)
    window = MainWindow(theme, settings.value, folders=places)
    async with opened_session(window, places, settings) as session:
        services = session._services
        assert services.scope.is_running("maintenance")
        before = services.maintenance._used_at
        QTest.keyClicks(window.view.composer.field, "a")
        assert services.maintenance._used_at > before
    assert not services.scope.is_running("maintenance")
    window.close_now()
    window.deleteLater()
