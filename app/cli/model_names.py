"""Which provider is meant by the name of a model alone."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.errors import SettingError
from app.providers.catalogue.profile import ProviderProfile
from app.services.models.models import ModelService

_LISTED = "Name one with --provider, or an address with --base-url; `facet models` lists them."


def route_of(models: ModelService, name: str) -> tuple[str, str]:
    """The ids of provider and model: of a line of `facet models`, of a model one provider has, or
    of an address and a model behind it. SettingError for a name that means none or several."""
    known = models.models()
    for model in known:
        if model.key == name:
            return model.provider_id, model.id
    having = [model.provider_id for model in known if model.id == name]
    if having:
        can_answer = [provider_id for provider_id in having if models.can_answer(provider_id)]
        chosen = can_answer or having
        if len(chosen) > 1:
            raise SettingError(
                f"Several providers have the model “{name}”: {', '.join(chosen)}.",
                "Name one with --provider.",
            )
        return chosen[0], name
    named = [
        (prefix, profile)
        for profile in models.profiles()
        for prefix in _names(profile)
        if name.casefold().startswith(prefix) and len(name) > len(prefix)
    ]
    if named:
        prefix, profile = max(named, key=lambda found: len(found[0]))
        return profile.id, name[len(prefix) :]
    raise SettingError(f"No provider is known to have the model “{name}”.", _LISTED)


def _names(profile: ProviderProfile) -> Iterator[str]:
    """How a model of this provider may begin: its id, name, or address with or without scheme."""
    address = profile.base_url
    for text in (profile.id, profile.name, address, address.partition("://")[2]):
        if text.strip("/"):
            yield f"{text.rstrip('/')}/".casefold()
