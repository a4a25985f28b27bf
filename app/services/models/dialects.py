"""Which of its dialects a provider is spoken to in: the user's wish over the provider's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.core.errors import SettingError
from app.core.models.model import Model
from app.providers.catalogue.profile import DIALECT_NAMES, ProviderProfile
from app.services.settings import SettingsService

DIALECTS = "providers.dialects"


class Dialects:
    """The wishes by provider. A wish that is no dialect, or no longer one, changes nothing."""

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    def applied(self, profile: ProviderProfile) -> ProviderProfile:
        """The profile with the dialect the user wishes."""
        wish = self._settings.value(DIALECTS).get(profile.id)
        if wish not in DIALECT_NAMES or wish == profile.dialect:
            return profile
        return replace(profile, dialect=wish)

    def choose(self, profile: ProviderProfile, dialect: str) -> None:
        """Keeps a wish; the provider's own dialect needs none. SettingError for no dialect.

        `profile` is the provider's own, without a wish.
        """
        if dialect not in DIALECT_NAMES:
            known = ", ".join(DIALECT_NAMES)
            raise SettingError(f"There is no dialect “{dialect}”.", f"Facet speaks {known}.")
        wishes = dict(self._settings.value(DIALECTS))
        wishes.pop(profile.id, None)
        if dialect != profile.dialect:
            wishes[profile.id] = dialect
        self._settings.set(DIALECTS, wishes)


def offered(profile: ProviderProfile, models: Iterable[Model]) -> tuple[str, ...]:
    """The dialects that can be chosen: those its bundled models tell of, all for own addresses."""
    if profile.is_custom:
        return DIALECT_NAMES
    told = {name for model in models for name in model.dialects} | {profile.dialect}
    return tuple(name for name in DIALECT_NAMES if name in told)
