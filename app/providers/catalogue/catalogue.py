"""The known providers and models: bundled files and the user's addresses. Needs no network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from app.core.errors import AppError
from app.core.models.model import Model
from app.providers.account.key import clean_key
from app.providers.catalogue.address import custom_profile
from app.providers.catalogue.profile import ProviderProfile
from app.providers.catalogue.provider_file import read_provider

__all__ = ["Catalogue", "clean_key", "custom_profile", "group_of"]

_ENDINGS = ("-maas", "-it", "-instruct", "-chat")


class Catalogue:
    """Profiles in the order they are shown, and the models each offers."""

    def __init__(self, profiles: Iterable[ProviderProfile], models: Iterable[Model] = ()) -> None:
        self._profiles = {profile.id: profile for profile in profiles}
        self._models = {(model.provider_id, model.id): model for model in models}

    @classmethod
    def bundled(cls) -> Catalogue:
        """What comes with the program; SettingError when a provider file is wrong."""
        return cls(*_bundled())

    @classmethod
    def in_folder(cls, folder: Traversable) -> Catalogue:
        """What the provider files of a folder say; SettingError when one is wrong."""
        return cls(*_read_folder(folder))

    def profiles(self) -> list[ProviderProfile]:
        """Every provider, in the order to show."""
        return list(self._profiles.values())

    def profile(self, provider_id: str) -> ProviderProfile:
        """The provider with this id; AppError when there is none."""
        try:
            return self._profiles[provider_id]
        except KeyError:
            known = ", ".join(self._profiles)
            raise AppError(
                f"There is no provider called “{provider_id}”.", f"Known providers: {known}."
            ) from None

    def add(self, profile: ProviderProfile, models: Iterable[Model] = ()) -> None:
        """Makes a provider known (the user's own address), or replaces what was known of it."""
        self._profiles[profile.id] = profile
        for model in models:
            self._models[model.provider_id, model.id] = model

    def models(self, provider_id: str | None = None) -> list[Model]:
        """Every known model, or those of one provider."""
        found = self._models.values()
        return [model for model in found if provider_id in (None, model.provider_id)]

    def model(self, provider_id: str, model_id: str) -> Model:
        """The model; one that is not known comes back with nothing but its id, and works."""
        known = self._models.get((provider_id, model_id))
        return known or typed_model(provider_id, model_id)


def typed_model(provider_id: str, model_id: str) -> Model:
    """A model of which only the id is known: nothing is refused or left out before sending."""
    return Model(provider_id, model_id, model_id, group=group_of(model_id), source="typed")


def group_of(model_id: str) -> str:
    """What the same model is called everywhere: `google/gemma-2-27b-it:free` → `gemma-2-27b`."""
    name = model_id.lower().rsplit("/", 1)[-1].removesuffix(":free")
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


@cache
def _bundled() -> tuple[tuple[ProviderProfile, ...], tuple[Model, ...]]:
    return _read_folder(resources.files("resources") / "providers")


def _read_folder(folder: Traversable) -> tuple[tuple[ProviderProfile, ...], tuple[Model, ...]]:
    read = [
        read_provider(file.read_text("utf-8"), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    ]
    read.sort(key=lambda pair: pair[0].order)
    profiles = tuple(profile for profile, _ in read)
    return profiles, tuple(model for _, models in read for model in models)
