"""What the open window does while nobody uses it."""

from pathlib import Path

from PySide6.QtTest import QTest

from app.bootstrap import WindowSession
from app.paths import folders
from app.settings.file import SettingsFile
from app.ui.window.main_window import MainWindow


async def test_the_window_waits_for_quiet_moments_and_typing_is_none(qapp, theme, tmp_path: Path):
    places = folders(tmp_path)
    settings = SettingsFile(places.settings)
    theme.apply(qapp)
    window = MainWindow(theme, settings.value, folders=places)
    session = WindowSession(window, places, settings)
    services = session._core.services
    assert services.scope.is_running("maintenance")
    before = services.maintenance._used_at
    QTest.keyClicks(window.view.composer.field, "a")
    assert services.maintenance._used_at > before
    await session.close()
    assert not services.scope.is_running("maintenance")
