"""Bills that come after the answer: they take the place of what stands with message and costs."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime

import apsw

from app.core.conversations.conversation import Message, MessageState
from app.core.costs.bill import confirmed
from app.core.costs.usage import CostSource, Usage
from app.storage.conversations import rows
from app.storage.conversations.messages import put_message, read_messages
from app.storage.database.database import Database
from app.storage.database.reading import rows_of


@dataclass(frozen=True, slots=True)
class OpenBill:
    """An answer whose bill is not known, and the provider's number for it."""

    message_id: str
    provider_id: str
    generation_id: str


class BillRepository:
    """The bills of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_bills(self, since: datetime, limit: int) -> list[OpenBill]:
        """Answers since a moment that a provider numbered and named no price of, newest first."""
        found = rows_of(
            self._database.reader,
            "SELECT message_id, provider_id, generation_id FROM ledger"
            " WHERE at >= ? AND generation_id IS NOT NULL AND source NOT IN (?, ?)"
            " ORDER BY at DESC LIMIT ?",
            rows.moment(since),
            str(CostSource.REPORTED),
            str(CostSource.CONFIRMED),
            limit,
        )
        return [OpenBill(*row) for row in found]

    def settle(self, message_id: str, bill: Usage) -> Future[Message | None]:
        """Notes a bill with an amount; the message as it is now, None when it is gone.

        The message is read and written in one go, so that what else was changed of it stays.
        """
        return self._database.write(lambda writer: _settled(writer, message_id, bill))


def _settled(writer: apsw.Connection, message_id: str, bill: Usage) -> Message | None:
    if bill.reported_cost is None:
        return None
    writer.execute(
        "UPDATE ledger SET amount = ?, source = ?, input_tokens = coalesce(?, input_tokens),"
        " output_tokens = coalesce(?, output_tokens),"
        " reasoning_tokens = coalesce(?, reasoning_tokens),"
        " cached_tokens = coalesce(?, cached_tokens), searches = coalesce(?, searches)"
        " WHERE message_id = ?",
        (
            str(bill.reported_cost),
            str(CostSource.CONFIRMED),
            bill.input_tokens,
            bill.output_tokens,
            bill.reasoning_tokens,
            bill.cached_tokens,
            bill.searches,
            message_id,
        ),
    )
    found = read_messages(writer, "WHERE id = ?", message_id)
    if not found or not rows.is_sound(found[0]):
        return None
    message = rows.message_from(found[0])
    if message.provenance is None or message.state is MessageState.WRITING:
        return None
    settled = replace(message, provenance=confirmed(message.provenance, bill))
    put_message(writer, settled)
    return settled
