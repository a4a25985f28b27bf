from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app import __version__
from app.paths import folders
from app.services.settings import SettingsService
from app.settings.file import SettingsFile
from app.ui.settings.about_page import AboutPage


def test_it_names_the_version_and_every_folder(qtbot, theme, tmp_path):
    places = folders(tmp_path)
    settings = SettingsService(SettingsFile(places.settings))
    page = AboutPage(settings, theme, places)
    qtbot.addWidget(page)
    assert __version__ in page.words
    assert {name: label.text() for name, label in page.paths.items()} == {
        "Conversations": str(places.database),
        "Attachments": str(places.attachments),
        "Settings": str(places.settings),
        "Logs": str(places.logs),
    }
    copy = page.findChild(QPushButton, str(places.database))
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(places.database)


def test_without_folders_it_knows_the_settings_file(qtbot, theme, tmp_path):
    settings = SettingsService(SettingsFile(tmp_path / "settings.json"))
    page = AboutPage(settings, theme, None)
    qtbot.addWidget(page)
    assert list(page.paths) == ["Settings"]
