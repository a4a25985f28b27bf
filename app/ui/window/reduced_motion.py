"""Whether the system asks for less motion. Qt tells from 6.12 on (`motionPreference`); until then
the desktop's settings portal is asked, on Linux, where it runs already."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
PATIENCE = 2_000
"""Milliseconds for an answer; without one nothing is known."""
LATER = 800
"""Milliseconds after the start before anybody is asked: first the window is to be there."""
KEYS = (
    ("org.freedesktop.appearance", "reduced-motion"),
    ("org.gnome.desktop.interface", "enable-animations"),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
)


def says_less(key: str, value: object) -> bool | None:
    """What the value of one of the KEYS says; None when it says nothing."""
    match key, value:
        case "reduced-motion", int() as number:
            return number == 1
        case "enable-animations", bool() as is_on:
            return not is_on
        case "AnimationDurationFactor", str() | float() | int():
            return str(value).strip() in ("0", "0.0")
        case _:
            return None


def has_bus() -> bool:
    """Whether a session bus is there. Without one nobody is asked: libdbus would start one."""
    if not sys.platform.startswith("linux"):
        return False
    if address := os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""):
        return address.startswith("unix:")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "bus").is_socket()


class SystemMotion(QObject):
    """`is_unwanted` is what the system said last; `changed` says that it said another thing."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_unwanted = False
        self._said: dict[str, bool] = {}
        if has_bus():
            QTimer.singleShot(LATER, self, self.ask)

    def ask(self) -> None:
        """Asks for all keys at once and listens from now on. Starts no service."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        bus.connect(  # type: ignore[call-overload]
            SERVICE, PATH, INTERFACE, "SettingChanged", self, SLOT("_on_told(QDBusMessage)")
        )
        for space, key in KEYS:
            call = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "ReadOne")
            call.setArguments([space, key])
            call.setAutoStartService(False)
            watcher = QDBusPendingCallWatcher(bus.asyncCall(call, PATIENCE), self)
            watcher.setProperty("key", key)
            watcher.finished.connect(self._on_answered)

    def _on_answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if not watcher.isError():
            self._take(str(watcher.property("key")), watcher.reply().arguments())
        watcher.deleteLater()

    @Slot("QDBusMessage")
    def _on_told(self, message: QDBusMessage) -> None:
        match message.arguments():
            case [str() as space, str() as key, *values] if (space, key) in KEYS:
                self._take(key, values)

    def _take(self, key: str, values: list[Any]) -> None:
        from PySide6.QtDBus import QDBusVariant

        value = values[0] if values else None
        if isinstance(value, QDBusVariant):
            value = value.variant()
        if (said := says_less(key, value)) is None:
            return
        self._said[key] = said
        if (is_unwanted := any(self._said.values())) != self.is_unwanted:
            self.is_unwanted = is_unwanted
            self.changed.emit()
