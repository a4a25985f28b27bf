"""Which keys each provider has, as the settings tell it: names and endings, never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.services.settings import SettingsService

HINTS = "providers.key_hints"
MEMORY = "memory"
_TEXTS = ("name", "last4", "place", "origin", "date")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key without its secret. `number` is its place in the keychain, 1 for a provider's first.

    `place` is the keychain's name, "memory" for this run only, or empty while it is not certain
    that the keychain took it. `why` says why it is in memory only.
    """

    number: int
    name: str = ""
    last4: str = ""
    place: str = ""
    origin: str = ""
    date: str = ""
    why: str = ""

    @property
    def title(self) -> str:
        """What the user calls it, or its end where it has no name."""
        return self.name or f"…{self.last4}"


class KeyRing:
    """The keys by provider. What is held for this run lies over what is written."""

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings
        self._held: dict[str, dict[int, StoredKey]] = {}
        self._wished: dict[str, int] = {}

    def keys(self, provider_id: str) -> list[StoredKey]:
        """Every key of a provider, the oldest place first."""
        found = {**self._written(provider_id), **self._held.get(provider_id, {})}
        return [found[number] for number in sorted(found)]

    def used(self, provider_id: str) -> StoredKey | None:
        """The key in use, None when there is none."""
        keys = {key.number: key for key in self.keys(provider_id)}
        wish = self._wished.get(provider_id) or self._entry(provider_id).get("used", 0)
        return keys.get(wish) or next(iter(keys.values()), None)

    def is_written(self, provider_id: str, number: int) -> bool:
        """Whether the settings know a key, so that the keychain may hold it."""
        return number in self._written(provider_id)

    def free_number(self, provider_id: str) -> int:
        """The first place in the keychain that no key of this provider has."""
        taken = {key.number for key in self.keys(provider_id)}
        return next(number for number in range(1, len(taken) + 2) if number not in taken)

    def hold(self, provider_id: str, key: StoredKey) -> None:
        """Knows a key for this run only."""
        self._held.setdefault(provider_id, {})[key.number] = key

    def write(self, provider_id: str, key: StoredKey) -> None:
        """Writes what is known of a key."""
        self._save(provider_id, {**self._written(provider_id), key.number: key})

    def release(self, provider_id: str, number: int) -> None:
        """Forgets what is known for this run only."""
        self._held.get(provider_id, {}).pop(number, None)

    def strike(self, provider_id: str, number: int) -> None:
        """Takes a key out of the settings."""
        written = self._written(provider_id)
        if written.pop(number, None) is not None:
            self._save(provider_id, written)

    def rename(self, provider_id: str, number: int, name: str) -> None:
        """Calls a key by another name."""
        written, held = self._written(provider_id), self._held.get(provider_id, {})
        if number in held:
            held[number] = replace(held[number], name=name)
        if number in written:
            self.write(provider_id, replace(written[number], name=name))

    def choose(self, provider_id: str, number: int, *, is_lasting: bool = True) -> None:
        """Makes a key the one in use, for this run and, when lasting, for later ones."""
        self._wished[provider_id] = number
        written = self._written(provider_id)
        if is_lasting and number in written:
            self._save(provider_id, written, number)

    def _written(self, provider_id: str) -> dict[int, StoredKey]:
        entry = self._entry(provider_id)
        further = entry.get("further", [])
        entries = [entry, *(further if isinstance(further, list) else [])] if entry else []
        found: dict[int, StoredKey] = {}
        for item in entries:
            if isinstance(item, Mapping):
                number = item.get("number", 1)
                if type(number) is int and number > 0:
                    texts = {name: str(item.get(name, ""))[:_LONGEST] for name in _TEXTS}
                    found.setdefault(number, StoredKey(number, **texts))
        return found

    def _entry(self, provider_id: str) -> Mapping[str, Any]:
        """What is written of a provider; the file may hold anything."""
        entry = self._settings.value(HINTS).get(provider_id)
        if not isinstance(entry, Mapping):
            return {}
        used = entry.get("used")
        return entry if used is None or type(used) is int else {**entry, "used": 0}

    def _save(self, provider_id: str, keys: dict[int, StoredKey], used: int | None = None) -> None:
        hints = dict(self._settings.value(HINTS))
        used = used or self._entry(provider_id).get("used", 0)
        entries = [_written_form(keys[number]) for number in sorted(keys)]
        if not entries:
            hints.pop(provider_id, None)
        else:
            first, *further = entries
            hints[provider_id] = first
            if further:
                first["further"] = further
            if used in keys and used != min(keys):
                first["used"] = used
        self._settings.set(HINTS, hints)


def _written_form(key: StoredKey) -> dict[str, Any]:
    """A key as it is written; a first key without a name looks as it always did."""
    entry: dict[str, Any] = {
        "last4": key.last4,
        "place": key.place,
        "origin": key.origin,
        "date": key.date,
    }
    if key.name:
        entry["name"] = key.name
    if key.number != 1:
        entry["number"] = key.number
    return entry
