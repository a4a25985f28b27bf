"""The page of providers: keys, addresses, and whether they work."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent

from app.providers.catalogue.profile import ProviderProfile
from app.services.services import Services
from app.storage.keys.key_store import KeyPlace
from app.ui.settings.address_form import AddressForm
from app.ui.settings.discovery_box import DiscoveryBox
from app.ui.settings.provider_card import ProviderCard
from app.ui.theme import Theme
from app.ui.widgets.page import Page

ABOUT = (
    "Practice works without a key. For the others paste a key of your own: it goes to that "
    "provider's "
    "address and nowhere else."
)


class ProvidersPage(Page):
    """A card for every provider, and the form for addresses of the user's own.

    `models_wanted(provider_id)` asks to choose a model of a provider that works.
    """

    models_wanted = Signal(str)

    def __init__(self, services: Services, theme: Theme) -> None:
        super().__init__("providers", "Providers", ABOUT, "")
        self._services = services
        models = self._models = services.models
        self._theme = theme
        self._place = ""
        self.cards: dict[str, ProviderCard] = {}
        self.discovery = DiscoveryBox(services, theme)
        self.column.addWidget(self.discovery)
        self.form = AddressForm(models, services.discovery, theme)
        self.column.addWidget(self.form)
        self.words += " key address provider connect test Ollama LM Studio llama vLLM local custom"
        self.words += " sign in balance server computer"
        models.listed.connect(self._fill)
        models.keys.place_found.connect(self._on_place_found)
        self.form.added.connect(self.show_provider)
        self.form.grew.connect(self._on_form_grew)
        self.discovery.added.connect(self.show_provider)
        self._fill()
        self._say_where()

    def showEvent(self, event: QShowEvent) -> None:
        """Asks where keys are kept and what is left at each provider: the user is looking."""
        super().showEvent(event)
        self._models.keys.find_place()
        for card in self.cards.values():
            card.ask_account()

    def show_provider(self, provider_id: str) -> None:
        """Scrolls to a provider and puts the cursor into its key field."""
        card = self.cards.get(provider_id)
        if card is not None:
            QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card, 0, 60))
            target = card.field if card.field.isVisibleTo(card) else card.save
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_grew(self) -> None:
        """Keeps what comes next in the form in view."""
        add = self.form.add
        QTimer.singleShot(0, add, lambda: self.ensureWidgetVisible(add, 0, 24))

    def _fill(self) -> None:
        profiles = self._models.profiles()
        wanted = {profile.id for profile in profiles}
        for provider_id in [known for known in self.cards if known not in wanted]:
            card = self.cards.pop(provider_id)
            self.column.removeWidget(card)
            card.deleteLater()
        for place, profile in enumerate(profiles):
            if profile.id not in self.cards:
                self.column.insertWidget(place, self._card(profile))
                self.words += f" {profile.name}"

    def _card(self, profile: ProviderProfile) -> ProviderCard:
        card = ProviderCard(profile, self._services, self._theme, self._place)
        card.removed.connect(self._models.remove_custom)
        card.models_wanted.connect(self.models_wanted)
        self.cards[profile.id] = card
        return card

    def _say_where(self) -> None:
        keys = self._place or "Keys are kept in the system's keychain, never in a file."
        self.kept.setText(f"{keys} Addresses are kept in {self._services.settings.path()}")

    def _on_place_found(self, place: KeyPlace) -> None:
        self._place = place.explanation
        for card in self.cards.values():
            card.set_place(self._place)
        self._say_where()
