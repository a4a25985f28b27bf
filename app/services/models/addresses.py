"""The user's own addresses, as they stand in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.errors import SettingError
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.profile import ProviderProfile
from app.services.settings import SettingsService

ADDRESSES = "providers.custom"


class Addresses:
    """The profiles of the user's own addresses by id.

    An entry that cannot be an address stays in the settings as it is, is left out here, and has a
    sentence in `troubles`.
    """

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings
        self._profiles: dict[str, ProviderProfile] = {}
        self._refused: list[dict[str, Any]] = []
        self.troubles: list[str] = []
        for entry in settings.value(ADDRESSES):
            self._read(entry)

    def __iter__(self) -> Iterator[ProviderProfile]:
        return iter(self._profiles.values())

    def __contains__(self, provider_id: object) -> bool:
        return provider_id in self._profiles

    def __getitem__(self, provider_id: str) -> ProviderProfile:
        return self._profiles[provider_id]

    def use(self, profile: ProviderProfile) -> None:
        """Makes an address known for this run without keeping it."""
        self._profiles[profile.id] = profile

    def add(self, profile: ProviderProfile) -> None:
        """Keeps an address."""
        self.use(profile)
        self._write()

    def speak(self, provider_id: str, dialect: str) -> None:
        """Speaks to an address in another dialect. SettingError for no dialect."""
        known = self._profiles[provider_id]
        self.add(
            custom_profile(
                known.address, name=known.name, dialect=dialect, needs_key=known.needs_key
            )
        )

    def remove(self, provider_id: str) -> None:
        """Forgets an address. KeyError when it is not known."""
        del self._profiles[provider_id]
        self._write()

    def _read(self, entry: dict[str, Any]) -> None:
        try:
            self.use(
                custom_profile(
                    entry["base_url"],
                    name=entry.get("name", ""),
                    dialect=entry.get("dialect", "chat"),
                    needs_key=entry.get("needs_key", False),
                )
            )
        except SettingError as error:
            self._refused.append(entry)
            name = entry.get("name") or entry["base_url"]
            self.troubles.append(
                f"Your address “{name}” in the settings cannot be used and is left out: "
                f"{error.message} {error.hint}".strip()
            )

    def _write(self) -> None:
        kept = [
            {
                "id": profile.id,
                "base_url": profile.address,
                "name": profile.name,
                "dialect": profile.dialect,
                "needs_key": profile.needs_key,
            }
            for profile in self
        ]
        self._settings.set(ADDRESSES, [*kept, *self._refused])
