"""What is left at each provider, asked for when the user looks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.core.errors import AppError
from app.core.models.account import Account
from app.services.models.models import ModelService
from app.services.tasks import TaskScope


class AccountService(QObject):
    """Asks providers about the account behind a key; `told(provider_id, words)` has the answer."""

    told = Signal(str, str)

    def __init__(
        self, models: ModelService, scope: TaskScope, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._scope = scope

    def ask(self, provider_id: str) -> None:
        """Asks now, where the provider tells such things and the key can be had without asking the
        user for a password: they only look."""
        profile = self._models.profile(provider_id)
        if not profile.account_path:
            return
        if not self._models.keys.state(provider_id).has_key:
            self.told.emit(provider_id, "")
            return

        async def fetch() -> None:
            if await self._models.keys.would_ask(profile):
                self.told.emit(provider_id, "")
                return
            try:
                account = await (await self._models.client(provider_id)).account()
            except AppError as error:
                self.told.emit(provider_id, f"What is left is not known: {error.message}")
                return
            self.told.emit(provider_id, told(account, datetime.now().astimezone()))

        self._scope.start(f"account {provider_id}", fetch)


def told(account: Account | None, now: datetime) -> str:
    """An account in words, with the time it was asked; empty when nothing is known."""
    if account is None or not account.text:
        return ""
    return f"{account.text} · asked at {now:%H:%M}"
