"""Providers' own lists of models: the newest that was fetched, kept for times without a network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.core.models.model import Model
from app.providers.catalogue.catalogue import Catalogue
from app.providers.catalogue.live_models import merged, with_missing
from app.services.tasks import TaskScope
from app.storage.models.live_lists import LiveList, LiveListRepository

OLD = timedelta(days=1)
"""After this a list is fetched anew when the user looks at models."""


class LiveLists:
    """The lists by provider; each is read from the disk when it is first asked for.

    `troubles` holds what went wrong when a list was last fetched, by provider.
    """

    def __init__(
        self, repository: LiveListRepository, catalogue: Catalogue, scope: TaskScope
    ) -> None:
        self._repository = repository
        self._catalogue = catalogue
        self._scope = scope
        self._lists: dict[str, LiveList | None] = {}
        self._joined: dict[str, dict[str, Model]] = {}
        self.troubles: dict[str, str] = {}

    def models(self, provider_id: str) -> list[Model]:
        """What a provider offers: its own list over the bundled one, or that one alone."""
        return list(self._by_id(provider_id).values())

    def model(self, provider_id: str, model_id: str) -> Model | None:
        """A model of a provider, None when neither list has it."""
        return self._by_id(provider_id).get(model_id)

    def fetched_at(self, provider_id: str) -> datetime | None:
        """When a provider's list was fetched, None when there is none."""
        found = self._list(provider_id)
        return found.fetched_at if found else None

    def is_old(self, provider_id: str, now: datetime | None = None) -> bool:
        """Whether a provider's list should be fetched when the user looks."""
        at = self.fetched_at(provider_id)
        return at is None or (now or datetime.now(UTC)) - at > OLD

    def put(self, provider_id: str, models: Sequence[Model]) -> None:
        """Keeps a fetched list; what only the earlier one had is marked as removed."""
        now = datetime.now(UTC)
        earlier = self._list(provider_id)
        kept = with_missing(models, earlier.models if earlier and models else ())
        self.troubles.pop(provider_id, None)
        self._lists[provider_id] = LiveList(now, tuple(kept))
        self._joined.pop(provider_id, None)
        self._scope.watch(self._repository.keep(provider_id, kept, now))

    def forget(self, provider_id: str) -> None:
        """Forgets the list of a provider that is removed."""
        self._lists[provider_id] = None
        self._joined.pop(provider_id, None)
        self.troubles.pop(provider_id, None)
        self._scope.watch(self._repository.remove(provider_id))

    def _by_id(self, provider_id: str) -> dict[str, Model]:
        if provider_id not in self._joined:
            live, bundled = self._list(provider_id), self._catalogue.models(provider_id)
            models = merged(live.models, bundled) if live else bundled
            self._joined[provider_id] = {model.id: model for model in models}
        return self._joined[provider_id]

    def _list(self, provider_id: str) -> LiveList | None:
        if provider_id not in self._lists:
            self._lists[provider_id] = self._repository.list_of(provider_id)
        return self._lists[provider_id]


def age_text(at: datetime | None, now: datetime) -> str:
    """How old a list is, for people: `just now`, `3 hours ago`, `never fetched`."""
    if at is None:
        return "never fetched"
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 2:
        return "just now"
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return "just now"
