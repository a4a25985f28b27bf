"""The tuning panel and the services: what is set here shows there, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from app.core.conversations.conversation import Message, Role
from app.core.errors import AppError
from app.core.models.parameter import ParameterValue
from app.core.models.tool import TOOLS
from app.providers.parameters.declarations import APART
from app.services.generation.tools import names_in
from app.services.services import Services
from app.ui.tuning.panel import TuningPanel
from app.ui.tuning.word_chart import LastAnswer


class ConversationDials(QObject):
    """Keeps a tuning panel and the conversation being read in step."""

    def __init__(self, services: Services, panel: TuningPanel) -> None:
        super().__init__(panel)
        self._services = services
        self._panel = panel
        self._shown_words = ""
        self._shown_id = services.conversations.current.id
        conversations = services.conversations
        conversations.left.connect(panel.flush)
        conversations.opened.connect(self._on_opened)
        conversations.turns.previewed.connect(self._on_previewed)
        conversations.choice_changed.connect(self.show)
        services.generation.finished.connect(self._on_finished)
        services.tools.listed.connect(self.show)
        services.presets.listed.connect(self._on_presets_listed)
        services.models.listed.connect(self.show)
        services.settings.changed.connect(self._on_setting_changed)
        panel.parameters_changed.connect(conversations.choices.set_parameters)
        panel.system_changed.connect(conversations.choices.set_system)
        panel.preset_chosen.connect(conversations.choices.choose_preset)
        panel.preset_saved.connect(self._on_preset_saved)
        panel.preset_renamed.connect(services.presets.rename)
        panel.preset_removed.connect(services.presets.remove)
        panel.reset_requested.connect(conversations.choices.reset_parameters)
        panel.undo_requested.connect(conversations.choices.undo_parameters)
        panel.tools_fold.new_requested.connect(self._on_new_tool_requested)
        panel.exact_requested.connect(self._on_exact_requested)

    def show(self) -> None:
        """Shows what is chosen in the conversation being read."""
        current = self._services.conversations.current
        panel = self._panel
        panel.set_model(self._services.models.model(current.provider_id, current.model_id))
        panel.tools_fold.set_tools(self._services.tools.tools())
        panel.set_parameters(dict(current.parameters))
        panel.set_hosts(self._general_routing(current.provider_id))
        panel.set_system(current.system)
        panel.set_presets(self._services.presets.presets(), current.preset_id)
        self._show_words()
        panel.set_undo_available(self._services.conversations.choices.can_undo)

    def _general_routing(self, provider_id: str) -> dict[str, object] | None:
        """What the settings say about hosts, None where a provider takes no such wishes."""
        profiles = self._services.models.profiles()
        if not any(known.id == provider_id and known.takes_routing for known in profiles):
            return None
        return dict(self._services.settings.value("routing.general"))

    def _on_setting_changed(self, key: str) -> None:
        if key == "routing.general":
            self.show()

    def _show_words(self) -> None:
        """Shows the place where the last answer doubted most, if its words were scored."""
        message_id, place = "", None
        for message in reversed(self._services.conversations.branch()):
            told = message.provenance
            if message.role is not Role.ASSISTANT or told is None:
                continue
            message_id = message.id
            doubts = told.confidence.doubts if told.confidence else ()
            found = next((doubt for doubt in doubts if len(doubt.candidates) > 1), None)
            place = LastAnswer(found.before, found.candidates) if found else None
            break
        if message_id != self._shown_words:
            self._shown_words = message_id
            self._panel.picture.show_place(place)

    def _on_finished(self, message: Message) -> None:
        if message.conversation_id == self._services.conversations.current.id:
            self._shown_words = ""
            self._show_words()

    def _on_presets_listed(self) -> None:
        current = self._services.conversations.current
        self._panel.set_presets(self._services.presets.presets(), current.preset_id)

    def _on_preset_saved(self, name: str) -> None:
        current = self._services.conversations.current
        parameters: Mapping[str, ParameterValue] = {
            name: value for name, value in current.parameters.items() if name not in APART
        }
        preset = self._services.presets.save(name, parameters, current.system, "", "")
        self._services.conversations.choices.choose_preset(preset.id)

    def _on_opened(self) -> None:
        current_id = self._services.conversations.current.id
        if current_id != self._shown_id:
            self._shown_id = current_id
            self._panel.forget()
        self.show()
        if self._panel.exact_fold.is_open:
            self._on_exact_requested()

    def _on_exact_requested(self) -> None:
        self._panel.exact.set_preparing()
        self._services.conversations.preview()

    def _on_previewed(self, conversation_id: str, body: Mapping[str, Any] | AppError) -> None:
        if conversation_id != self._services.conversations.current.id:
            return
        if isinstance(body, AppError):
            body = {"refused": f"{body.message} {body.hint}".strip()}
        self._panel.set_exact(body)

    def _on_new_tool_requested(self) -> None:
        """Opens the window of a new tool; saved, it is on in the conversation that asked."""
        from app.ui.tools.tool_dialog import ToolDialog

        services = self._services
        asked_id = services.conversations.current.id
        dialog = ToolDialog(services.tools, self._panel.theme, None, self._panel.window())

        def switch_on() -> None:
            current = services.conversations.current
            if dialog.saved is not None and current.id == asked_id:
                names = [*names_in(current.parameters), dialog.saved.name]
                services.conversations.choices.set_parameters({**current.parameters, TOOLS: names})

        dialog.accepted.connect(switch_on)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
