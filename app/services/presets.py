"""Presets: the bundled ones and the user's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from app.core.identity import new_id
from app.core.parameter import ParameterValue
from app.core.preset import BUNDLED_PRESETS, Preset
from app.services.tasks import TaskScope
from app.storage.presets import PresetRepository


class PresetService(QObject):
    """Knows every preset; `listed` says that there are others than before."""

    listed = Signal()

    def __init__(
        self, repository: PresetRepository, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._repository = repository
        self._scope = scope
        self._own = repository.presets()

    def presets(self) -> list[Preset]:
        """The bundled presets, then the user's own in the order they were made."""
        return [*BUNDLED_PRESETS, *self._own]

    def preset(self, preset_id: str) -> Preset | None:
        """The preset with this id, or None when it is gone."""
        return next((preset for preset in self.presets() if preset.id == preset_id), None)

    def save(
        self,
        name: str,
        parameters: Mapping[str, ParameterValue],
        system: str = "",
        provider_id: str = "",
        model_id: str = "",
    ) -> Preset:
        """Keeps dials under a name; the same name again replaces the user's earlier one."""
        name = " ".join(name.split())[:60]
        known = next((preset for preset in self._own if preset.name == name), None)
        preset = Preset(
            known.id if known else new_id(), name, dict(parameters), system, provider_id, model_id
        )
        self._own = [preset if p.id == preset.id else p for p in self._own]
        if known is None:
            self._own.append(preset)

        async def keep() -> None:
            await asyncio.wrap_future(self._repository.save(preset))

        self._scope.start(f"preset {preset.id}", keep)
        self.listed.emit()
        return preset

    def remove(self, preset_id: str) -> None:
        """Forgets one of the user's own presets."""
        self._own = [preset for preset in self._own if preset.id != preset_id]

        async def forget() -> None:
            await asyncio.wrap_future(self._repository.remove(preset_id))

        self._scope.start(f"preset {preset_id}", forget)
        self.listed.emit()
