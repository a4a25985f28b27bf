"""The routes of one model side by side: what is published of them and what was measured here."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from app.core.errors import ProviderError
from app.core.models.host import Host, Measured
from app.core.models.model import Model
from app.services.models.models import ModelService
from app.services.tasks import TaskScope
from app.storage.models.measured import Measurements


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the comparison: a provider's offer, or with `host` one hall behind it.

    `measured` are the user's own answers by the offer; a host alone is not measured.
    """

    model: Model
    provider: str
    measured: Measured = field(default_factory=Measured)
    host: Host | None = None


class RouteService(QObject):
    """Compares. `told` carries a route's key, its Hosts, and what went wrong with asking."""

    told = Signal(str, object, str)

    def __init__(
        self,
        models: ModelService,
        measurements: Measurements,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._measurements = measurements
        self._scope = scope

    def routes(self, model: Model) -> list[Route]:
        """Every known offer of the same model, those that can be asked now first."""
        group = [known for known in self._models.models() if known.group == model.group]
        offers = group if model.group else [model]
        if all(offer.key != model.key for offer in offers):
            offers.insert(0, model)
        offers.sort(key=lambda m: (m.is_removed, not self._models.can_answer(m.provider_id)))
        return [
            Route(
                offer,
                self._models.profile(offer.provider_id).name,
                self._measurements.of_route(offer.provider_id, offer.id),
            )
            for offer in offers
        ]

    def has_hosts(self, model: Model) -> bool:
        """Whether the provider of a route tells which hosts are behind it."""
        return bool(self._models.profile(model.provider_id).routes_path)

    def ask_hosts(self, model: Model) -> None:
        """Asks for the hosts behind a route; `told` has the answer. Without a key nothing is."""
        profile = self._models.profile(model.provider_id)
        if not profile.routes_path:
            return
        if not self._models.can_answer(profile.id):
            self.told.emit(model.key, [], f"{profile.name} tells its hosts once it is connected.")
            return

        async def fetch() -> None:
            try:
                hosts = await (await self._models.client(profile.id)).hosts(model.id)
            except ProviderError as error:
                self.told.emit(model.key, [], f"The hosts are not known: {error.message}")
                return
            self.told.emit(model.key, hosts, "")

        self._scope.start(f"hosts {model.key}", fetch)
