"""What opens beside the three zones: palette, picker, settings and help, each made when first
used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.core.conversations.conversation import MessageState
from app.providers.parameters.routing import ROUTING
from app.ui.sidebar.plain_snippet import without_markdown
from app.ui.sidebar.result_list_model import Result
from app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from app.ui.help.help_dialog import HelpDialog
    from app.ui.ledger.dialog import LedgerDialog
    from app.ui.palette.palette import Palette
    from app.ui.picker.picker import ModelPicker
    from app.ui.settings.dialog import SettingsDialog


class Dialogs(QObject):
    """Opens palette, picker, settings and help for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._services = window.services
        self.palette: Palette | None = None
        self.picker: ModelPicker | None = None
        self.settings: SettingsDialog | None = None
        self.help: HelpDialog | None = None
        self.ledger: LedgerDialog | None = None
        window.services.search.found.connect(self._on_found)

    def open_palette(self) -> None:
        """Opens the palette, or closes it when it is open."""
        if self.palette is None:
            from app.ui.palette.palette import Palette

            self.palette = Palette(self._window.theme, self._window.registry, self._window)
            self.palette.searched.connect(self._services.search.find)
            self.palette.opened.connect(self._window.open_conversation)
            self.palette.chosen.connect(self._window.registry.run)
            self.palette.led.connect(self._on_led)
        if self.palette.isVisible():
            self.palette.close_palette()
        else:
            self._window.actions_.refresh()
            self.palette.open_palette(self._services.conversations.summaries())

    def open_picker(self, provider_id: str = "") -> None:
        """Opens the model picker below its button, for the models of one provider if named."""
        if self.picker is None:
            from app.ui.picker.picker import ModelPicker

            self.picker = ModelPicker(self._window.theme)
            self.picker.model_chosen.connect(self._services.conversations.choices.choose_model)
            self.picker.pin_toggled.connect(self._services.models.toggle_pin)
            self.picker.connect_requested.connect(self.open_providers)
            self.picker.compared.connect(self.open_routes)
            self.picker.refresh_requested.connect(self._on_refresh_requested)
            self._services.models.listed.connect(self._fill_picker)
        self._services.models.refresh_old()
        self._fill_picker()
        name = self._services.models.profile(provider_id).name if provider_id else ""
        self.picker.popup_below(self._window.view.header.model_button, name)

    def open_routes(self, route_key: str) -> None:
        """Opens the table of the routes of one model."""
        from app.ui.picker.routes_dialog import RoutesDialog

        provider_id, _, model_id = route_key.partition("/")
        model = self._services.models.model(provider_id, model_id)
        dialog = RoutesDialog(model, self._services, self._window.theme, self._window)
        dialog.chosen.connect(self._services.conversations.choices.choose_model)
        dialog.host_chosen.connect(self._on_host_chosen)
        dialog.open()

    def open_ledger(self) -> None:
        """Opens the table of what answers cost."""
        if self.ledger is None:
            from app.ui.ledger.dialog import LedgerDialog

            self.ledger = LedgerDialog(self._services, self._window.theme, self._window)
        self.ledger.look()
        self.ledger.show()
        self.ledger.raise_()
        self.ledger.activateWindow()

    def open_settings(self, page: str = "", provider_id: str = "", key: str = "") -> None:
        """Opens the settings, at a page and a provider or a setting if named."""
        if self.settings is None:
            from app.ui.settings.dialog import SettingsDialog

            self.settings = SettingsDialog(
                self._services,
                self._window.registry,
                self._window.theme,
                self._window.folders,
                self._window,
            )
        self.settings.show_page(page, provider_id)
        self.settings.show()
        self.settings.raise_()
        self.settings.activateWindow()
        if key:
            self.settings.show_setting(key)

    def open_providers(self, provider_id: str = "") -> None:
        """Opens the page where keys and addresses are kept, at one provider if named."""
        self.open_settings("providers", provider_id)

    def open_reader(self, message_id: str = "") -> None:
        """Opens a message as plain text with a caret: the one with the ring when none is named,
        else the last. Closing it gives the keyboard back."""
        from app.ui.conversation.reader_dialog import ReaderDialog
        from app.ui.transcript.accessibility.text import speaker, whole_text

        column = self._window.view.transcript.state.column
        wanted = message_id or self._window.view.transcript.focused_message()
        if not column.layouts:
            return
        layout = column.layouts[column.indexes.get(wanted, len(column.layouts) - 1)]
        is_growing = layout.message.state is MessageState.WRITING
        note = "It is still being written; this is what has come so far." if is_growing else ""
        title = f"{speaker(layout.message)} said"
        text, window = whole_text(layout.message, layout), self._window
        dialog = ReaderDialog(title, text, note, window.theme, window, is_typed=layout.is_typed)
        dialog.finished.connect(partial(self._give_back, self._window.focusWidget()))
        dialog.open()

    def open_help(self, page: str = "", heading: str = "") -> None:
        """Opens the manual, at a heading if named, or the page of keyboard shortcuts."""
        if self.help is None:
            from app.ui.help.help_dialog import HelpDialog

            self.help = HelpDialog(self._window.registry, self._window.theme, self._window)
        self.help.show_page(page)
        self.help.show()
        if heading:
            self.help.show_heading(page, heading)
        self.help.raise_()
        self.help.activateWindow()

    def open_about(self) -> None:
        """Opens what there is to say about Facet itself."""
        self.open_settings("about")

    def _on_led(self, target: str) -> None:
        """Goes where the palette leads: a setting, a dial, or a heading of the manual."""
        kind, _, place = target.partition(":")
        page, _, name = place.partition(":")
        match kind:
            case "dial":
                self._window.show_dial(place)
            case "setting":
                self.open_settings(page, key=name)
            case "manual":
                self.open_help(page, name)

    def _give_back(self, widget: QWidget | None, _result: int) -> None:
        """The keyboard returns to where it was."""
        if widget is not None and isValid(widget):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_picker(self) -> None:
        if self.picker is None:
            return
        models = self._services.models
        current = self._services.conversations.current
        profiles = {p.id: (p.name, models.can_answer(p.id)) for p in models.profiles()}
        key = f"{current.provider_id}/{current.model_id}"
        self.picker.set_models(models.models(), models.pins(), models.recent(), key, profiles)
        self.picker.set_lists(self._lists_text())

    def _on_host_chosen(self, provider_id: str, model_id: str, tag: str) -> None:
        """Turns to a route and lets nobody but one host answer it."""
        conversations = self._services.conversations
        conversations.choices.choose_model(provider_id, model_id)
        parameters = dict(conversations.current.parameters)
        routing = parameters.get(ROUTING)
        known = routing if isinstance(routing, Mapping) else {}
        parameters[ROUTING] = {**known, "only": [tag]}
        conversations.choices.set_parameters(parameters)

    def _lists_text(self) -> str:
        """How old the lists of the providers are that can be asked for them."""
        from app.services.models.live_lists import age_text

        models, now = self._services.models, datetime.now(UTC)
        parts = []
        for profile in models.profiles():
            if models.can_refresh(profile.id):
                trouble = models.live.troubles.get(profile.id, "")
                age = age_text(models.live.fetched_at(profile.id), now)
                if models.is_refreshing(profile.id):
                    age = "fetching…"
                parts.append(f"{profile.name}: {age}{f', {trouble}' if trouble else ''}")
        return "Lists: " + " · ".join(parts) if parts else ""

    def _on_refresh_requested(self) -> None:
        models = self._services.models
        for profile in models.profiles():
            if models.can_refresh(profile.id):
                models.renew(profile.id)
                models.refresh(profile.id)
        self._fill_picker()

    def _on_found(self, query: str, hits: object) -> None:
        results = [
            Result(
                h.conversation_id,
                h.title,
                h.created_at,
                h.message_id,
                *without_markdown(h.snippet, h.marks),
            )
            for h in hits  # type: ignore[attr-defined]
        ]
        self._window.sidebar.set_hits(query, results)
        if self.palette is not None:
            self.palette.set_hits(query, results)
