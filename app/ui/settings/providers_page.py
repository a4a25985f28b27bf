"""The page of providers: keys, addresses, and whether they work."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.core.models.provider import BUILT_IN
from app.providers.catalogue.profile import ProviderProfile
from app.services.services import Services
from app.storage.keys.key_store import KeyPlace
from app.ui.settings.address_form import AddressForm
from app.ui.settings.discovery_box import DiscoveryBox
from app.ui.settings.provider_card import ProviderCard
from app.ui.settings.provider_line import ProviderLine
from app.ui.theme import Theme
from app.ui.widgets.page import Page, text_label

ABOUT = (
    "A key is a long password that a provider gives you on its own page: with it Facet asks in "
    "your name, and the provider knows whom to bill. It goes to that provider's address and "
    "nowhere else. If you have none yet, take OpenRouter first: one key reaches the models of many "
    "makers. Practice works without one."
)


class ProvidersPage(Page):
    """Every provider, and the form for addresses of the user's own.

    Those that are connected come first, each as a card with its state; the others as a line each
    that opens into its card. An opened one keeps its place until the page is shown again.

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
        self.lines: dict[str, ProviderLine] = {}
        self._opened: set[str] = set()
        self._others = text_label("Not connected", "heading")
        self.discovery = DiscoveryBox(services, theme)
        self.column.addWidget(self.discovery)
        self.form = AddressForm(models, services.discovery, theme)
        self.column.addWidget(self.form)
        self.words += " key address provider connect test Ollama LM Studio llama vLLM local custom"
        self.words += " sign in balance server computer"
        models.listed.connect(self._fill)
        models.keys.changed.connect(self._on_key_changed)
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

    def hideEvent(self, event: QHideEvent) -> None:
        """When the page is looked at again the connected ones stand first, the others closed."""
        super().hideEvent(event)
        self._opened.clear()
        self._arrange()

    def show_provider(self, provider_id: str) -> None:
        """Scrolls to a provider and puts the cursor into its key field."""
        card = self.cards.get(provider_id)
        if card is not None:
            self._open(provider_id)
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
            line = self.lines.pop(provider_id)
            self.column.removeWidget(line)
            line.deleteLater()
        is_new = False
        for profile in profiles:
            if profile.id not in self.cards:
                is_new = True
                self._card(profile)
                self.words += f" {profile.name}"
        if is_new:
            self.cards = {profile.id: self.cards[profile.id] for profile in profiles}
        self._arrange()

    def _arrange(self) -> None:
        """Puts the connected first, and shows each as a card or as a line."""
        first = [name for name in self.cards if self._is_connected(name)]
        rest = [name for name in self.cards if name not in first]
        order: list[QWidget] = [self.cards[name] for name in first]
        order.append(self._others)
        for name in rest:
            order += [self.lines[name], self.cards[name]]
        if [self._at(place) for place in range(len(order))] != order:
            focused = self.window().focusWidget()
            for place, widget in enumerate(order):
                self.column.insertWidget(place, widget)
            if focused is not None and self.isAncestorOf(focused):
                focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._others.setVisible(bool(rest))
        for name, card in self.cards.items():
            is_card = name in first or name in self._opened
            card.setVisible(is_card)
            self.lines[name].setVisible(not is_card)

    def _at(self, place: int) -> QWidget | None:
        item = self.column.itemAt(place)
        return item.widget() if item is not None else None

    def _is_connected(self, provider_id: str) -> bool:
        """Whether it has what a question to it needs; one that was just opened stays in place."""
        profile = self.cards[provider_id].profile
        if provider_id in self._opened:
            return False
        if profile.needs_key:
            return self._models.can_answer(provider_id)
        is_own = profile.is_custom or provider_id in BUILT_IN
        return is_own or self._models.live.fetched_at(provider_id) is not None

    def _open(self, provider_id: str) -> None:
        if not self._is_connected(provider_id):
            self._opened.add(provider_id)
            self._arrange()

    def _on_line_clicked(self) -> None:
        for name, line in self.lines.items():
            if line is self.sender():
                self.show_provider(name)
                return

    def _on_key_changed(self, provider_id: str) -> None:
        """A card that lost its key stays open until the user has looked at it."""
        card = self.cards.get(provider_id)
        if card is not None and not card.isHidden():
            self._opened.add(provider_id)
        self._arrange()

    def _card(self, profile: ProviderProfile) -> None:
        card = ProviderCard(profile, self._services, self._theme, self._place)
        card.removed.connect(self._models.remove_custom)
        card.models_wanted.connect(self.models_wanted)
        self.cards[profile.id] = card
        line = self.lines[profile.id] = ProviderLine(profile, self._theme)
        line.clicked.connect(self._on_line_clicked)

    def _say_where(self) -> None:
        keys = self._place or "Keys are kept in the system's keychain, never in a file."
        self.kept.setText(f"{keys} Addresses are kept in {self._services.settings.path()}")

    def _on_place_found(self, place: KeyPlace) -> None:
        self._place = place.explanation
        for card in self.cards.values():
            card.set_place(self._place)
        self._say_where()
