"""Looking for model servers, and at what an address speaks, when the user asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError
from app.providers.catalogue.address import with_scheme
from app.services.tasks import TaskScope


class DiscoveryService(QObject):
    """Finds servers; `found` carries the FoundServers of the last look.

    `probed(address, Found)` says what an address of the user's speaks, `unprobed(address, words)`
    why that could not be told. `addresses` are looked at instead of the usual ones when set.
    """

    found = Signal(object)
    probed = Signal(str, object)
    unprobed = Signal(str, str)

    def __init__(self, scope: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self.addresses: Sequence[str] | None = None

    def look(self) -> None:
        """Looks now; a look that is under way is begun anew."""

        async def search() -> None:
            from app.providers.catalogue.discovery import found_servers

            self.found.emit(await found_servers(self.addresses))

        self._scope.start("discovery", search)

    def probe(self, address: str) -> None:
        """Finds out what an address speaks; an earlier look that is under way is given up."""

        async def ask() -> None:
            from app.providers.catalogue.probe import probe

            try:
                self.probed.emit(address, await probe(with_scheme(address)))
            except AppError as error:
                self.unprobed.emit(address, f"{error.message} {error.hint}".strip())

        self._scope.start("probe", ask)
