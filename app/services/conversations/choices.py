"""What is chosen for the conversation being read: model, dials, instructions, preset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from app.core.conversations.conversation import Conversation
from app.core.models.parameter import ParameterValue
from app.providers.parameters.declarations import APART
from app.services.conversations.presets import PresetService
from app.services.conversations.undo import Undo
from app.services.models.models import ModelService
from app.services.settings import SettingsService


class Chosen(Protocol):
    """Who holds the conversation being read."""

    current: Conversation


class Choices:
    """Changes the choices of the conversation being read; `change` takes the changed fields.

    Changes of the dials can be taken back one by one until another conversation is read.
    """

    def __init__(
        self,
        holder: Chosen,
        change: Callable[..., None],
        models: ModelService,
        presets: PresetService,
        settings: SettingsService,
    ) -> None:
        self._holder = holder
        self._change = change
        self._models = models
        self._presets = presets
        self._settings = settings
        self._undo = Undo()

    def choose_model(self, provider_id: str, model_id: str) -> None:
        """Asks this model from now on, here and in new conversations."""
        self._change(provider_id=provider_id, model_id=model_id)
        self._models.note_use(f"{provider_id}/{model_id}")
        self._settings.set("models.last", f"{provider_id}/{model_id}")

    def choose_here(self, provider_id: str, model_id: str) -> None:
        """Asks this model in this conversation alone; new ones keep theirs."""
        self._change(provider_id=provider_id, model_id=model_id)

    def prepare(
        self,
        provider_id: str,
        model_id: str,
        parameters: Mapping[str, ParameterValue],
        system: str | None = None,
    ) -> None:
        """Sets everything for this conversation alone; None leaves its instructions as they are."""
        kept = self._holder.current.system if system is None else system
        choice = {"provider_id": provider_id, "model_id": model_id, "system": kept}
        self._change(parameters=dict(parameters), **choice)

    def set_parameters(self, parameters: Mapping[str, ParameterValue]) -> None:
        """Sets the dials of this conversation; absent ones are not sent."""
        earlier = self._holder.current.parameters
        if dict(parameters) != dict(earlier):
            self._undo.note(earlier, is_gradual=True)
            self._change(parameters=dict(parameters))

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of the dials to take back."""
        return bool(self._undo)

    def undo_parameters(self) -> None:
        """Takes back the last change of the dials."""
        if self._undo:
            self._change(parameters=self._undo.last())

    def forget_undo(self) -> None:
        """Forgets the earlier dials: another conversation is being read."""
        self._undo.clear()

    def set_system(self, text: str) -> None:
        """Sets the instructions of this conversation."""
        self._change(system=text)

    def choose_preset(self, preset_id: str) -> None:
        """Takes over a preset's dials, and its model and instructions where it names them; with
        no id its dials and instructions are taken back.
        """
        if not preset_id:
            self._leave_preset()
            return
        preset = self._presets.preset(preset_id)
        if preset is None:
            return
        current = self._holder.current
        self._undo.note(current.parameters)
        kept = {name: current.parameters[name] for name in APART if name in current.parameters}
        changes: dict[str, Any] = {
            "preset_id": preset_id,
            "parameters": {**preset.parameters, **kept},
        }
        self._change(
            **changes,
            system=preset.system or current.system,
            provider_id=preset.provider_id or current.provider_id,
            model_id=preset.model_id or current.model_id,
        )

    def reset_parameters(self) -> None:
        """Unsets every dial; tools and hosts stay. It can be taken back."""
        current = self._holder.current
        kept = {name: current.parameters[name] for name in APART if name in current.parameters}
        if kept != dict(current.parameters):
            self._undo.note(current.parameters)
            self._change(parameters=kept)

    def _leave_preset(self) -> None:
        current = self._holder.current
        preset = self._presets.preset(current.preset_id)
        if preset is None:
            return
        is_its_own = bool(preset.system) and preset.system == current.system
        self._undo.note(current.parameters)
        kept = {
            name: value
            for name, value in current.parameters.items()
            if name in APART or name not in preset.parameters
        }
        self._change(preset_id="", parameters=kept, system="" if is_its_own else current.system)
