"""The settings as the window sees them: values, changes, and where they are kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.errors import SettingError
from app.settings.file import SettingsFile


class SettingsService(QObject):
    """Reads and writes settings; `changed` carries the key of one that has a new value.

    `unwritten` carries the error when the file does not take a change, once until it does again:
    nobody loses a window that cannot close because the disk is full.
    """

    changed = Signal(str)
    unwritten = Signal(object)

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._is_written = True

    def value(self, key: str) -> Any:
        """The value in force, the user's or the default. KeyError for an undeclared key."""
        return self._file.value(key)

    def set(self, key: str, value: Any) -> None:
        """Keeps a new value. Raises SettingError when its declaration does not accept it."""
        if self._file.value(key) == value:
            return
        try:
            self._file.set(key, value)
        except SettingError as error:
            if self._file.value(key) != value:
                raise
            if self._is_written:
                self._is_written = False
                self.unwritten.emit(error)
        else:
            self._is_written = True
        self.changed.emit(key)

    def path(self) -> str:
        """Where the settings are kept."""
        return str(self._file.path)
