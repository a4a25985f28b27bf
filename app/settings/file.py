"""The settings file: JSON, for the user alone, replaced whole; what it does not know it keeps."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from app.core.errors import SettingError
from app.settings.definitions import SETTINGS
from app.settings.setting import Setting


class SettingsFile:
    """The settings at a path. A missing file means defaults; it is made at the first change.

    `notice` says what went wrong on reading, for the user, or is empty.
    """

    def __init__(self, path: Path, settings: Mapping[str, Setting] = SETTINGS) -> None:
        self.path = path
        self.notice = ""
        self._settings = settings
        self._is_readable = True
        self._is_written = True
        self._kept: dict[str, Any] = self._read()

    def value(self, key: str) -> Any:
        """What is set, or the default, also where the file holds something that is not accepted."""
        setting = self._setting(key)
        for name in (key, *setting.renamed_from):
            if name in self._kept:
                try:
                    return copy.deepcopy(setting.kind.check(self._kept[name]))
                except SettingError:
                    break
        return copy.deepcopy(setting.default)

    def set(self, key: str, value: Any) -> None:
        """Sets a value and writes the file; raises SettingError when it is not accepted or written.

        A value that is accepted but cannot be written holds for this run.
        """
        setting = self._setting(key)
        try:
            accepted = copy.deepcopy(setting.kind.check(value))
        except SettingError as error:
            raise SettingError(f"{setting.title or key}: {error.message}", error.hint) from error
        if self._is_written and key in self._kept and self._kept[key] == accepted:
            return
        for name in setting.renamed_from:
            self._kept.pop(name, None)
        self._kept[key] = accepted
        self._is_written = False
        self._write()
        self._is_written = True

    def _setting(self, key: str) -> Setting:
        try:
            return self._settings[key]
        except KeyError:
            raise SettingError(f"There is no setting called {key}.") from None

    def _read(self) -> dict[str, Any]:
        try:
            text = self.path.read_bytes().decode()
            found = json.loads(text)
        except FileNotFoundError:
            return {}
        except OSError as error:
            self._is_readable = False
            self.notice = (
                f"The settings could not be read ({error.strerror}). Defaults are used for this run"
                " and the file is left alone."
            )
            return {}
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return found
        return self._set_aside()

    def _set_aside(self) -> dict[str, Any]:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.{number}.damaged")).exists():
            number += 1
        try:
            self.path.rename(aside)
        except OSError as error:
            self._is_readable = False
            self.notice = (
                f"The settings file is damaged and cannot be moved aside ({error.strerror})."
                " Defaults are used for this run."
            )
            return {}
        self.notice = (
            f"The settings file was damaged, so defaults are used. It was kept as {aside.name}."
        )
        return {}

    def _write(self) -> None:
        if not self._is_readable:
            raise SettingError(
                "This holds for this run only: the settings file cannot be read and is left alone.",
                f"Allow reading and writing {self.path} and start Facet again.",
            )
        text = json.dumps(self._kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        growing = None
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(  # made 0600
                dir=self.path.parent, prefix=f"{self.path.name}.", suffix=".new", delete=False
            ) as file:
                growing = Path(file.name)
                file.write(text.encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            growing.replace(self.path)
        except OSError as error:
            if growing is not None:
                growing.unlink(missing_ok=True)
            raise SettingError(
                f"This holds for this run only: the settings were not written ({error.strerror}).",
                f"Free some space or make {self.path.parent} writable.",
            ) from error
