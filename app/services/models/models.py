"""Providers, their models, and the clients that speak to them."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.conversations.conversation import Conversation
from app.core.errors import AppError, AuthenticationError, ProviderError, SettingError
from app.core.identity import new_id
from app.core.models.model import Model
from app.core.models.provider import (
    BUILT_IN,
    CheckStep,
    Provider,
    Request,
    StepState,
)
from app.providers.catalogue.address import with_scheme
from app.providers.catalogue.catalogue import Catalogue, custom_profile
from app.providers.catalogue.profile import ProviderProfile
from app.providers.parameters.routing import ROUTING, joined
from app.services.keys.key_trials import KeyTrials
from app.services.keys.keys import KeyService
from app.services.models.addresses import Addresses
from app.services.models.dialects import Dialects, offered
from app.services.models.lessons import LessonService
from app.services.models.live_lists import LiveLists
from app.services.models.shared_client import SharedClient
from app.services.settings import SettingsService
from app.services.tasks import TaskScope
from app.storage.keys.key_store import KeyStore

RECENT_LIMIT = 6

ClientMaker = Callable[[ProviderProfile, str | None], Provider]


class ModelService(QObject):
    """Knows what can be asked, and holds the clients that ask.

    `listed`: models or providers are others than before. `renewed(provider_id)`: what was learnt of
    a provider's routes may hold no longer. `step_changed` and `check_ended` tell of a
    connection test.
    """

    listed = Signal()
    renewed = Signal(str)
    step_changed = Signal(str, object)
    check_ended = Signal(str, bool)

    def __init__(
        self,
        catalogue: Catalogue,
        store: KeyStore,
        settings: SettingsService,
        make_client: ClientMaker,
        live: LiveLists,
        scope: TaskScope,
        lessons: LessonService,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_prepared = False
        self._catalogue = catalogue
        self._settings = settings
        self._make_client = make_client
        self._scope = scope
        self._clients: dict[str, SharedClient] = {}
        self._retired: list[SharedClient] = []
        self.live = live
        self._lessons = lessons
        self.renewed.connect(lessons.forget_provider)
        lessons.changed.connect(self.listed)
        self.addresses = Addresses(settings)
        self.dialects = Dialects(settings)
        self.keys = KeyService(store, settings, scope, self.profile, self)
        self.keys.changed.connect(self._let_go)
        self.keys.check_asked.connect(self.check)
        self.trials = KeyTrials(self.keys, self.profile, make_client, scope, self)
        self.trials.step_changed.connect(self.step_changed)

    def profiles(self) -> list[ProviderProfile]:
        """Every provider: the bundled ones, then the user's own addresses."""
        known = self._catalogue.profiles()
        return [*map(self.dialects.applied, known), *self.addresses]

    def profile(self, provider_id: str) -> ProviderProfile:
        """The provider with this id. Raises AppError when it is not known."""
        if provider_id in self.addresses:
            return self.addresses[provider_id]
        return self.dialects.applied(self._catalogue.profile(provider_id))

    def dialects_of(self, provider_id: str) -> tuple[str, ...]:
        """The dialects a provider can be spoken to in, one at least."""
        return offered(self.profile(provider_id), self._catalogue.models(provider_id))

    def speak(self, provider_id: str, dialect: str) -> None:
        """Speaks to a provider in another dialect from now on. Raises SettingError for none."""
        if provider_id in self.addresses:
            self.addresses.speak(provider_id, dialect)
        else:
            self.dialects.choose(self._catalogue.profile(provider_id), dialect)
        self._let_go(provider_id)
        self.renew(provider_id)

    def models(self) -> list[Model]:
        """Every known model: the bundled catalogue, live lists over it where fetched.

        Routes that are in no list but were used or pinned count as known.
        """
        providers = [profile.id for profile in self.profiles()]
        known = [model for provider_id in providers for model in self.live.models(provider_id)]
        keys = {model.key for model in known}
        for key in dict.fromkeys(
            [self._settings.value("models.last"), *self.recent(), *self.pins()]
        ):
            provider_id, _, model_id = str(key).partition("/")
            if key not in keys and provider_id in providers and model_id:
                known.append(self.model(provider_id, model_id))
        return known

    def model(self, provider_id: str, model_id: str) -> Model:
        """The model, or one about which nothing is known: a typed id always works."""
        known = self.live.model(provider_id, model_id)
        found = known or self._catalogue.model(provider_id, model_id)
        refused = self._lessons.refused(provider_id, model_id)
        return replace(found, refused=refused) if refused else found

    def prepare(self) -> None:
        """Loads, once and beside the window, what the first question would have to wait for."""
        if not self._is_prepared:
            self._is_prepared = True
            self._scope.start("prepare", self._load)

    async def _load(self) -> None:
        for name in ("app.providers.client", "anyio._backends._asyncio"):
            await asyncio.to_thread(importlib.import_module, name)

    def can_answer(self, provider_id: str) -> bool:
        """Whether a question to this provider has a chance: a key is there, or none is needed."""
        return not self.profile(provider_id).needs_key or self.keys.state(provider_id).has_key

    async def client(self, provider_id: str) -> Provider:
        """A client for this provider with its key. Raises AuthenticationError when it needs one."""
        if provider_id not in self._clients:
            profile = self.profile(provider_id)
            key = await self.keys.key(profile)
            if key is None and profile.needs_key:
                raise AuthenticationError(
                    f"There is no key for {profile.name} yet.",
                    "Add one in Settings, Providers; it stays in your system keychain.",
                    provider=provider_id,
                )
            self._clients[provider_id] = SharedClient(self._make_client(profile, key))
        return self._clients[provider_id]

    async def body(self, request: Request) -> Mapping[str, Any]:
        """What a request would send, without the key, made beside the window.

        Raises ProviderError when it cannot be said.
        """
        await self._load()
        client = self._make_client(self.profile(request.model.provider_id), None)
        return await asyncio.to_thread(client.body, request)

    def check(self, provider_id: str) -> None:
        """Tests the connection; the steps come by `step_changed`, the end by `check_ended`.

        Nothing comes any more once another key, or none, is in use.
        """

        async def run() -> None:
            passed = True
            try:
                client = await self.client(provider_id)
                tested = self._key_in_use(provider_id)
                async with aclosing(client.check()) as steps:
                    async for step in steps:
                        if self._key_in_use(provider_id) != tested:
                            return
                        passed = passed and step.state is not StepState.FAILED
                        self.step_changed.emit(provider_id, step)
            except AppError as error:
                passed = False
                text = f"{error.message} {error.hint}".strip()
                self.step_changed.emit(provider_id, CheckStep("key", StepState.FAILED, text))
            self.check_ended.emit(provider_id, passed)
            if passed and provider_id in self.addresses:
                self.refresh(provider_id)

        self._scope.start(f"check {provider_id}", run)

    def _key_in_use(self, provider_id: str) -> tuple[int, str] | None:
        key = self.keys.used(provider_id)
        return (key.number, key.last4) if key else None

    def refresh(self, provider_id: str, *, may_ask: bool = True) -> None:
        """Fetches the live list of a provider; `listed` tells when it is there.

        With `may_ask` false it is left when the system would ask the user for a password first.
        """

        async def fetch() -> None:
            if not may_ask and await self.keys.would_ask(self.profile(provider_id)):
                return
            try:
                await self.fetch_models(provider_id)
            except ProviderError as error:
                # The list of before stays; the picker says why it is not newer.
                self.live.troubles[provider_id] = error.message

        self._scope.start(f"models {provider_id}", fetch, ended=self.listed.emit)

    def renew(self, provider_id: str) -> None:
        """Gives up what was learnt of a provider's routes, which may be others now."""
        self.renewed.emit(provider_id)

    def refresh_old(self) -> None:
        """Fetches the lists that are older than a day, of providers that can be asked; the user
        looks at models and is asked for no password."""
        for profile in self.profiles():
            if self.can_refresh(profile.id) and self.live.is_old(profile.id):
                self.refresh(profile.id, may_ask=False)

    def is_refreshing(self, provider_id: str) -> bool:
        """Whether a provider's list is on its way."""
        return self._scope.is_running(f"models {provider_id}")

    def can_refresh(self, provider_id: str) -> bool:
        """Whether a provider has a list of its own and can be asked for it now."""
        return provider_id not in BUILT_IN and self.can_answer(provider_id)

    async def fetch_models(self, provider_id: str) -> list[Model]:
        """The live list of a provider, kept from now on. Raises ProviderError."""
        self.live.put(provider_id, await (await self.client(provider_id)).models())
        return self.live.models(provider_id)

    def add_custom(
        self, base_url: str, name: str = "", needs_key: bool = False, dialect: str = "chat"
    ) -> ProviderProfile:
        """Adds an address that speaks a dialect. SettingError for one that cannot be used."""
        base_url = with_scheme(base_url)
        profile = custom_profile(base_url, name=name, dialect=dialect, needs_key=needs_key)
        if any(known.address == profile.address for known in self.profiles()):
            raise SettingError(f"{profile.address} is already in the list.", "Choose it there.")
        self.addresses.add(profile)
        self.listed.emit()
        return profile

    def remove_custom(self, provider_id: str) -> None:
        """Forgets one of the user's own addresses, with its key."""
        if self.keys.state(provider_id).has_key:
            self.keys.remove_all(self.addresses[provider_id])
        self.addresses.remove(provider_id)
        self.live.forget(provider_id)
        self.renew(provider_id)
        self.listed.emit()

    def routing(self, conversation: Conversation) -> dict[str, Any]:
        """Which hosts may answer here: the conversation's wishes over those of the settings."""
        if not self.profile(conversation.provider_id).takes_routing:
            return {}
        general = self._settings.value("routing.general")
        return joined(general, conversation.parameters.get(ROUTING))

    def pins(self) -> list[str]:
        """The route keys the user pinned."""
        return list(self._settings.value("models.pinned"))

    def toggle_pin(self, route_key: str) -> None:
        """Pins a route, or takes its pin away."""
        pins = self.pins()
        if route_key in pins:
            pins.remove(route_key)
        else:
            pins.append(route_key)
        self._settings.set("models.pinned", pins)
        self.listed.emit()

    def recent(self) -> list[str]:
        """The route keys used last, newest first."""
        return list(self._settings.value("models.recent"))

    def note_use(self, route_key: str) -> None:
        """Remembers that a route was chosen."""
        others = [key for key in self.recent() if key != route_key]
        self._settings.set("models.recent", [route_key, *others][:RECENT_LIMIT])

    async def close(self) -> None:
        """Closes every client."""
        clients = [*self._clients.values(), *self._retired]
        self._clients.clear()
        self._retired.clear()
        for client in clients:
            await client.aclose()

    def _let_go(self, provider_id: str) -> None:
        """Has the next question make a new client; an answer that runs goes on with the old, which
        is closed after it."""
        client = self._clients.pop(provider_id, None)
        if client is None:
            return
        self._retired.append(client)

        async def close() -> None:
            await client.aclose()
            self._retired.remove(client)

        client.retire(lambda: self._scope.start(f"close client {new_id()}", close))
