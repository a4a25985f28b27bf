"""The keys of providers: where each is kept, storing and removing them, never showing them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from app.logs import know_secret
from app.providers.key import clean_key
from app.providers.profile import ProviderProfile
from app.services.settings import SettingsService
from app.services.tasks import TaskScope
from app.storage.keys import KeyStore


@dataclass(frozen=True, slots=True)
class KeyState:
    """Whether a provider has a key, its last four characters, and where it is kept, in words."""

    has_key: bool = False
    last4: str = ""
    place: str = ""
    note: str = ""


class KeyService(QObject):
    """Knows which provider has a key, and hands it to the client that needs it.

    `changed(provider_id)`: a key was stored or removed, and clients with the earlier one are of no
    use. `check_asked(provider_id)`: a key is there whose connection the user wants tested.
    `place_found` carries the KeyPlace where keys are kept.
    """

    changed = Signal(str)
    check_asked = Signal(str)
    place_found = Signal(object)

    def __init__(
        self,
        store: KeyStore,
        settings: SettingsService,
        scope: TaskScope,
        profile: Callable[[str], ProviderProfile],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._settings = settings
        self._scope = scope
        self._profile = profile
        self._session_keys: dict[str, str] = {}

    def state(self, provider_id: str) -> KeyState:
        """What is known of a provider's key without asking the keychain."""
        if provider_id in self._session_keys:
            key = self._session_keys[provider_id]
            return KeyState(True, key[-4:], "memory", "Kept for this run only, not saved.")
        hint = self._settings.value("providers.key_hints").get(provider_id)
        if hint is None:
            return KeyState()
        return KeyState(True, hint["last4"], hint["place"], f"Stored on {hint['date']}.")

    def use_for_this_run(self, provider_id: str, text: str) -> None:
        """Uses a key without keeping it. Raises SettingError for a malformed one."""
        key = clean_key(text)
        know_secret(key)
        self._session_keys[provider_id] = key

    def store(self, provider_id: str, text: str, *, then_check: bool = False) -> None:
        """Keeps a key in the keychain. Raises SettingError at once for a malformed one."""
        key = clean_key(text)
        know_secret(key)
        origin = self._profile(provider_id).origin

        async def keep() -> None:
            self._session_keys[provider_id] = key
            try:
                place = await asyncio.to_thread(self._store.store, provider_id, origin, key)
                if place.kind == "keychain":
                    self._note_hint(provider_id, key, place.name, origin)
                    del self._session_keys[provider_id]
            finally:
                self.changed.emit(provider_id)
            if then_check:
                self.check_asked.emit(provider_id)

        self._scope.start(f"key {provider_id}", keep)

    def remove(self, provider_id: str) -> None:
        """Removes a key from the keychain and from memory."""
        origin = self._profile(provider_id).origin

        async def remove() -> None:
            self._session_keys.pop(provider_id, None)
            await asyncio.to_thread(self._store.remove, provider_id, origin)
            self._forget_hint(provider_id)
            self.changed.emit(provider_id)

        self._scope.start(f"key {provider_id}", remove)

    def remove_all(self, profile: ProviderProfile) -> None:
        """Removes what belongs to an address that is being forgotten."""

        async def remove() -> None:
            await asyncio.to_thread(self._store.remove, profile.id, profile.origin)
            self.changed.emit(profile.id)

        self._session_keys.pop(profile.id, None)
        self._forget_hint(profile.id)
        self._scope.start(f"key {profile.id}", remove)

    def find_place(self) -> None:
        """Finds out where keys are kept on this computer; `place_found` carries the KeyPlace."""

        async def find() -> None:
            self.place_found.emit(await asyncio.to_thread(self._store.place))

        self._scope.start("key place", find)

    async def key(self, profile: ProviderProfile) -> str | None:
        """The key of a provider, None when there is none. KeyStoreError when it is out of reach."""
        if profile.id in self._session_keys:
            return self._session_keys[profile.id]
        if not self.state(profile.id).has_key:
            return None
        key = await asyncio.to_thread(self._store.read, profile.id, profile.origin)
        if key:
            know_secret(key)
        return key

    def _note_hint(self, provider_id: str, key: str, place: str, origin: str) -> None:
        hints = dict(self._settings.value("providers.key_hints"))
        hints[provider_id] = {
            "last4": key[-4:],
            "place": place,
            "origin": origin,
            "date": datetime.now(UTC).date().isoformat(),
        }
        self._settings.set("providers.key_hints", hints)

    def _forget_hint(self, provider_id: str) -> None:
        hints = dict(self._settings.value("providers.key_hints"))
        hints.pop(provider_id, None)
        self._settings.set("providers.key_hints", hints)
