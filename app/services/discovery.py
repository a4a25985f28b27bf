"""Looking for model servers on this computer when the user asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.services.tasks import TaskScope


class DiscoveryService(QObject):
    """Finds servers; `found` carries the FoundServers of the last look.

    `addresses` are looked at instead of the usual ones when they are set.
    """

    found = Signal(object)

    def __init__(self, scope: TaskScope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self.addresses: Sequence[str] | None = None

    def look(self) -> None:
        """Looks now; a look that is under way is begun anew."""

        async def search() -> None:
            from app.providers.discovery import found_servers

            self.found.emit(await found_servers(self.addresses))

        self._scope.start("discovery", search)
