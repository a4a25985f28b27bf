"""The settings as the window sees them: values, changes, and where they are kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.settings.file import SettingsFile


class SettingsService(QObject):
    """Reads and writes settings; `changed` carries the key of one that has a new value."""

    changed = Signal(str)

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file

    def value(self, key: str) -> Any:
        """The value in force, the user's or the default. KeyError for an undeclared key."""
        return self._file.value(key)

    def set(self, key: str, value: Any) -> None:
        """Keeps a new value. Raises SettingError when its declaration does not accept it."""
        if self._file.value(key) != value:
            self._file.set(key, value)
            self.changed.emit(key)

    def path(self) -> str:
        """Where the settings are kept."""
        return str(self._file.path)
