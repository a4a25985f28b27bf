"""The page about the hosts behind OpenRouter: who may answer, what they may keep and cost."""

from __future__ import annotations

from app.services.settings import SettingsService
from app.ui.theme import Theme
from app.ui.tuning.routing_form import WISHES, RoutingForm
from app.ui.widgets.page import Page

ABOUT = (
    "OpenRouter passes a question on to one of several hosts. Here you say which hosts may get "
    "yours. It holds for every conversation at OpenRouter; a conversation can differ in its dials, "
    "under “Hosts and privacy”. What you ask for is sent with each question and shown under "
    "“Exactly what is sent”."
)
KEY = "routing.general"


class RoutingPage(Page):
    """The general wishes about hosts; each applies from the next question on."""

    def __init__(self, settings: SettingsService, theme: Theme) -> None:
        kept = f"Kept in {settings.path()}"
        super().__init__("routing", "Routing", ABOUT, kept)
        self._settings = settings
        self.words += " hosts OpenRouter zero data retention fallback quantization"
        self.words += " ".join(f" {wish.title} {wish.says}" for wish in WISHES.values())
        self.form = RoutingForm(theme)
        self.form.setMaximumWidth(theme.px(560))
        self.column.addWidget(self.form)
        self.form.changed.connect(self._on_form_changed)
        settings.changed.connect(self._on_setting_changed)
        self._on_setting_changed(KEY)

    def _on_form_changed(self, routing_choices: object) -> None:
        self._settings.set(KEY, routing_choices)

    def _on_setting_changed(self, key: str) -> None:
        if key == KEY and self.form.routing_choices() != self._settings.value(KEY):
            self.form.show_routing(self._settings.value(KEY))
