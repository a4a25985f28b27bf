"""What opens beside the three zones: palette, picker, settings and help, each made when first
used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.sidebar.result_list_model import Result

if TYPE_CHECKING:
    from app.ui.help import HelpDialog
    from app.ui.main_window import MainWindow
    from app.ui.palette import Palette
    from app.ui.picker.picker import ModelPicker
    from app.ui.settings.dialog import SettingsDialog


class Doors(QObject):
    """Opens palette, picker, settings and help for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._services = window.services
        self.palette: Palette | None = None
        self.picker: ModelPicker | None = None
        self.settings: SettingsDialog | None = None
        self.help: HelpDialog | None = None
        window.services.search.found.connect(self._on_found)

    def open_palette(self) -> None:
        """Opens the palette, or closes it when it is open."""
        if self.palette is None:
            from app.ui.palette import Palette

            self.palette = Palette(self._window.theme, self._window.registry, self._window)
            self.palette.searched.connect(self._services.search.find)
            self.palette.opened.connect(self._window.open_conversation)
            self.palette.chosen.connect(self._window.registry.run)
        if self.palette.isVisible():
            self.palette.close_palette()
        else:
            self._window.actions_.refresh()
            self.palette.open_palette(self._services.conversations.summaries())

    def open_picker(self) -> None:
        """Opens the model picker below its button."""
        if self.picker is None:
            from app.ui.picker.picker import ModelPicker

            self.picker = ModelPicker(self._window.theme)
            self.picker.model_chosen.connect(self._services.conversations.choices.choose_model)
            self.picker.pin_toggled.connect(self._services.models.toggle_pin)
            self.picker.connect_requested.connect(self.open_providers)
            self._services.models.listed.connect(self._fill_picker)
        self._fill_picker()
        self.picker.popup_below(self._window.view.header.model_button)

    def open_settings(self, page: str = "", provider_id: str = "") -> None:
        """Opens the settings, at a page and a provider if named."""
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

    def open_providers(self, provider_id: str = "") -> None:
        """Opens the page where keys and addresses are kept, at one provider if named."""
        self.open_settings("providers", provider_id)

    def open_help(self, page: str = "") -> None:
        """Opens the manual, or the page of keyboard shortcuts."""
        if self.help is None:
            from app.ui.help import HelpDialog

            self.help = HelpDialog(self._window.registry, self._window.theme, self._window)
        self.help.show_page(page)
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def open_about(self) -> None:
        """Opens what there is to say about Facet itself."""
        self.open_settings("about")

    def _fill_picker(self) -> None:
        if self.picker is None:
            return
        models = self._services.models
        current = self._services.conversations.current
        profiles = {p.id: (p.name, models.can_answer(p.id)) for p in models.profiles()}
        key = f"{current.provider_id}/{current.model_id}"
        self.picker.set_models(models.models(), models.pins(), models.recent(), key, profiles)

    def _on_found(self, query: str, hits: object) -> None:
        results = [
            Result(h.conversation_id, h.title, h.created_at, h.message_id, h.snippet, h.marks)
            for h in hits  # type: ignore[attr-defined]
        ]
        self._window.sidebar.set_hits(query, results)
        if self.palette is not None:
            self.palette.set_hits(query, results)
