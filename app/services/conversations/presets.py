"""Presets: the bundled ones and the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.core.identity import new_id
from app.core.models.parameter import ParameterValue
from app.core.models.preset import Preset
from app.core.text.graphemes import cut_at_letter
from app.services.tasks import TaskScope
from app.storage.models.presets import PresetRepository


class PresetService(QObject):
    """Knows every preset; `listed` says that there are others than before."""

    listed = Signal()

    def __init__(
        self, repository: PresetRepository, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._repository = repository
        self._scope = scope
        self._bundled = [preset for preset in repository.presets() if preset.is_bundled]
        self._own = [preset for preset in repository.presets() if not preset.is_bundled]

    def presets(self) -> list[Preset]:
        """The bundled presets, then the user's own in the order they were made."""
        return [*self._bundled, *self._own]

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
        name = cut_at_letter(" ".join(name.split()), 60)
        known = next((preset for preset in self._own if preset.name == name), None)
        preset = Preset(
            known.id if known else new_id(), name, dict(parameters), system, provider_id, model_id
        )
        self._own = [preset if p.id == preset.id else p for p in self._own]
        if known is None:
            self._own.append(preset)
        self._scope.watch(self._repository.save(preset))
        self.listed.emit()
        return preset

    def rename(self, preset_id: str, name: str) -> None:
        """Gives one of the user's own presets another name; its id, and who uses it, stay."""
        known = next((preset for preset in self._own if preset.id == preset_id), None)
        if known is None or not name.strip():
            return
        preset = replace(known, name=cut_at_letter(" ".join(name.split()), 60))
        self._own = [preset if p.id == preset_id else p for p in self._own]
        self._scope.watch(self._repository.save(preset))
        self.listed.emit()

    def remove(self, preset_id: str) -> None:
        """Forgets one of the user's own presets."""
        self._own = [preset for preset in self._own if preset.id != preset_id]
        self._scope.watch(self._repository.remove(preset_id))
        self.listed.emit()
