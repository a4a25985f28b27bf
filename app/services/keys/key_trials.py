"""New keys, tried before they take the place of one that is in use."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError
from app.core.models.provider import CheckStep, Provider, StepState
from app.providers.catalogue.profile import ProviderProfile
from app.services.keys.keys import KeyService, known_key
from app.services.tasks import TaskScope


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A key that is not in use yet; `name` makes it a further one."""

    secret: str
    name: str = ""


class KeyTrials(QObject):
    """Tests a key before the one in use gives way to it.

    `doubted(provider_id, words)`: the new key was not taken, and why; the one in use is as it was.
    The new one is in memory until it is taken all the same or dropped: `settled(provider_id)`.
    `step_changed` tells of the test.
    """

    step_changed = Signal(str, object)
    doubted = Signal(str, str)
    settled = Signal(str)

    def __init__(
        self,
        keys: KeyService,
        profile: Callable[[str], ProviderProfile],
        make_client: Callable[[ProviderProfile, str | None], Provider],
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._profile = profile
        self._make_client = make_client
        self._scope = scope
        self._doubted: dict[str, _Candidate] = {}

    def offer(self, provider_id: str, text: str) -> None:
        """Puts a key in the place of the one in use, if its test passes; the first is kept at once.

        SettingError at once for a malformed one.
        """
        self._offer(provider_id, _Candidate(known_key(text)))

    def offer_further(self, provider_id: str, name: str, text: str) -> None:
        """Keeps a further key and uses it, if its test passes.

        SettingError at once for a malformed one, or a name that is taken.
        """
        name = self._keys.free_name(provider_id, name)
        self._offer(provider_id, _Candidate(known_key(text), name))

    def _offer(self, provider_id: str, candidate: _Candidate) -> None:
        self.drop(provider_id)
        if self._keys.used(provider_id) is None:
            self._take(provider_id, candidate)
        else:
            self._scope.start(f"try key {provider_id}", lambda: self._try(provider_id, candidate))

    def is_trying(self, provider_id: str) -> bool:
        """Whether a new key is being tested."""
        return self._scope.is_running(f"try key {provider_id}")

    def take_doubted(self, provider_id: str) -> None:
        """Uses the key that was doubted all the same."""
        candidate = self._doubted.pop(provider_id, None)
        if candidate is not None:
            self.settled.emit(provider_id)
            self._take(provider_id, candidate)

    def drop(self, provider_id: str) -> None:
        """Forgets the key that was doubted, or is being tested."""
        self._scope.cancel(f"try key {provider_id}")
        if self._doubted.pop(provider_id, None):
            self.settled.emit(provider_id)

    def _take(self, provider_id: str, candidate: _Candidate) -> None:
        if candidate.name:
            self._keys.add(provider_id, candidate.name, candidate.secret, then_check=True)
        else:
            self._keys.store(provider_id, candidate.secret, then_check=True)

    async def _try(self, provider_id: str, candidate: _Candidate) -> None:
        profile = self._profile(provider_id)
        client = self._make_client(profile, candidate.secret)
        failed: CheckStep | None = None
        try:
            async with aclosing(client.check()) as steps:
                async for step in steps:
                    self.step_changed.emit(provider_id, step)
                    if step.state is StepState.FAILED and failed is None:
                        failed = step
        except AppError as error:
            failed = CheckStep("key", StepState.FAILED, f"{error.message} {error.hint}".strip())
        finally:
            await client.aclose()
        if failed is None:
            self._take(provider_id, candidate)
            return
        self._doubted[provider_id] = candidate
        words = (
            f"The new key ending in …{candidate.secret[-4:]} was refused: {failed.text}"
            if failed.name == "key"
            else f"The new key could not be tested: {failed.text}"
        )
        self.doubted.emit(provider_id, f"{words} The key in use is as it was.")
