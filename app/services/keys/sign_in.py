"""Signing in at a provider by the browser; what comes back is a key like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError, UnavailableError
from app.services.models.models import ModelService
from app.services.tasks import TaskScope

if TYPE_CHECKING:
    from app.providers.account.sign_in import SignIn


class SignInService(QObject):
    """Holds at most one sign-in for each provider.

    `page_ready(provider_id, address)` names the page to open; `ended(provider_id, words)` comes
    with empty words when the key is there. A code that could not be brought to the provider is as
    good as before: then the sign-in is still running.
    """

    page_ready = Signal(str, str)
    ended = Signal(str, str)

    def __init__(
        self, models: ModelService, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._scope = scope
        self._attempts: dict[str, SignIn] = {}

    def is_running(self, provider_id: str) -> bool:
        """Whether the browser is awaited, or a code."""
        return provider_id in self._attempts

    def start(self, provider_id: str) -> None:
        """Begins a sign-in that the browser ends by coming back to this computer."""
        attempt = self._attempt(provider_id)

        async def wait() -> None:
            from app.providers.account.callback import Callback

            try:
                async with Callback() as callback:
                    self.page_ready.emit(provider_id, attempt.page(callback.url))
                    code = await callback.code()
                await self._take(attempt, code)
            except AppError as error:
                self._end(provider_id, f"{error.message} {error.hint}".strip())

        self._scope.start(f"sign in {provider_id}", wait)

    def start_with_code(self, provider_id: str) -> None:
        """Begins a sign-in whose page shows a code to paste; nothing listens meanwhile."""
        self._scope.cancel(f"sign in {provider_id}")
        attempt = self._attempt(provider_id)
        self.page_ready.emit(provider_id, attempt.page())

    def finish(self, provider_id: str, pasted: str) -> None:
        """Ends a sign-in with the code the page showed. Raises SettingError for no code."""
        from app.providers.account.sign_in import code_from

        code = code_from(pasted)
        attempt = self._attempts.get(provider_id) or self._attempt(provider_id)

        async def take() -> None:
            try:
                await self._take(attempt, code)
            except UnavailableError as error:
                self.ended.emit(provider_id, f"{error.message} {error.hint}".strip())
            except AppError as error:
                self._end(provider_id, f"{error.message} {error.hint}".strip())

        self._scope.start(f"sign in {provider_id}", take)

    def cancel(self, provider_id: str) -> None:
        """Gives a sign-in up; the address it waited at is closed."""
        self._scope.cancel(f"sign in {provider_id}")
        self._attempts.pop(provider_id, None)

    def _attempt(self, provider_id: str) -> SignIn:
        from app.providers.account.sign_in import SignIn

        attempt = self._attempts[provider_id] = SignIn(self._models.profile(provider_id))
        return attempt

    async def _take(self, attempt: SignIn, code: str) -> None:
        key = await attempt.key(code)
        self._models.trials.offer(attempt.profile.id, key)
        self._end(attempt.profile.id, "")

    def _end(self, provider_id: str, words: str) -> None:
        self._attempts.pop(provider_id, None)
        self.ended.emit(provider_id, words)
