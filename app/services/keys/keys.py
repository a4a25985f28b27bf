"""The keys of providers: where each is kept, storing and removing them, never showing them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from app.core.errors import KeyStoreError, SettingError
from app.logs import know_secret
from app.providers.account.key import clean_key
from app.providers.catalogue.profile import ProviderProfile
from app.services.keys.key_ring import MEMORY, KeyRing, StoredKey
from app.services.settings import SettingsService
from app.services.tasks import TaskScope
from app.storage.keys.key_store import KeyStore

NAME_LIMIT = 60
"""Letters of a key's name: it stands in one line beside others."""
KEYCHAIN_AWAITED = "Waiting for your keychain: unlock it to go on…"
UNDO_SECONDS = 60.0
"""How long a removed key is held in memory, to come back if its removal was a mistake."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """Whether a provider has a key, its last four characters, and where it is kept, in words."""

    has_key: bool = False
    last4: str = ""
    place: str = ""
    note: str = ""


class KeyService(QObject):
    """Knows the keys of each provider and which is in use, and hands that to the client.

    `changed(provider_id)`: a key was stored, chosen or removed, and clients with the earlier one
    are of no use. `renamed(provider_id)`: a key has another name. `check_asked(provider_id)`: a key
    is there whose connection the user wants tested. `prompt_expected(provider_id)`: the system is
    about to ask the user before it keeps a key; its state says what. `keychain_awaited(provider_id,
    is_waiting)`: a shut keychain is being asked for a key, which may take until the user unlocks
    it, or it has answered. `place_found` carries the
    KeyPlace where keys are kept, `page_found(provider_id, address)` the provider's own page of the
    key in use.
    """

    changed = Signal(str)
    removal_over = Signal(str)
    renamed = Signal(str)
    check_asked = Signal(str)
    prompt_expected = Signal(str)
    place_found = Signal(object)
    page_found = Signal(str, str)
    keychain_awaited = Signal(str, bool)

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
        self._ring = KeyRing(settings)
        self._scope = scope
        self._profile = profile
        self._secrets: dict[tuple[str, int], str] = {}
        # One change at a time: a keychain that waits for the user must not be overtaken.
        self._turn = asyncio.Lock()
        self._changes = 0
        self._removed: dict[str, tuple[StoredKey, str]] = {}

    def state(self, provider_id: str) -> KeyState:
        """What is known of the key in use without asking the keychain."""
        key = self.used(provider_id)
        if key is None:
            return KeyState()
        if key.place == MEMORY:
            note = key.why or "Kept for this run only, not saved."
        elif not key.place:
            note = "It is not certain that the keychain took it."
        else:
            note = f"Stored on {key.date}."
        return KeyState(True, key.last4, key.place or "the system's keychain", note)

    def keys(self, provider_id: str) -> list[StoredKey]:
        """Every key of a provider, without its secret."""
        return self._ring.keys(provider_id)

    def used(self, provider_id: str) -> StoredKey | None:
        """The key in use, None when there is none."""
        return self._ring.used(provider_id)

    def use_for_this_run(self, provider_id: str, text: str) -> None:
        """Uses a key without keeping it. Raises SettingError for a malformed one."""
        self._hold(provider_id, self._number(provider_id), "", known_key(text))
        self.changed.emit(provider_id)

    def use_named(self, provider_id: str, name: str) -> None:
        """Uses a key by its name for this run. Raises SettingError that lists the names."""
        keys = self.keys(provider_id)
        wanted = name.strip().casefold()
        for key in keys:
            if wanted in (key.title.casefold(), key.last4.casefold()):
                self._ring.choose(provider_id, key.number, is_lasting=False)
                self.changed.emit(provider_id)
                return
        called = self._profile(provider_id).name
        raise SettingError(
            f"{called} has no key called “{name}”.",
            f"Its keys: {', '.join(key.title for key in keys)}."
            if keys
            else "It has no key yet: add one in Settings, Providers.",
        )

    def store(self, provider_id: str, text: str, *, then_check: bool = False) -> None:
        """Keeps a key in the place of the one in use. SettingError at once for a malformed one."""
        used = self.used(provider_id)
        number, name = (used.number, used.name) if used else (1, "")
        self._keep(provider_id, number, name, known_key(text), then_check=then_check)

    def add(self, provider_id: str, name: str, text: str, *, then_check: bool = False) -> None:
        """Keeps a further key and uses it. SettingError at once for a bad name or key."""
        name = self._name(provider_id, name, 0)
        secret = known_key(text)
        number = self._ring.free_number(provider_id)
        self._keep(provider_id, number, name, secret, then_check=then_check, is_chosen=True)

    def rename(self, provider_id: str, number: int, name: str) -> None:
        """Calls a key by another name. SettingError for none, or one that is taken."""
        self._ring.rename(provider_id, number, self._name(provider_id, name, number))
        self.renamed.emit(provider_id)

    def choose(self, provider_id: str, number: int) -> None:
        """Makes a key the one in use from now on."""
        self._ring.choose(provider_id, number)
        self.changed.emit(provider_id)

    def remove(self, provider_id: str, number: int | None = None) -> None:
        """Removes a key, the one in use when none is named; where it fails all stays as it was."""
        used = self.used(provider_id)
        wanted = number or (used.number if used else 0)
        profile = self._profile(provider_id)

        async def remove() -> None:
            key = next((key for key in self.keys(provider_id) if key.number == wanted), None)
            try:
                secret = await self._secret(profile, wanted) if key else None
            except KeyStoreError:
                secret = None
            await self._remove(profile, wanted)
            if key and secret:
                self._removed[provider_id] = key, secret
                asyncio.get_running_loop().call_later(
                    UNDO_SECONDS, self._forget_removed, provider_id, secret
                )
            self.changed.emit(provider_id)

        self._change(provider_id, remove)

    def removed(self, provider_id: str) -> StoredKey | None:
        """The key that was removed a moment ago and can come back, or None."""
        found = self._removed.get(provider_id)
        return found[0] if found else None

    def undo_removal(self, provider_id: str) -> None:
        """Brings the key back that was removed a moment ago; it is the one in use then."""
        found = self._removed.pop(provider_id, None)
        if found is None:
            return
        key, secret = found
        taken = [other.number for other in self.keys(provider_id)]
        number = self._ring.free_number(provider_id) if key.number in taken else key.number
        self._keep(provider_id, number, key.name, secret, then_check=False, is_chosen=True)

    def _forget_removed(self, provider_id: str, secret: str) -> None:
        if self._removed.get(provider_id, (None, ""))[1] == secret:
            del self._removed[provider_id]
            self.removal_over.emit(provider_id)

    def remove_all(self, profile: ProviderProfile) -> None:
        """Removes what belongs to an address that is being forgotten."""

        async def remove() -> None:
            for key in self.keys(profile.id):
                await self._remove(profile, key.number)
            self.changed.emit(profile.id)

        self._change(profile.id, remove)

    def find_place(self) -> None:
        """Finds out where keys are kept on this computer; `place_found` carries the KeyPlace.

        A keychain that was shut or missing before is looked for anew; the user is asked nothing.
        """

        async def find() -> None:
            self.place_found.emit(await asyncio.to_thread(self._store.retry))

        self._scope.start("key place", find)

    def find_page(self, provider_id: str) -> None:
        """Finds the page of the key in use; `page_found` carries it, where there is one."""
        profile = self._profile(provider_id)

        async def find() -> None:
            key = await self.key(profile)
            if key and profile.key_link:
                self.page_found.emit(provider_id, profile.page_of(key))

        self._scope.start(f"key page {provider_id}", find)

    async def would_ask(self, profile: ProviderProfile) -> bool:
        """Whether the system would ask the user before it gives the key in use."""
        used = self.used(profile.id)
        if used is None or (profile.id, used.number) in self._secrets:
            return False
        return not await asyncio.to_thread(
            self._store.is_at_hand, profile.id, profile.origin, used.number
        )

    async def _secret(self, profile: ProviderProfile, number: int) -> str | None:
        if (profile.id, number) in self._secrets:
            return self._secrets[profile.id, number]
        key = await asyncio.to_thread(self._store.read, profile.id, profile.origin, number)
        if key:
            know_secret(key)
        return key

    async def key(self, profile: ProviderProfile) -> str | None:
        """The key in use, None when there is none. KeyStoreError when it is out of reach."""
        used = self.used(profile.id)
        if used is None:
            return None
        if (profile.id, used.number) in self._secrets:
            return self._secrets[profile.id, used.number]
        is_shut = await self.would_ask(profile)
        if is_shut:
            self.keychain_awaited.emit(profile.id, True)
        try:
            key = await self._secret(profile, used.number)
        finally:
            if is_shut:
                self.keychain_awaited.emit(profile.id, False)
        if not used.place:
            await self._settle(profile.id, used, is_there=bool(key))
        return key

    def _change(self, provider_id: str, work: Callable[[], Awaitable[None]]) -> None:
        async def in_turn() -> None:
            async with self._turn:
                await work()

        self._changes += 1
        self._scope.start(f"key {provider_id} {self._changes}", in_turn)

    def _keep(
        self,
        provider_id: str,
        number: int,
        name: str,
        secret: str,
        *,
        then_check: bool,
        is_chosen: bool = False,
    ) -> None:
        origin = self._profile(provider_id).origin
        is_new = not self._ring.is_written(provider_id, number)
        held = self._hold(provider_id, number, name, secret)

        async def keep() -> None:
            # Written before the keychain is asked: whatever it then does, the entry is known.
            if is_new:
                self._ring.write(provider_id, replace(held, place="", origin=origin))
            await self._warn(provider_id, held)
            place = await asyncio.to_thread(
                self._store.store, provider_id, origin, secret, number, is_new=is_new
            )
            if place.is_lasting:
                stored = replace(held, place=place.name, origin=origin)
                self._ring.write(provider_id, stored)
                self._let_go(provider_id, number)
            else:
                self._ring.hold(provider_id, replace(held, why=place.explanation))
                if is_new and not place.may_remain:
                    self._ring.strike(provider_id, number)
            if is_chosen:
                self._ring.choose(provider_id, number)
            self.changed.emit(provider_id)
            if then_check:
                self.check_asked.emit(provider_id)

        self._change(provider_id, keep)

    async def _warn(self, provider_id: str, held: StoredKey) -> None:
        """Says what the system will ask before it keeps a key, before it does."""
        place = await asyncio.to_thread(self._store.place)
        if place.prompt:
            self._ring.hold(provider_id, replace(held, why=place.prompt))
            self.prompt_expected.emit(provider_id)

    async def _remove(self, profile: ProviderProfile, number: int) -> None:
        if self._ring.is_written(profile.id, number):
            await asyncio.to_thread(self._store.remove, profile.id, profile.origin, number)
        else:
            self._store.forget(profile.id, profile.origin, number)
        self._let_go(profile.id, number)
        self._ring.strike(profile.id, number)

    async def _settle(self, provider_id: str, key: StoredKey, *, is_there: bool) -> None:
        """Ends the doubt about an entry that was begun when Facet last ran."""
        if is_there:
            place = await asyncio.to_thread(self._store.place)
            self._ring.write(provider_id, replace(key, place=place.name))
        else:
            self._ring.strike(provider_id, key.number)
        self.changed.emit(provider_id)

    def _hold(self, provider_id: str, number: int, name: str, secret: str) -> StoredKey:
        today = datetime.now(UTC).date().isoformat()
        held = StoredKey(number, name, secret[-4:], MEMORY, date=today)
        self._secrets[provider_id, number] = secret
        self._ring.hold(provider_id, held)
        return held

    def _let_go(self, provider_id: str, number: int) -> None:
        self._secrets.pop((provider_id, number), None)
        self._ring.release(provider_id, number)

    def _number(self, provider_id: str) -> int:
        used = self.used(provider_id)
        return used.number if used else 1

    def free_name(self, provider_id: str, name: str) -> str:
        """A name for a further key, tidied. SettingError for none, or one that is taken."""
        return self._name(provider_id, name, 0)

    def _name(self, provider_id: str, text: str, number: int) -> str:
        name = " ".join(text.split())[:NAME_LIMIT]
        if not name:
            raise SettingError("The key has no name yet.", "Say what it is for, such as Work.")
        others = [key.title.casefold() for key in self.keys(provider_id) if key.number != number]
        if name.casefold() in others:
            raise SettingError(f"There is a key called “{name}” already.", "Choose another name.")
        return name


def known_key(text: str) -> str:
    """A pasted key, cleaned, which no log will show from now on. SettingError when malformed."""
    secret = clean_key(text)
    know_secret(secret)
    return secret
