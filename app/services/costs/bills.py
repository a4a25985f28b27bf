"""Asks for the bills of answers that were stopped or cut off before their price came."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.core.conversations.conversation import Message
from app.core.costs.bill import lacks_bill
from app.core.costs.usage import Usage
from app.core.errors import AppError, ProviderError
from app.services.conversations.conversations import ConversationService
from app.services.models.models import ModelService
from app.services.tasks import TaskScope
from app.storage.costs.bills import BillRepository, OpenBill

WAITS = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds before each try: OpenRouter has the record of an answer a second or more after it."""

KEPT_FOR = timedelta(days=30)
MOST = 20
"""Bills asked for at once of answers whose record did not come in time."""


class BillService(QObject):
    """Asks in the background. `confirmed` carries the Message with its provider's own figures.

    `settled`: the noted cost of an answer is another than before, also where its message is gone.
    What no record comes of stays as it was, an estimate or unknown.
    """

    confirmed = Signal(object)
    settled = Signal()

    def __init__(
        self,
        repository: BillRepository,
        models: ModelService,
        conversations: ConversationService,
        scope: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._repository = repository
        self._models = models
        self._conversations = conversations
        self._scope = scope
        self.waits: Sequence[float] = WAITS

    def watch(self, message: Message) -> None:
        """Asks for the bill of an answer that has ended without one, where a record is kept.

        Not where its conversation is deleted: `ask_again` does when somebody looks at the costs.
        """
        told = message.provenance
        if told is None or not lacks_bill(message) or not self._keeps_record(told.provider_id):
            return
        if self._conversations.is_deleted(message.conversation_id):
            return
        bill = OpenBill(message.id, told.provider_id, told.generation_id)

        async def ask() -> None:
            for seconds in self.waits:
                await asyncio.sleep(seconds)
                if await self._is_settled(bill):
                    return

        self._scope.start(f"bill {message.id}", ask, owner=message.conversation_id)

    def ask_again(self) -> None:
        """Asks once more for bills of the last weeks that never came, one after the other."""
        since = datetime.now(UTC) - KEPT_FOR
        bills = [
            bill
            for bill in self._repository.open_bills(since, MOST)
            if self._keeps_record(bill.provider_id) and not self.is_asking(bill.message_id)
        ]
        if not bills:
            return

        async def ask() -> None:
            for bill in bills:
                await self._is_settled(bill)

        self._scope.start("bills again", ask)

    def is_asking(self, message_id: str) -> bool:
        """Whether the bill of an answer that just ended is still hoped for."""
        return self._scope.is_running(f"bill {message_id}")

    async def _is_settled(self, open_bill: OpenBill) -> bool:
        """Asks for one bill and notes it; False when there is none yet."""
        bill = await self._bill(open_bill.provider_id, open_bill.generation_id)
        if bill is None:
            return False
        self._scope.watch(
            self._repository.settle(open_bill.message_id, bill), done=self._on_settled
        )
        return True

    def _on_settled(self, message: Message | None) -> None:
        if message is not None:
            self.confirmed.emit(message)
        self.settled.emit()

    def _keeps_record(self, provider_id: str) -> bool:
        try:
            profile = self._models.profile(provider_id)
        except AppError:
            # An address the user has removed since.
            return False
        return bool(profile.generation_path) and self._models.can_answer(provider_id)

    async def _bill(self, provider_id: str, number: str) -> Usage | None:
        try:
            return await (await self._models.client(provider_id)).bill(number)
        except ProviderError:
            # Nobody waits for it: the next try may do better, and the cost says it is not known.
            return None
